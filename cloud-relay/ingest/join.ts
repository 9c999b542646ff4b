import type { Join, Joined } from '#contract/relay.ts';
import { isSignedBy } from '../../store-server/kernel/ed25519.ts';
import { chainStart } from '../../store-server/kernel/journal-entry.ts';
import { joinText } from '../../store-server/kernel/relay-texts.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Attempts } from '../auth/attempts.ts';
import type { Database, Sql } from '../db/database.ts';
import { tenantOf } from '../db/directory.ts';
import type { ClaimCodes } from './claim-codes.ts';
import { noteStore } from './note-store.ts';
import { storeDigest } from './stores.ts';

export interface JoinDeps {
  readonly database: Database;
  readonly attempts: Attempts;
  readonly claimCodes: ClaimCodes;
  readonly relayId: string;
  readonly relayPublicKey: string;
}

interface ClaimRow {
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly usedBy: string | null;
}

/**
 * A store joins the platform of whoever gave it the code, with a key of its own. Again with the same code and key is the
 * same answer; a store that was disconnected, or lost its key, comes back with a fresh code.
 * @throws Problem PROOF_WRONG, CLAIM_UNKNOWN, CLAIM_USED, CLAIM_EXPIRED, TENANT_MISMATCH, RATE_LIMIT_EXCEEDED
 */
export async function join(deps: JoinDeps, asked: Join, address: string, now: number): Promise<Joined> {
  const { database, attempts, claimCodes } = deps;
  const { proof, ...claimed } = asked;
  if (!isSignedBy(asked.public_key, joinText(claimed), proof)) throw new Problem('PROOF_WRONG');
  const door = [{ door: 'claim', of: address }] as const;
  await attempts.insistOpen(door, now);
  const digest = claimCodes.digest(asked.claim_code);
  const tenantId = await database.outside((sql) => tenantOf(sql, 'claim', digest));
  if (tenantId === undefined) {
    await attempts.countFailure(door, now);
    throw new Problem('CLAIM_UNKNOWN');
  }
  const head = await database.inTenant(tenantId, async (sql) => {
    const claim = await sql.one<ClaimRow>(
      `SELECT expires_at AS "expiresAt", used_at AS "usedAt", used_by AS "usedBy"
       FROM claim_code WHERE tenant_id = $1 AND digest = $2 FOR UPDATE`,
      [tenantId, digest],
    );
    if (claim === undefined) throw new Problem('CLAIM_UNKNOWN');
    if (claim.usedAt !== null) await insistSameStore(sql, tenantId, claim, asked);
    else {
      if (claim.expiresAt <= now) throw new Problem('CLAIM_EXPIRED');
      await takeIn(sql, tenantId, asked, now);
      await sql.run('UPDATE claim_code SET used_at = $3, used_by = $4 WHERE tenant_id = $1 AND digest = $2', [
        tenantId,
        digest,
        now,
        asked.store_id,
      ]);
    }
    return sql.one<{ seq: number; hash: Buffer }>(
      'SELECT seq, hash FROM store_head WHERE tenant_id = $1 AND store_id = $2',
      [tenantId, asked.store_id],
    );
  });
  const { seq, hash } = head ?? chainStart;
  return {
    tenant_id: tenantId,
    relay_id: deps.relayId,
    relay_public_key: deps.relayPublicKey,
    acked_seq: seq,
    acked_hash: hash.toString('hex'),
  };
}

/** The answer to a first joining may have been lost: the same store with the same key hears it again. */
async function insistSameStore(sql: Sql, tenantId: string, claim: ClaimRow, asked: Join): Promise<void> {
  const store = await sql.one<{ publicKey: string; revokedAt: number | null }>(
    'SELECT public_key AS "publicKey", revoked_at AS "revokedAt" FROM store WHERE tenant_id = $1 AND store_id = $2',
    [tenantId, asked.store_id],
  );
  if (claim.usedBy !== asked.store_id || store?.publicKey !== asked.public_key || store.revokedAt !== null)
    throw new Problem('CLAIM_USED');
}

async function takeIn(sql: Sql, tenantId: string, asked: Join, now: number): Promise<void> {
  const digest = storeDigest(asked.store_id);
  await sql.run("INSERT INTO directory (kind, digest, tenant_id) VALUES ('store', $1, $2) ON CONFLICT DO NOTHING", [
    digest,
    tenantId,
  ]);
  const owner = await tenantOf(sql, 'store', digest);
  if (owner !== tenantId) throw new Problem('TENANT_MISMATCH');
  await sql.run(
    `INSERT INTO store (tenant_id, store_id, restaurant_id, name, public_key, version, joined_at)
     VALUES ($1, $2, $3, '', $4, '', $5)
     ON CONFLICT (tenant_id, store_id) DO UPDATE SET public_key = excluded.public_key, revoked_at = NULL`,
    [tenantId, asked.store_id, asked.restaurant_id, asked.public_key, now],
  );
  await noteStore(sql, tenantId, asked.store_id, asked);
  await sql.run(
    'INSERT INTO store_head (tenant_id, store_id, hash) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, store_id) DO NOTHING',
    [tenantId, asked.store_id, chainStart.hash],
  );
}
