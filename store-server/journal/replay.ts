import type { Connection } from '../db/connection.ts';
import type { EntryWithParts } from './rows.ts';

type Statement = ReturnType<typeof prepareFreely>;
type Operation = readonly ['insert' | 'update' | 'remove', string, Readonly<Record<string, unknown>>];

/** A statement of which only the text knows how many values it takes. */
const prepareFreely = (sqlite: Connection['sqlite'], sql: string) => sqlite.prepare<unknown[]>(sql);

const plainName = /^[a-z][a-z0-9_]*$/;
const isBytes = (value: object): value is { data: number[] } => 'type' in value && 'data' in value;

/** Bytes were written as JSON writes a Buffer. */
function cellOf(value: unknown): string | number | null | Buffer {
  if (value === null || typeof value !== 'object') return value as string | number | null;
  return Buffer.from(isBytes(value) ? value.data : (Object.values(value) as number[]));
}

/** Writes rows again as the journal says that they were written, one statement per form, prepared once. */
export function createReplay({ sqlite }: Connection) {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = prepareFreely(sqlite, sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  function apply([verb, table, cells]: Operation): void {
    const names = Object.keys(cells);
    if (![table, ...names].every((name) => plainName.test(name))) throw new Error(`${table} has an odd name`);
    const values = Object.values(cells).map(cellOf);
    if (verb === 'insert') {
      const places = names.map(() => '?').join();
      prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${places})`).run(values);
      return;
    }
    const id = cellOf(cells['id'] ?? null);
    const { changes } =
      verb === 'remove'
        ? prepare(`DELETE FROM "${table}" WHERE "id" = ?`).run(id)
        : prepare(`UPDATE "${table}" SET ${names.map((name) => `"${name}" = ?`).join()} WHERE "id" = ?`).run([
            ...values,
            id,
          ]);
    if (changes !== 1) throw new Error(`${table} ${String(id)} is not there`);
  }

  return {
    /**
     * Writes what one entry changed. Returns the tables it wrote to; null for an entry of which a part was erased.
     * @throws Error when it does not fit what is there
     */
    applyChanges(entry: EntryWithParts): string[] | null {
      const changes = entry.parts.filter(({ role }) => role === 'change');
      if (changes.some(({ body }) => body === null)) return null;
      const operations = changes.flatMap(({ body }) => JSON.parse(body as string) as Operation[]);
      for (const operation of operations) apply(operation);
      return operations.map(([, table]) => table);
    },
    /** Puts an entry itself into the journal, as it was. */
    record(entry: EntryWithParts): void {
      prepare(
        `INSERT INTO journal (seq, format, command_id, command, group_id, scope, key, actor_id, approved_by, device_id,
           origin, business_day, occurred_at, recorded_at, hash) VALUES (?,1,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      ).run(
        entry.seq,
        entry.commandId,
        entry.command,
        entry.groupId,
        entry.scope,
        entry.key,
        entry.actorId,
        entry.approvedBy,
        entry.deviceId,
        entry.origin,
        entry.businessDay,
        entry.occurredAt,
        entry.recordedAt,
        entry.hash,
      );
      for (const part of entry.parts) {
        prepare(
          `INSERT INTO journal_part (seq, n, role, kind, kind_version, audience, entity_type, entity_id, body, salt,
             digest) VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
        ).run(
          part.seq,
          part.n,
          part.role,
          part.kind,
          part.version,
          part.audience.join(),
          part.entity,
          part.entityId,
          part.body,
          part.salt,
          part.digest,
        );
      }
    },
  };
}
