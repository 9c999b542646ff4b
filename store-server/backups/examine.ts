import { integrityTrouble, openToLook } from '../db/backup.ts';
import { APPLICATION_ID, type Connection, openConnection } from '../db/connection.ts';
import { removeDatabase } from '../db/files.ts';
import { knownSchemaVersion, migrateSchema } from '../db/migrate.ts';
import { differingTables } from '../db/whole-tables.ts';
import { checkMoney } from '../features/reports/index.ts';
import { createReplay } from '../journal/replay.ts';
import { entriesAfter } from '../journal/rows.ts';
import { verifyChain } from '../journal/verify.ts';
import { chainStart } from '../kernel/journal-entry.ts';

/** Reads a thing that may be damaged: what goes wrong on the way is a finding like any other. */
function looked(what: string, look: () => string[]): string[] {
  try {
    return look().map((finding) => `${what}: ${finding}`);
  } catch (error) {
    return [`${what}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function headerFindings({ sqlite }: Connection): string[] {
  const application = sqlite.pragma('application_id', { simple: true });
  return application === APPLICATION_ID ? [] : ['it is not a Fynlo database'];
}

const schemaOf = ({ sqlite }: Connection): string =>
  JSON.stringify(
    sqlite
      .prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name",
      )
      .raw()
      .all(),
  );

/**
 * Writes every row anew as the journal says and compares: damage inside a cell fits every rule of the file and shows only
 * here. A file of an older schema is not compared; nor is one from which a person's data were erased.
 */
function againstJournal(found: Connection, file: string, scratch: string): string[] {
  if (found.sqlite.pragma('user_version', { simple: true }) !== knownSchemaVersion()) return [];
  removeDatabase(scratch);
  const rebuilt = openConnection(scratch);
  try {
    migrateSchema(rebuilt);
    if (schemaOf(rebuilt) !== schemaOf(found)) return ['the tables are not the ones that this program makes'];
    // Nobody needs this file after the comparison.
    rebuilt.sqlite.pragma('journal_mode = OFF');
    rebuilt.sqlite.pragma('synchronous = OFF');
    rebuilt.sqlite.pragma('foreign_keys = OFF');
    const replay = createReplay(rebuilt);
    const tables = new Set<string>();
    rebuilt.sqlite.exec('BEGIN');
    for (const entry of entriesAfter(found, 0)) {
      const touched = replay.applyChanges(entry);
      if (touched === null) return [];
      for (const table of touched) tables.add(table);
    }
    rebuilt.sqlite.exec('COMMIT');
    return differingTables(rebuilt, file, tables).map((table) => `${table} is not what the journal says`);
  } finally {
    rebuilt.sqlite.close();
    removeDatabase(scratch);
  }
}

/** An entry up to which the chain was verified earlier. */
export interface Anchor {
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
}

function chainFindings(found: Connection, since: Anchor | null): string[] {
  const from = since === null ? chainStart : { seq: since.seq, hash: Buffer.from(since.hash, 'hex') };
  const chain = verifyChain(found, from);
  return chain.ok ? [] : [`entry ${chain.seq}, ${chain.reason}`];
}

/**
 * Looks at every page, reference, chain link, row and penny of a plain database file. An empty list: all is well.
 * @param scratch a free place for the rows written anew; needs as much room as the file
 * @param since with it: only the file's structure, its references and what the chain has gained since
 */
export function examine(file: string, scratch: string, since: Anchor | null = null): string[] {
  let found: Connection;
  try {
    found = openToLook(file);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  try {
    const structure = integrityTrouble(found, 'whole');
    if (structure !== null) return [`the file: ${structure}`];
    return [
      ...looked('the file', () => headerFindings(found)),
      ...looked('references', () =>
        (found.sqlite.pragma('foreign_key_check') as { table: string }[]).slice(0, 5).map(({ table }) => table),
      ),
      ...looked('the chain', () => chainFindings(found, since)),
      ...(since === null ? looked('rows', () => againstJournal(found, file, scratch)) : []),
      ...(since === null ? looked('money', () => checkMoney(found).slice(0, 5)) : []),
    ];
  } finally {
    found.sqlite.close();
  }
}
