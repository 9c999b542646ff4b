import { z } from 'zod';

export const Health = z.object({
  status: z.literal('ok'),
  pid: z.int(),
  version: z.string(),
  uptime_s: z.int(),
  /** True while the disk takes no writes; reading goes on. */
  read_only: z.boolean(),
  head_seq: z.int(),
  /** What everybody should know, for some days: that the store goes on from an earlier state. */
  notice: z.string().nullable(),
});
