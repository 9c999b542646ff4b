import { type Exchange, type Exchanged, type RelayCommand, relayLimits } from '#contract/relay.ts';
import { chainStart } from '../../store-server/kernel/journal-entry.ts';
import type { Database, Sql } from '../db/database.ts';
import { noteStore } from '../ingest/note-store.ts';
import type { ProvenStore } from '../ingest/stores.ts';
import { paceOf } from './pace.ts';

/**
 * One beat of a store: what it says of this moment is kept, verdicts are noted, waiting commands go down. It takes no
 * lock that a batch holds, so the owner's view is never behind the backlog.
 */
export function exchange(database: Database, store: ProvenStore, said: Exchange, now: number): Promise<Exchanged> {
  const { tenantId, storeId } = store;
  // A verdict that is acknowledged is never said again; a beat is, a second later.
  return database.inTenant(
    tenantId,
    async (sql) => {
      await keepLive(sql, store, said, now);
      const { name, health } = said.live;
      await noteStore(sql, tenantId, storeId, { name: plain(name), version: plain(health?.version) });
      for (const verdict of said.verdicts)
        await sql.run(
          `UPDATE command SET outcome = $4, problem = $5, answered_at = $6, answered_in = $7
         WHERE tenant_id = $1 AND store_id = $2 AND command_id = $3 AND outcome IS NULL`,
          [
            tenantId,
            storeId,
            verdict.command_id,
            verdict.outcome,
            verdict.problem === undefined ? null : jsonText(verdict.problem),
            now,
            said.live.epoch,
          ],
        );
      const head = await sql.one<{ seq: number; hash: Buffer; takenAt: number | null }>(
        'SELECT seq, hash, taken_at AS "takenAt" FROM store_head WHERE tenant_id = $1 AND store_id = $2',
        [tenantId, storeId],
      );
      const { seq, hash, takenAt } = head ?? { ...chainStart, takenAt: null };
      const commands = await waitingCommands(sql, store, now);
      return {
        acked_seq: seq,
        acked_hash: hash.toString('hex'),
        commands,
        // A verdict on a command that is not ours any more has nowhere to go: the store need not say it again.
        acknowledged: said.verdicts.map(({ command_id }) => command_id),
        next_in_ms: paceOf(said.live, { seq, takenAt, awaited: commands.length > 0 }, now),
      };
    },
    { durable: said.verdicts.length > 0 },
  );
}

/** PostgreSQL keeps neither a NUL nor half a character, in a text or inside JSON. */
const plain = (text: string | undefined): string | null => text?.replaceAll('\u0000', '').toWellFormed() ?? null;
const jsonText = (value: object): string =>
  JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1');

/** An older beat that arrives late does not take the place of a newer one of the same history. */
async function keepLive(sql: Sql, { tenantId, storeId }: ProvenStore, { live }: Exchange, now: number): Promise<void> {
  await sql.run(
    `INSERT INTO store_live (tenant_id, store_id, heard_at, live) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, store_id) DO UPDATE SET heard_at = excluded.heard_at, live = excluded.live
     WHERE (store_live.live ->> 'epoch') <> (excluded.live ->> 'epoch')
       OR (store_live.live ->> 'head_seq')::bigint <= (excluded.live ->> 'head_seq')::bigint`,
    [tenantId, storeId, now, jsonText(live)],
  );
}

interface CommandRow {
  readonly commandId: string;
  readonly n: number;
  readonly command: string;
  readonly input: Record<string, unknown>;
  readonly baseVersion: number | null;
  readonly notAfter: number;
  readonly issuedBy: string;
  readonly signature: string;
}

async function waitingCommands(sql: Sql, { tenantId, storeId }: ProvenStore, now: number): Promise<RelayCommand[]> {
  const rows = await sql.rows<CommandRow>(
    `SELECT command_id AS "commandId", n, command, input, base_version AS "baseVersion", not_after AS "notAfter",
       issued_by AS "issuedBy", signature
     FROM command WHERE tenant_id = $1 AND store_id = $2 AND outcome IS NULL AND not_after > $3 ORDER BY n LIMIT $4`,
    [tenantId, storeId, now, relayLimits.commandsAtOnce],
  );
  if (rows.length > 0)
    await sql.run(
      'UPDATE command SET sent_at = $4 WHERE tenant_id = $1 AND store_id = $2 AND n = ANY($3) AND sent_at IS NULL',
      [tenantId, storeId, rows.map(({ n }) => n), now],
    );
  return rows.map((row) => ({
    command_id: row.commandId,
    n: row.n,
    command: row.command,
    input: row.input,
    ...(row.baseVersion === null ? {} : { base_version: row.baseVersion }),
    not_after: row.notAfter,
    issued_by: row.issuedBy,
    signature: row.signature,
  }));
}
