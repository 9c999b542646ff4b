import type { Ids } from '../store-server/kernel/ids.ts';
import type { Database } from './db/database.ts';
import type { RelayKeys } from './keys.ts';
import { StartRefused } from './refused.ts';

/**
 * The id of the relay behind a database, made at its first start.
 * @throws StartRefused when the database belongs to a relay with another key: its stores would not believe this one
 */
export function relayIdentity(database: Database, keys: RelayKeys, ids: Ids, now: number): Promise<string> {
  return database.outside(async (sql) => {
    // Two relays that start together agree on the first row.
    await sql.run(
      `INSERT INTO relay (relay_id, public_key, created_at)
       SELECT $1, $2, $3 WHERE (SELECT pg_advisory_xact_lock(4706830)) IS NOT NULL AND NOT EXISTS (SELECT FROM relay)`,
      [ids.next(), keys.publicKey, now],
    );
    const row = await sql.one<{ id: string; publicKey: string }>(
      'SELECT relay_id AS id, public_key AS "publicKey" FROM relay',
    );
    if (row === undefined) throw new Error('the relay has no identity');
    if (row.publicKey !== keys.publicKey)
      throw new StartRefused(
        'The database belongs to a relay with another key. Start with the data folder (keys/relay.key) of that relay.',
      );
    return row.id;
  });
}
