import { relayLimits } from '#contract/relay.ts';
import { hmacSha256 } from '../../store-server/kernel/hashing.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import type { Sql } from '../db/database.ts';
import type { RelayKeys } from '../keys.ts';

/** Short, plain to say on the telephone and hard to mistake for one another. */
const words = (
  'ACORN AMBER APPLE APRIL ARROW ASPEN BADGE BAKER BASIL BEACH BERRY BIRCH BLOOM BRASS BREAD BRICK BRIDGE BROOK ' +
  'CABIN CANAL CANDLE CANOE CARROT CASTLE CEDAR CHALK CHERRY CIDER CLOUD CLOVER COBALT COMET COPPER CORAL COTTON CRANE ' +
  'CROWN CRYSTAL DAISY DESERT DOLPHIN DRAGON EAGLE ELDER EMBER FALCON FENNEL FERRY FIDDLE FLINT FOREST FOSSIL GARDEN ' +
  'GARNET GINGER GLACIER GRANITE GRAPE HAMMER HARBOUR HAZEL HERON HONEY INDIGO ISLAND IVORY JASMINE JUNIPER KETTLE ' +
  'LAGOON LANTERN LEMON LILAC LIME LINEN LOTUS MAGNET MANGO MAPLE MARBLE MEADOW MELON MINT MORNING MUSTARD NECTAR ' +
  'NUTMEG OCEAN OLIVE ONYX ORANGE ORCHARD OTTER OYSTER PAPAYA PEPPER PLANET POPPY PRAIRIE QUARTZ QUILL RAVEN RIBBON ' +
  'RIVER ROCKET ROSE RUBY SADDLE SAFFRON SAGE SALMON SILVER SPRUCE SUMMER SUNSET TEAPOT THYME TIGER TIMBER TULIP TUNDRA ' +
  'VALLEY VELVET VIOLET WALNUT WILLOW WINTER'
).split(' ');

const WORDS = 3;
const DAY_MS = 24 * 3_600_000;

/** A number below `limit`, each equally likely. */
function below(ids: Ids, limit: number): number {
  const even = Math.floor(65_536 / limit) * limit;
  for (;;) {
    const drawn = ids.secret(2).readUInt16BE();
    if (drawn < even) return drawn % limit;
  }
}

/** Some 34 bits: far more than ten guesses a quarter of an hour find in the seven days that a code lives. */
export function newClaimCode(ids: Ids): string {
  const drawn = Array.from({ length: WORDS }, () => words[below(ids, words.length)]);
  return [...drawn, 1000 + below(ids, 9000)].join('-');
}

export interface MadeCode {
  /** The beginning of its digest, in hex. */
  readonly id: string;
  /** Shown this once. */
  readonly code: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface ClaimCodes {
  /** How the database knows a code: keyed, since a short code alone would not hide behind a plain digest. */
  digest(code: string): Buffer;
  /** Makes a code for a tenant. `meantFor` is which restaurant it is for, in the owner's words. */
  make(
    sql: Sql,
    by: { readonly tenantId: string; readonly personId: string | null; readonly meantFor?: string },
    now: number,
  ): Promise<MadeCode>;
}

interface UnusedCode {
  readonly id: string;
  readonly meantFor: string | null;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly madeBy: string | null;
}

/**
 * Codes of a tenant that nobody has used, the newest first; times are epoch ms. One that has run out is told for as long
 * again as it lived, to whoever wonders why it does not open the door.
 */
export const unusedCodes = (sql: Sql, tenantId: string, now: number) =>
  sql.rows<UnusedCode>(
    `SELECT encode(substring(c.digest FROM 1 FOR 8), 'hex') AS id, c.meant_for AS "meantFor", c.created_at AS "madeAt",
       c.expires_at AS "expiresAt", p.name AS "madeBy"
     FROM claim_code c LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.person_id = c.made_by
     WHERE c.tenant_id = $1 AND c.used_at IS NULL AND c.expires_at > $2 ORDER BY c.created_at DESC LIMIT 100`,
    [tenantId, now - relayLimits.claimDays * DAY_MS],
  );

/** Takes back what the relay itself made for a tenant and nobody has used: of its starts, only the last one's code counts. */
export const takeBackOwn = (sql: Sql, tenantId: string): Promise<number> =>
  sql.run(
    `WITH gone AS (
       DELETE FROM claim_code WHERE tenant_id = $1 AND made_by IS NULL AND used_at IS NULL RETURNING digest
     )
     DELETE FROM directory WHERE kind = 'claim' AND digest IN (SELECT digest FROM gone)`,
    [tenantId],
  );

export function createClaimCodes(keys: RelayKeys, ids: Ids): ClaimCodes {
  const keyed = hmacSha256(Buffer.from(keys.derived('claim codes'), 'base64url'));
  return {
    digest: keyed,
    async make(sql, { tenantId, personId, meantFor = '' }, now) {
      const code = newClaimCode(ids);
      const digest = keyed(code);
      const expiresAt = now + relayLimits.claimDays * DAY_MS;
      await sql.run("INSERT INTO directory (kind, digest, tenant_id) VALUES ('claim', $1, $2)", [digest, tenantId]);
      await sql.run(
        `INSERT INTO claim_code (tenant_id, digest, made_by, created_at, expires_at, meant_for)
         VALUES ($1, $2, $3, $4, $5, nullif($6, ''))`,
        [tenantId, digest, personId, now, expiresAt, meantFor],
      );
      return { id: digest.subarray(0, 8).toString('hex'), code, expiresAt };
    },
  };
}
