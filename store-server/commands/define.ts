import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import type { Permission } from '#contract/permissions.ts';
import type { ProblemCode } from '#contract/problems.ts';
import type { Connection } from '../db/connection.ts';
import type { Tx } from '../db/tx.ts';
import type { Ids } from '../kernel/ids.ts';
import type { ProblemDetails } from '../kernel/verdict.ts';
import type { Actor, Caller } from './caller.ts';
import type { NewJob } from './new-job.ts';

/** Everything a handler may use. All of it is plain and synchronous. */
export interface CommandContext {
  readonly tx: Tx;
  /** The caller, with an approver's permissions added when a valid approval came along. */
  readonly actor: Actor;
  readonly caller: Caller;
  /** Staff member whose approval was used, else null. */
  readonly approvedBy: string | null;
  /** Epoch ms of this command's recording. */
  readonly now: number;
  /** YYYY-MM-DD of the store's present business day. */
  readonly businessDay: string;
  readonly ids: Ids;
  /** Queues something to be done after the commit, such as printing. Returns the job's id. */
  enqueue(job: NewJob): string;
}

/** An answer that means "no" and whose writes are kept all the same: a wrong PIN has to be counted. */
export class Refused {
  readonly code: ProblemCode;
  readonly details: ProblemDetails & { field?: string };
  constructor(code: ProblemCode, details: ProblemDetails & { field?: string } = {}) {
    this.code = code;
    this.details = details;
  }
}

/** A remembered refusal; every other refusal is thrown and undoes the command. */
export const refused = (code: ProblemCode, details?: ProblemDetails & { field?: string }): Refused =>
  new Refused(code, details);

type Sync<Output> = Output extends PromiseLike<unknown> ? never : Output;

/** What slow work before the transaction is given. */
export interface PrepareContext {
  readonly connection: Connection;
  readonly caller: Caller;
  /** Epoch ms. */
  readonly now: number;
}

export interface Command<Input = unknown, Output = unknown, Prepared = unknown> {
  readonly name: string;
  /** What the caller has to be allowed; null for what anybody may try (sign-in, set-up). */
  readonly permission: Permission | null;
  readonly input: z.ZodType<Input>;
  /** How the request names what an approval is bound to; only for commands that can be approved. */
  readonly target?: (input: Input) => Ref;
  /** The one id behind such a name, for what has an alias as well. @throws Problem NOT_FOUND */
  readonly targetId?: (connection: Connection, ref: Ref) => string;
  /** False for sign-ins: no receipt is stored, since its answer would hold a secret. */
  readonly keepsReceipt: boolean;
  /**
   * Slow pure work before the transaction (hashing a password): asynchronous, writes nothing,
   * its result goes to `handle`. Skipped for a repeat that already has its receipt.
   */
  readonly prepare?: (at: PrepareContext, input: Input) => Promise<Prepared>;
  readonly handle: (context: CommandContext, input: Input, prepared: Prepared) => Output | Refused;
}

interface Definition<Input, Output, Prepared> {
  name: string;
  permission: Permission | null;
  input: z.ZodType<Input>;
  target?: (input: Input) => Ref;
  targetId?: (connection: Connection, ref: Ref) => string;
  keepsReceipt?: boolean;
  prepare?: (at: PrepareContext, input: Input) => Promise<Prepared>;
  handle: (context: CommandContext, input: Input, prepared: Prepared) => Sync<Output> | Refused;
}

/**
 * Declares one thing that can be done. `handle` is synchronous on purpose: it cannot wait on a printer or a
 * network, so a transaction is always short and a thrown refusal undoes everything.
 */
export function defineCommand<Input, Output, Prepared = undefined>(
  definition: Definition<Input, Output, Prepared>,
): Command<Input, Output, Prepared> {
  return { keepsReceipt: true, ...definition } as Command<Input, Output, Prepared>;
}
