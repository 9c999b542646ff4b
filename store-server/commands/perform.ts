import type { Connection } from '../db/connection.ts';
import { undid } from '../db/remembered.ts';
import { type BeforeWrite, createRowWriter } from '../db/row-writer.ts';
import { createTx, type ToldFact } from '../db/tx.ts';
import { createJournalWriter } from '../journal/append.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Head } from '../kernel/journal-entry.ts';
import { Problem } from '../kernel/verdict.ts';
import { createApprovals } from './approvals.ts';
import type { Actor, Caller } from './caller.ts';
import { type Command, type CommandContext, Refused } from './define.ts';
import { jobTable } from './job.schema.ts';
import { createReceipts, insistSameRequest, type KeptRefusal, type Receipt, requestDigest } from './receipts.ts';
import { isTarget, targetOf } from './target.ts';

/** One command as it waits its turn. */
export interface Request {
  readonly command: Command;
  readonly caller: Caller;
  readonly input: unknown;
  /** The input as it was sent, from which the digest is made. */
  readonly sent: unknown;
  readonly prepared: unknown;
}

/** What happened, as plain data: each door renders it with its own `toDto`. */
export interface Applied<Output = unknown> {
  readonly outcome: 'applied' | 'duplicate';
  readonly seq: number | null;
  readonly recordedAt: number;
  readonly data: Output;
}

/** A refusal that stands for one request: the problem, its error id, and whether it is a repeat's answer. */
export class Rejection extends Error {
  readonly problem: Problem;
  readonly errorId: string;
  readonly replayed: boolean;
  readonly recordedAt: number;
  constructor(problem: Problem, errorId: string, recordedAt: number, replayed = false) {
    super(problem.code, { cause: problem });
    this.problem = problem;
    this.errorId = errorId;
    this.recordedAt = recordedAt;
    this.replayed = replayed;
  }
}

/** What one command did inside the still open transaction. */
export interface Performed {
  readonly head: Head;
  readonly told: readonly ToldFact[];
  readonly lanes: readonly string[];
  readonly result: Applied | Rejection;
  readonly header: { readonly command: string; readonly actorId: string | null; readonly deviceId: string | null };
}

export type Reaction = (context: CommandContext, fact: ToldFact) => void;
export type Reactions = ReadonlyMap<string, readonly Reaction[]>;

interface PerformDeps {
  readonly ids: Ids;
  readonly now: () => number;
  readonly businessDay: (now: number) => string;
  readonly reactions: Reactions;
  readonly beforeWrite?: BeforeWrite;
}

/** Runs commands one at a time inside a transaction that the caller opens and commits. */
export function createPerformer(connection: Connection, deps: PerformDeps) {
  const { sqlite } = connection;
  const { ids, now, businessDay, reactions, beforeWrite } = deps;
  const rows = createRowWriter(connection, beforeWrite);
  const journal = createJournalWriter(connection, ids.secret, beforeWrite);
  const receipts = createReceipts(connection);
  const approvals = createApprovals(connection);
  const savepoint = sqlite.prepare('SAVEPOINT command');
  const release = sqlite.prepare('RELEASE command');
  const undo = sqlite.prepare('ROLLBACK TO command');
  const rollback = sqlite.prepare('ROLLBACK');
  const begin = sqlite.prepare('BEGIN IMMEDIATE');

  function replay(receipt: Receipt): Applied | Rejection {
    const answer: unknown = JSON.parse(receipt.answer);
    if (receipt.outcome === 'applied') {
      return { outcome: 'duplicate', seq: receipt.seq, recordedAt: receipt.recordedAt, data: answer };
    }
    const kept = answer as KeptRefusal;
    const problem = new Problem(kept.code, { ...kept.details, ...(kept.field === null ? {} : { field: kept.field }) });
    return new Rejection(problem, kept.errorId, receipt.recordedAt, true);
  }

  function withApprover(actor: Actor, approver: Actor | null): Actor {
    if (approver === null) return actor;
    return { ...actor, may: (permission) => actor.may(permission) || approver.may(permission) };
  }

  function insistPermitted(request: Request, actor: Actor): void {
    const { command, input } = request;
    if (command.permission === null || actor.may(command.permission)) return;
    if (command.target === undefined) throw new Problem('FORBIDDEN', { permission: command.permission });
    throw new Problem('APPROVAL_NEEDED', { command: command.name, target_id: targetOf(connection, command, input) });
  }

  function handle(request: Request, recordedAt: number, previous: Head, digest: Buffer | null): Performed {
    const { command, caller, input } = request;
    const approver =
      caller.approvalId === null
        ? null
        : approvals.consume(caller.approvalId, {
            command: command.name,
            isTarget: (name) => isTarget(connection, command, input, name),
            now: recordedAt,
          });
    const actor = withApprover(caller.actor, approver);
    insistPermitted(request, actor);

    const unit = createTx(connection, rows);
    const lanes: string[] = [];
    const day = businessDay(recordedAt);
    const context: CommandContext = {
      tx: unit.tx,
      actor,
      caller,
      approvedBy: approver?.id ?? null,
      now: recordedAt,
      businessDay: day,
      ids,
      enqueue(job) {
        const id = ids.next();
        unit.tx.local(jobTable).insert({
          id,
          lane: job.lane,
          kind: job.kind,
          payload: job.payload,
          subjectId: job.subjectId,
          state: 'queued',
          attempt: 0,
          repeatPossible: false,
          diesAt: job.diesAt,
          createdAt: recordedAt,
          updatedAt: recordedAt,
        });
        lanes.push(job.lane);
        return id;
      },
    };
    const data = command.handle(context, input, request.prepared);
    if (data instanceof Promise) throw new Error(`${command.name} answered with a promise: handlers are synchronous`);
    for (const fact of [...unit.told()]) for (const react of reactions.get(fact.fact.kind) ?? []) react(context, fact);

    const parts = unit.parts();
    const commandId = caller.commandId ?? ids.next();
    const head =
      parts.length === 0
        ? previous
        : journal.append(
            previous,
            {
              commandId,
              command: command.name,
              groupId: null,
              scope: caller.scope,
              key: caller.key,
              actorId: caller.actor.id,
              approvedBy: approver?.id ?? null,
              deviceId: caller.deviceId,
              origin: caller.origin,
              businessDay: day,
              occurredAt: caller.occurredAt ?? recordedAt,
              recordedAt,
            },
            parts,
          );
    const seq = parts.length === 0 ? null : head.seq;
    const header = { command: command.name, actorId: caller.actor.id, deviceId: caller.deviceId };
    if (data instanceof Refused) {
      const rejection = new Rejection(new Problem(data.code, data.details), ids.next(), recordedAt);
      return { head, told: unit.told(), lanes, result: rejection, header };
    }
    if (digest !== null && caller.scope !== null && caller.key !== null) {
      beforeWrite?.('receipt');
      receipts.keep(caller.scope, caller.key, {
        requestDigest: digest,
        outcome: 'applied',
        commandId,
        seq,
        answer: JSON.stringify(data ?? null),
        recordedAt,
      });
    }
    return { head, told: unit.told(), lanes, result: { outcome: 'applied', seq, recordedAt, data }, header };
  }

  function refusal(request: Request, problem: Problem, recordedAt: number, digest: Buffer | null): Rejection {
    const { scope, key } = request.caller;
    const errorId = ids.next();
    if (problem.final && digest !== null && scope !== null && key !== null) {
      const kept: KeptRefusal = { code: problem.code, field: problem.field, details: problem.details, errorId };
      const answer = JSON.stringify(kept);
      receipts.keep(scope, key, {
        requestDigest: digest,
        outcome: 'refused',
        commandId: errorId,
        seq: null,
        answer,
        recordedAt,
      });
    }
    return new Rejection(problem, errorId, recordedAt);
  }

  /** A command alone in its transaction is undone with it; the transaction then begins anew, for the refusal's receipt. */
  function takeBack(alone: boolean): void {
    if (alone) {
      rollback.run();
      undid(connection);
      begin.run();
    } else {
      undo.run();
      release.run();
      undid(connection);
    }
  }

  const keyOf = ({ command, caller }: Request) =>
    command.keepsReceipt && caller.scope !== null && caller.key !== null
      ? { scope: caller.scope, key: caller.key }
      : null;

  return {
    journal,
    receipts,
    /** The stored answer to an earlier copy of this request, so that slow preparation can be skipped. */
    earlier(request: Pick<Request, 'command' | 'caller'>): boolean {
      const key = keyOf(request as Request);
      return key !== null && receipts.find(key.scope, key.key) !== undefined;
    },
    /**
     * Performs one command under its own savepoint. A refusal is an answer; anything else that is thrown is a bug
     * or a failing disk and leaves this command undone.
     * @param alone true if the transaction is this command's only, which spares the savepoint
     */
    perform(request: Request, previous: Head, alone = false): Performed {
      const recordedAt = now();
      const header = {
        command: request.command.name,
        actorId: request.caller.actor.id,
        deviceId: request.caller.deviceId,
      };
      const quiet = (result: Applied | Rejection): Performed => ({
        head: previous,
        told: [],
        lanes: [],
        result,
        header,
      });
      const key = keyOf(request);
      const digest = key === null ? null : requestDigest(request.command.name, request.sent);
      if (key !== null && digest !== null) {
        const earlier = receipts.find(key.scope, key.key);
        if (earlier !== undefined) {
          try {
            insistSameRequest(earlier, digest);
          } catch (error) {
            return quiet(new Rejection(error as Problem, ids.next(), recordedAt));
          }
          return quiet(replay(earlier));
        }
      }
      if (!alone) savepoint.run();
      try {
        const performed = handle(request, recordedAt, previous, digest);
        if (!alone) release.run();
        return performed;
      } catch (error) {
        if (!sqlite.inTransaction) throw error;
        takeBack(alone);
        if (!(error instanceof Problem)) throw error;
        return quiet(refusal(request, error, recordedAt, digest));
      }
    },
  };
}
