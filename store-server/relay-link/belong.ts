import type { ProblemCode } from '#contract/problems.ts';
import { LeftBehind } from '#contract/relay.left-behind.ts';
import { type Joined, relayPaths } from '#contract/relay.ts';
import type { ClaimRelay, RelayStatus } from '#contract/relay-link.ts';
import { systemCaller } from '../commands/caller.ts';
import { Rejection } from '../commands/perform.ts';
import { isoTimeOrNull } from '../kernel/dates.ts';
import type { CommonHead } from '../kernel/journal-entry.ts';
import { Problem } from '../kernel/verdict.ts';
import { createBackOff } from './back-off.ts';
import { commonHead } from './common-head.ts';
import type { LinkDeps, RelayLink } from './link.ts';
import { type BranchOff, membershipCommands } from './membership.commands.ts';
import { type Membership, membership } from './relay.reads.ts';
import { createRest } from './rest.ts';
import { joinRelay, openSession, RelayRefusal, type Session } from './session.ts';
import { inWords } from './status.ts';
import { openWire } from './wire.ts';

interface BelongDeps extends Pick<LinkDeps, 'core' | 'clock' | 'ids' | 'log' | 'key' | 'storeId'> {
  readonly restaurantId: () => string;
  /** The restaurant's name, as the platform's owner sees it. */
  readonly name: () => string;
  readonly version: string;
  /** For the person at the console. */
  readonly say: (sentence: string) => void;
  readonly requestMs: number;
  /** Where the link calls. */
  readonly address: (member: Membership) => string;
  /** Has the link call now; resolves when that went well or failed. */
  readonly callNow: () => Promise<void>;
  readonly branchOff: BranchOff;
}

/** What a claim code can be refused with; it is no use to try it again. */
const hopeless = new Set<ProblemCode>([
  'CLAIM_UNKNOWN',
  'CLAIM_USED',
  'CLAIM_EXPIRED',
  'STORE_REVOKED',
  'TENANT_MISMATCH',
  'VALIDATION_ERROR',
  'PROOF_WRONG',
]);

/** Joining a relay and leaving it, at the start or by a manager; and how the link is told to stand. */
export function createBelonging(deps: BelongDeps) {
  const { core, clock, ids, key, log, say, storeId, restaurantId, branchOff } = deps;
  const closer = new AbortController();
  const rest = createRest();
  let joining: string | null = null;
  let refused: RelayStatus['refused'] = null;

  /** @throws Problem of the relay's refusal, or RELAY_UNREACHABLE */
  async function join({ url, code }: ClaimRelay): Promise<Joined> {
    const wire = openWire(new URL(url), deps.requestMs);
    const asked = {
      claim_code: code,
      store_id: storeId(),
      restaurant_id: restaurantId(),
      name: deps.name(),
      version: deps.version,
    };
    try {
      const joined = await joinRelay(wire, key(), asked, closer.signal);
      refused = null;
      return joined;
    } catch (error) {
      throw refusedBy(url, error, relayPaths.join);
    } finally {
      wire.close();
    }
  }

  function refusedBy(url: string, error: unknown, path: string): Problem {
    // Something else than a relay answers there: that it knows no such page says nothing to a person here.
    const isStranger = path === relayPaths.join && error instanceof RelayRefusal && error.code === 'NOT_FOUND';
    if (error instanceof RelayRefusal && !isStranger) return new Problem(error.code, { relay: url });
    log('warn', 'the relay could not be asked', { relay: url, path, reason: String(error) });
    return new Problem('RELAY_UNREACHABLE', { relay: url });
  }

  /**
   * Asks the relay something as its member, beside the link.
   * @throws Problem ILLEGAL_TRANSITION without a membership, of the relay's refusal, or RELAY_UNREACHABLE
   */
  async function asMember<Answer>(path: string, ask: (session: Session) => Promise<Answer>): Promise<Answer> {
    const member = membership(core.connection());
    if (member === undefined) throw new Problem('ILLEGAL_TRANSITION', { state: 'not_joined', possible: [] });
    const url = deps.address(member);
    const wire = openWire(new URL(url), deps.requestMs);
    const { now, monotonic } = clock;
    const session = openSession({ wire, key: key(), storeId: storeId(), now, monotonic, secret: ids.secret });
    try {
      return await ask(session);
    } catch (error) {
      throw refusedBy(url, error, path);
    } finally {
      wire.close();
    }
  }

  const findCommon = (): Promise<CommonHead> =>
    asMember(relayPaths.batches, (session) => commonHead({ core, storeId: storeId(), session, signal: closer.signal }));
  /** @throws Problem ILLEGAL_TRANSITION where there is no relay to send to */
  async function sendNow(): Promise<void> {
    if (joining !== null) return rest.cut();
    if (membership(core.connection()) === undefined)
      throw new Problem('ILLEGAL_TRANSITION', { state: 'not_joined', possible: [] });
    await deps.callNow();
  }
  const commands = membershipCommands({ join, findCommon, branchOff, sendNow });

  /** Spends the claim code given at the start; while nobody answers it is tried again and again. */
  async function joinAtStart(url: string, code: string): Promise<void> {
    const backOff = createBackOff(() => ids.secret(1).readUInt8() / 256, { firstMs: 1_000, longestMs: 60_000 });
    joining = url;
    for (let told = false; !closer.signal.aborted; ) {
      try {
        await core.execute(commands.claim, systemCaller(), { url, code });
        break;
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        const { code: why, message } = error.problem;
        if (hopeless.has(why)) {
          refused = { url, sentence: message };
          say(
            `${message} The restaurant works on without the relay; ask the platform owner for a new claim code and enter it in the manager’s window, under Cloud relay.`,
          );
          break;
        }
        if (!told)
          say(`The relay at ${url} cannot be joined yet: ${message} The restaurant works on and keeps trying.`);
        told = true;
        await rest.sleep(backOff.next(), false);
      }
    }
    joining = null;
  }

  return {
    claim: commands.claim,
    leave: commands.leave,
    goOn: commands.goOn,
    sendNow: commands.sendNow,
    /** What the relay has from before a restore and offers back. @throws Problem RELAY_UNREACHABLE, STORE_REVOKED, … */
    leftBehind: (): Promise<LeftBehind> =>
      asMember(relayPaths.leftBehind, (session) =>
        session.post(relayPaths.leftBehind, { body: Buffer.from('{}') }, LeftBehind, closer.signal),
      ),
    /** Begins to join where the start asked for it and the store does not belong there yet. Does not wait for it. */
    begin(url: string | null, code: string | null): void {
      const member = membership(core.connection());
      if (url === null || member?.url === url) return;
      if (code !== null) {
        void joinAtStart(url, code).catch((error: unknown) =>
          log('error', 'joining failed', { reason: String(error) }),
        );
      } else if (member === undefined) {
        say(`The restaurant does not belong to the relay at ${url} yet: give --claim with a code from its owner once.`);
      }
    },
    status(link: RelayLink): RelayStatus {
      const member = membership(core.connection());
      const state = link.state();
      const { ackedSeq, headSeq, seenAt, nextTryAt } = state;
      if (member === undefined) {
        return {
          state: joining === null ? 'not_joined' : 'joining',
          sentence:
            joining === null ? 'This restaurant belongs to no relay.' : `Trying to join the relay at ${joining}.`,
          url: joining,
          relay_id: null,
          joined_at: null,
          head_seq: headSeq,
          acked_seq: 0,
          behind: headSeq,
          seen_at: null,
          next_try_at: null,
          refused,
        };
      }
      return {
        ...inWords(state),
        url: link.address(member),
        relay_id: member.relayId,
        joined_at: isoTimeOrNull(member.joinedAt),
        head_seq: headSeq,
        acked_seq: ackedSeq,
        seen_at: isoTimeOrNull(seenAt),
        next_try_at: isoTimeOrNull(nextTryAt),
        refused,
      };
    },
    close(): void {
      closer.abort();
      rest.stop();
    },
  };
}
