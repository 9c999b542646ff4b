import { z } from 'zod';
import { TimeZone } from '#contract/settings.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Why a snapshot was made. */
export const occasions = ['timer', 'close', 'by_hand', 'before_restore', 'night'] as const;
export type Occasion = (typeof occasions)[number];

/** The result of restoring a snapshot into a scratch file and looking at what came of it. */
const Trial = z.looseObject({ at: z.int(), ok: z.boolean(), findings: z.array(z.string()) });

/**
 * What stands beside each snapshot. Without it a snapshot is half of one and is not used. Times are epoch ms. What a later
 * version adds is kept: whoever went back to this one finds its backups.
 */
export const Manifest = z.looseObject({
  format: z.literal(1),
  name: z.string().regex(/^[0-9TZ-]{18,40}$/),
  made_at: z.int(),
  occasion: z.enum(occasions),
  store_id: z.string(),
  restaurant: z.string(),
  /** The restaurant’s own, for whoever looks at it elsewhere. The default is for backups that do not say. */
  time_zone: TimeZone.default('Europe/London'),
  epoch: z.string(),
  head_seq: z.int(),
  head_hash: Hex,
  business_day: z.string(),
  /** The last call number, and how many orders there are at all. */
  orders_to: z.int().nullable(),
  orders: z.int(),
  bytes: z.int(),
  /** SHA-256 of the file. */
  digest: Hex,
  verified_at: z.int(),
  trial: Trial.nullable(),
});
export type Manifest = z.output<typeof Manifest>;

/** `20250618T181500Z-1041`: when it was made and the journal's head, so that a person finds it in a folder too. */
export const snapshotName = (madeAt: number, head: number): string =>
  `${new Date(madeAt).toISOString().slice(0, 19).replaceAll(/[:-]/g, '')}Z-${head}`;
