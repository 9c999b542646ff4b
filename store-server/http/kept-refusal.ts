import type { Caller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import type { Command } from '../commands/define.ts';
import { type Applied, Rejection } from '../commands/perform.ts';
import type { Problem } from '../kernel/verdict.ts';

/**
 * Input that a schema refuses never reaches its command, but a key that came with it is spent all the same: the same
 * request gets the same refusal, and the key cannot stand for another one. So the refusal is put on record. Whoever
 * was accepted with it once, before the schema became stricter, is answered as then.
 * @throws Problem or Rejection
 */
export async function keepRefusal(
  core: Core,
  { name, keepsReceipt, input }: Command,
  caller: Caller,
  sent: unknown,
  problem: Problem,
): Promise<Applied> {
  if (caller.key === null || caller.scope === null || !keepsReceipt || !problem.final) throw problem;
  const handle = () => {
    throw problem;
  };
  try {
    const refusing: Command = { name, keepsReceipt, input, permission: null, handle };
    return await core.execute(refusing, { ...caller, approvalId: null }, sent, sent);
  } catch (error) {
    // A full disk is no reason to hide what is wrong with the request.
    throw error instanceof Rejection && error.problem.status >= 500 ? problem : error;
  }
}
