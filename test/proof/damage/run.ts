import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareHealing } from '../../../store-server/backups/heal.ts';
import { readNote } from '../../../store-server/backups/noted-head.ts';
import { insistSound } from '../../../store-server/backups/open-sound.ts';
import type { Maker } from '../../../store-server/backups/replacement.ts';
import { doTask } from '../../../store-server/backups/tasks.ts';
import { openConnection } from '../../../store-server/db/connection.ts';
import { DatabaseRefused, migrateSchema } from '../../../store-server/db/migrate.ts';
import { systemClock, systemRandom } from '../../../store-server/kernel/clock.ts';
import { createIds } from '../../../store-server/kernel/ids.ts';
import { createRandom } from '../lab/random.ts';
import { type Damage, damages } from './damages.ts';
import { type Dump, dump, localTables, makeTemplate, type Template } from './template.ts';

/**
 * Damages a restaurant's database in every way there is and starts on it. Whatever the store then says has to be true:
 * every row is as it was at some moment, that moment is told, and so is what is lost; or the start is refused and nothing
 * has been touched.
 *
 *   node test/proof/damage/run.ts [files] [seed]
 */
const files = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? process.env['FYNLO_SEED'] ?? 20250618);
const random = createRandom(seed);
const home = mkdtempSync(path.join(tmpdir(), 'fynlo-damage-'));
const findings: string[] = [];
const tally = { harmless: 0, 'restored at the start': 0, 'restored after the whole look': 0, refused: 0, lossless: 0 };
const maker: Maker = { clock: systemClock, ids: createIds(systemClock.now, systemRandom), log: () => undefined };

const bytesOf = (folder: string): string =>
  ['store.db', 'store.db-wal']
    .map((name) => path.join(folder, name))
    .map((file) =>
      existsSync(file) && statSync(file).size > 0 ? createHash('sha256').update(readFileSync(file)).digest('hex') : '-',
    )
    .join();

/** Done, it says, and that the answer is lost. */
const isRebuiltReceipt = (table: string, row: string): boolean =>
  table === 'receipt' && (JSON.parse(row) as { data?: number[] }[])[2]?.data?.length === 0;

/** Every row of this database that has never been so, or is not there although it was. */
function untruths(found: Dump, truth: Dump, template: Template): string[] {
  return [...found].flatMap(([table, rows]) => {
    if (localTables.has(table)) {
      const ever = new Set([...template.history.values()].flatMap((one) => one.get(table) ?? []));
      return rows
        .filter((row) => !ever.has(row) && !isRebuiltReceipt(table, row))
        .map((row) => `${table} never was ${row.slice(0, 200)}`);
    }
    const expected = truth.get(table) ?? [];
    return JSON.stringify(rows) === JSON.stringify(expected) ? [] : [`${table} is not as it was`];
  });
}

/** In the middle of a transaction nobody looked: each row has to be one from before or after it, and none may be missing. */
function untruthsBetween(found: Dump, before: Dump, after: Dump): string[] {
  return [...found].flatMap(([table, rows]) => {
    if (localTables.has(table)) return [];
    const has = new Set(rows);
    const [old, next] = [before.get(table) ?? [], after.get(table) ?? []];
    const either = new Set([...old, ...next]);
    const lasting = new Set(next);
    const isWrong = rows.some((row) => !either.has(row)) || old.some((row) => lasting.has(row) && !has.has(row));
    return isWrong ? [`${table} is neither as it was nor as it became`] : [];
  });
}

interface Told {
  readonly lost_from: number | null;
  readonly lost_to: number | null;
}

/** Opens what came of it and compares every cell with the restaurant as it was. */
function judge(folder: string, told: Told | null, template: Template): string[] {
  const connection = openConnection(path.join(folder, 'store.db'));
  try {
    migrateSchema(connection);
    const { sqlite } = connection;
    const epoch = sqlite
      .prepare<[], { parent: number | null }>('SELECT parent_seq AS parent FROM epoch ORDER BY rowid DESC LIMIT 1')
      .get();
    const last = sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM journal').get()?.seq ?? 0;
    const head = told === null ? last : (epoch?.parent ?? -1);
    const heads = [...template.history.keys()].sort((a, b) => a - b);
    const before = template.history.get(heads.findLast((one) => one <= head) ?? -1);
    const after = template.history.get(heads.find((one) => one >= head) ?? -1);
    if (before === undefined || after === undefined) return [`it goes on from entry ${head}, where nobody ever was`];
    // The entry about the restore itself is the only thing that is new.
    if (told !== null) {
      sqlite.exec('BEGIN; DROP TRIGGER journal_is_never_deleted; DROP TRIGGER journal_part_is_never_deleted');
      sqlite.prepare('DELETE FROM journal WHERE seq > ?').run(head);
      sqlite.prepare('DELETE FROM journal_part WHERE seq > ?').run(head);
      sqlite.prepare('DELETE FROM epoch WHERE parent_seq IS NOT NULL').run();
      sqlite.prepare('DELETE FROM numbers_taken').run();
    }
    const found = dump(connection);
    const wrong = before === after ? untruths(found, before, template) : untruthsBetween(found, before, after);
    const isLost = head < template.head;
    if (isLost && told === null) wrong.push(`entries ${head + 1} to ${template.head} are lost, and nobody is told`);
    if (isLost && told !== null && told.lost_from !== head + 1)
      wrong.push(`lost from ${head + 1}, told ${told.lost_from}`);
    if (!isLost && told !== null && told.lost_from !== null) wrong.push(`nothing is lost, told ${told.lost_from}`);
    if (!isLost) tally.lossless += 1;
    return wrong;
  } finally {
    connection.sqlite.close();
  }
}

/** What a night does: a snapshot that is looked at whole, and a healing if it does not pass. */
async function wholeLook(folder: string): Promise<Told | null> {
  const file = path.join(folder, 'store.db');
  const backups = path.join(folder, 'tonight');
  const look = {
    kind: 'snapshot',
    from: file,
    folder: backups,
    occasion: 'night',
    now: systemClock.now(),
    since: null,
  } as const;
  const result = await doTask(look).catch((error: unknown) => ({ ok: false as const, findings: [String(error)] }));
  if (result.ok) return null;
  const reason = result.findings.join('; ');
  const patient = { dataDir: folder, file, cause: 'damaged', reason, note: readNote(folder), soundTo: null } as const;
  const { restored, place } = await prepareHealing(patient, maker);
  place();
  return restored;
}

async function attempt(n: number, template: Template, damage: Damage): Promise<boolean> {
  const folder = path.join(home, `case-${n}`);
  const from = random.chance(0.5) ? 'stopped' : 'killed';
  cpSync(template[from], folder, { recursive: true, preserveTimestamps: true });
  const hasSnapshots = random.chance(0.85);
  if (!hasSnapshots) rmSync(path.join(folder, 'backups'), { recursive: true });
  const what = damage({ folder, random, template });
  if (what === null) {
    rmSync(folder, { recursive: true });
    return false;
  }
  const known = findings.length;
  const about = `file ${n} (${from}, ${what}${hasSnapshots ? '' : ', no snapshots'})`;
  const before = bytesOf(folder);
  try {
    const { restored } = await insistSound(folder, path.join(folder, 'store.db'), maker);
    const later = await wholeLook(folder);
    const told = later ?? restored;
    const wrong = judge(folder, told, template);
    if (wrong.length > 0) findings.push(`${about}: ${wrong.slice(0, 3).join('; ')}`);
    if (later !== null) tally['restored after the whole look'] += 1;
    else if (restored !== null) tally['restored at the start'] += 1;
    else tally.harmless += 1;
  } catch (error) {
    if (!(error instanceof DatabaseRefused))
      findings.push(`${about}: ${error instanceof Error ? error.stack : String(error)}`);
    else if (hasSnapshots && !what.startsWith('half'))
      findings.push(`${about}: refused although there are snapshots: ${error.message}`);
    else if (bytesOf(folder) !== before) findings.push(`${about}: refused, and not left as it was`);
    else tally.refused += 1;
  }
  if (findings.length === known) rmSync(folder, { recursive: true, force: true });
  return true;
}

const since = performance.now();
try {
  const template = await makeTemplate(home);
  for (let n = 0; n < files && findings.length < 5; ) {
    if (await attempt(n, template, random.pick(damages))) n += 1;
  }
} catch (error) {
  findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
const counts = Object.entries(tally).map(([what, count]) => `${count} ${what}`);
console.log(
  `${files} damaged files, seed ${seed}: ${counts.join(', ')}, in ${((performance.now() - since) / 1000).toFixed(1)} s`,
);
for (const finding of findings) console.log(`FOUND ${finding.slice(0, 1_500)}`);
if (findings.length > 0) {
  process.exitCode = 1;
  console.log(`kept for a look: ${home}`);
} else {
  rmSync(home, { recursive: true, force: true });
}
