import { z } from 'zod';

/**
 * What the store server and whoever started it (the desktop app, the launcher) say to each other. Nobody else hears it:
 * the messages travel over the channel that the operating system opened between the two processes.
 */

/** Whether the restaurant is at work, which is when the computer must not sleep and nothing may be updated. */
export const Service = z.object({
  open_shifts: z.int().min(0),
  open_checks: z.int().min(0),
  waiting_slips: z.int().min(0),
  /** The disk takes no writes; reading goes on. */
  read_only: z.boolean(),
});
export type Service = z.infer<typeof Service>;

/** Whom practice data can be tried as. */
export const DemoPerson = z.object({ who: z.string(), email: z.string(), password: z.string() });
export type DemoPerson = z.infer<typeof DemoPerson>;

/** How somebody gets in the first time. The server's console says the same. */
export const WayIn = z.object({
  /** With which the first owner signs up; null once there is one. */
  setup_code: z.string().nullable(),
  /** Who can sign in to the practice data; nobody in a restaurant of its own. */
  demo_people: z.array(DemoPerson),
});
export type WayIn = z.infer<typeof WayIn>;

/** What a server that does not keep running could go back to. */
export const LastBackup = z.object({
  name: z.string().regex(/^[0-9TZ-]{18,40}$/),
  restaurant: z.string(),
  /** Epoch ms. */
  made_at: z.number(),
  /** When something was last recorded after it; null where nothing was, or nobody can tell. Epoch ms. */
  used_until: z.number().nullable(),
  /** What would be lost, in a sentence. */
  loss: z.string(),
});
export type LastBackup = z.infer<typeof LastBackup>;

export const ToStore = z.discriminatedUnion('type', [
  /** Stop as on SIGTERM, then answer `bye`. */
  z.object({ type: z.literal('shutdown') }),
  /** Answered by a `pong` of the same number, from the server's own loop. */
  z.object({ type: z.literal('ping'), n: z.int() }),
  /** Take a snapshot and verify it; answered by a `snapshot` of the same number. */
  z.object({ type: z.literal('snapshot'), n: z.int() }),
  /** The computer has slept: the network and every line to a device may have gone meanwhile. */
  z.object({ type: z.literal('resumed') }),
]);
export type ToStore = z.infer<typeof ToStore>;

export const FromStore = z.discriminatedUnion('type', [
  /** It closes one store to open another, such as practice data: its door is shut until the next `ready`. */
  z.object({ type: z.literal('changing') }),
  /** Sent before `ready`, at every start. */
  z.object({ type: z.literal('way_in'), ...WayIn.shape }),
  z.object({ type: z.literal('ready'), port: z.int(), compatPort: z.int(), url: z.string() }),
  z.object({ type: z.literal('pong'), n: z.int(), service: Service }),
  /** The verified snapshot's name, or why there is none. */
  z.object({ type: z.literal('snapshot'), n: z.int(), name: z.string().nullable(), problem: z.string().nullable() }),
  /** It did not start, for a reason that another try does not mend by itself; `sentence` is for people. */
  z.object({ type: z.literal('failed'), sentence: z.string() }),
  z.object({ type: z.literal('bye') }),
  /** Started with `--last-backup`: what there is, and it ends. */
  z.object({ type: z.literal('last_backup'), backup: LastBackup.nullable() }),
  /** Started with `--go-back-to`: it has, and ends. */
  z.object({ type: z.literal('went_back'), sentence: z.string() }),
]);
export type FromStore = z.infer<typeof FromStore>;
