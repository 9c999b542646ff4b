import type { z } from 'zod';
import type { Permission } from '#contract/permissions.ts';
import type { ProblemCode } from '#contract/problems.ts';
import { problems } from '#contract/problems.ts';
import type { RelayCommand, RelayVerdict } from '#contract/relay.ts';
import { type Actor, callerOf, systemCaller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import type { Command } from '../commands/define.ts';
import { Rejection } from '../commands/perform.ts';
import { isRecorded, versionOf } from '../journal/page.ts';
import { isSignedBy } from '../kernel/ed25519.ts';
import { commandText } from '../kernel/relay-texts.ts';
import { Problem } from '../kernel/verdict.ts';
import { confirmVerdicts, keepVerdict } from './relay.commands.ts';
import { type InboxRow, lastTaken, verdictOf, verdictsToSend } from './relay.reads.ts';

/** One thing that the platform may do in a store. What is in no row, it may not. */
export interface AllowedCommand {
  readonly command: Command;
  /** What may be set: stricter than the command's own input. */
  readonly input: z.ZodType<Record<string, unknown>>;
  /** The aggregate whose version the command may be based on. */
  readonly entityId: (input: Record<string, unknown>) => string;
  readonly permission: Permission;
}
export type AllowList = Readonly<Record<string, AllowedCommand>>;

/** The platform, as the journal names it. It may do one thing: what the command in hand asks for. */
const platformActor = (permission: Permission): Actor => ({
  id: 'platform',
  role: 'platform_owner',
  preset: null,
  may: (asked) => asked === permission,
});

interface Pinned {
  readonly storeId: string;
  readonly relayId: string;
  readonly relayPublicKey: string;
}

/** The same command, refused when somebody changed the thing since the platform looked at it. */
const basedOn = (command: Command, entityId: string, base: number): Command => ({
  ...command,
  handle(context, input, prepared) {
    const version = versionOf(context.tx.connection, entityId);
    if (version !== base) throw new Problem('VERSION_CONFLICT', { version });
    return command.handle(context, input, prepared);
  },
});

/** Refusals that may be over in a moment: no verdict is given, and the relay sends the command again. */
const passing = new Set<ProblemCode>(['STORE_READ_ONLY', 'SERVICE_UNAVAILABLE']);

interface InboxDeps {
  readonly core: Core;
  readonly allowed: AllowList;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

export type Inbox = ReturnType<typeof createInbox>;

/** Commands from the platform: checked, run through the one door, answered. */
export function createInbox({ core, allowed, log, now }: InboxDeps) {
  /** @throws Problem for a command that this store does not do */
  function checked(sent: RelayCommand, { storeId, relayId, relayPublicKey }: Pinned) {
    const { signature, ...unsigned } = sent;
    if (!isSignedBy(relayPublicKey, commandText(storeId, unsigned), signature)) throw new Problem('PROOF_WRONG');
    const row = Object.hasOwn(allowed, sent.command) ? allowed[sent.command] : undefined;
    if (row === undefined) throw new Problem('COMMAND_NOT_ALLOWED');
    // Held back until a later one was done, it would undo that one.
    const late = now() > sent.not_after || sent.n <= lastTaken(core.connection(), relayId);
    if (late) throw new Problem('COMMAND_TOO_LATE');
    const input = row.input.safeParse(sent.input);
    if (!input.success) throw new Problem('VALIDATION_ERROR', { field: input.error.issues[0]?.path.join('.') ?? '' });
    return { row, input: input.data };
  }

  async function outcomeOf(
    sent: RelayCommand,
    pinned: Pinned,
  ): Promise<Pick<InboxRow, 'outcome' | 'code' | 'sentence'>> {
    // Done before, and the computer stopped before the verdict was kept.
    if (isRecorded(core.connection(), sent.command_id)) return { outcome: 'duplicate', code: null, sentence: null };
    try {
      const { row, input } = checked(sent, pinned);
      const { base_version: base } = sent;
      const command = base === undefined ? row.command : basedOn(row.command, row.entityId(input), base);
      const caller = callerOf(platformActor(row.permission), { origin: 'relay', commandId: sent.command_id });
      await core.execute(command, caller, input);
      return { outcome: 'applied', code: null, sentence: null };
    } catch (error) {
      const problem = error instanceof Rejection ? error.problem : error;
      if (!(problem instanceof Problem) || passing.has(problem.code)) throw error;
      return { outcome: 'refused', code: problem.code, sentence: problems[problem.code].message };
    }
  }

  return {
    /** Takes commands in order of `n`; one that was answered already is left alone. */
    async take(commands: readonly RelayCommand[], pinned: Pinned): Promise<void> {
      for (const sent of commands.toSorted((a, b) => a.n - b.n)) {
        if (verdictOf(core.connection(), sent.command_id) !== undefined) continue;
        const verdict = await outcomeOf(sent, pinned);
        const { command_id: id, n, command } = sent;
        // A forged command gets no verdict: whoever made it must not use up the number of a real one.
        if (verdict.code === 'PROOF_WRONG') log('warn', 'a command that the relay has not signed was ignored', { id });
        else await core.execute(keepVerdict, systemCaller(), { id, relayId: pinned.relayId, n, command, ...verdict });
      }
    },
    /** Verdicts the relay has not confirmed yet. */
    verdicts: (relayId: string, most: number): RelayVerdict[] =>
      verdictsToSend(core.connection(), relayId, most).map(({ id, outcome, code, sentence }) => ({
        command_id: id,
        outcome,
        ...(code === null ? {} : { problem: { code, message: sentence ?? '' } }),
      })),
    async confirmed(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await core.execute(confirmVerdicts, systemCaller(), { ids: [...ids] });
    },
  };
}
