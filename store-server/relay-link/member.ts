import {
  BATCH_CONTENT_TYPE,
  BatchTaken,
  Exchanged,
  ForkDetails,
  GapDetails,
  relayLimits,
  relayPaths,
} from '#contract/relay.ts';
import { packBatch } from './batch.ts';
import type { Inbox } from './inbox.ts';
import type { LinkDeps } from './link.ts';
import type { Position } from './position.ts';
import type { Membership } from './relay.reads.ts';
import { RelayMumbles, type RelayRefusal, type Session } from './session.ts';

/** A batch that takes longer than this in ms makes the next one smaller, so that it never holds up the live summary. */
const SLOW_BATCH_MS = 400;
/** Nobody knows yet how fast the line is. */
const FIRST_BATCH = 100;
/** However thin the line is, so many go up in the end. */
const FEWEST = 5;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface MemberDeps extends Pick<LinkDeps, 'core' | 'clock' | 'log' | 'storeId' | 'live'> {
  readonly batchEntries: number;
  readonly session: Session;
  readonly inbox: Inbox;
  readonly position: Position;
  readonly member: Membership;
  readonly signal: AbortSignal;
}

/** What a member of a relay says to it. */
export interface MemberTalk {
  /** Tells how the store stands and hears what the platform wants. @returns ms until the next one, as the relay wishes */
  exchange(): Promise<number>;
  /**
   * Sends the next entries.
   * @param until monotonic ms at which they give way to the next exchange, unless they are too few to be divided
   * @returns false where they gave way: the next batch is smaller, and the relay says whether this one arrived
   * @throws RelayRefusal, RelayMumbles or an error of the connection
   */
  upload(until: number): Promise<boolean>;
  /**
   * What a refusal means for where to go on: `again` at the new position, `forked`, or null where it means nothing
   * but that it failed.
   */
  heed(refusal: RelayRefusal): 'again' | 'forked' | null;
  /** Whether so many entries wait that gathering more makes no sense. */
  isFull(): boolean;
}

export function memberTalk(deps: MemberDeps): MemberTalk {
  const { core, clock, log, storeId, session, inbox, position, member, signal } = deps;
  let most = Math.min(FIRST_BATCH, deps.batchEntries);
  const fewer = () => Math.max(Math.min(FEWEST, most), most >> 1);

  return {
    async exchange() {
      const said = { live: deps.live(), verdicts: inbox.verdicts(member.relayId, relayLimits.verdictsAtOnce) };
      const body = Buffer.from(JSON.stringify(said));
      const answer = await session.post(relayPaths.exchange, { body }, Exchanged, signal);
      position.believe(answer.acked_seq, answer.acked_hash);
      try {
        await inbox.confirmed(answer.acknowledged);
        await inbox.take(answer.commands, { storeId: storeId(), ...member });
      } catch (error) {
        log('warn', 'a command from the platform could not be done yet', { reason: String(error) });
      }
      return answer.next_in_ms;
    },
    async upload(until) {
      const batch = await packBatch(core.connection, { storeId: storeId(), after: position.at(), most, turn });
      if (batch === null) throw new Error('the journal has no entry where the relay asks for one');
      const headers = { 'Content-Type': BATCH_CONTENT_TYPE, 'Content-Encoding': 'zstd' };
      const began = clock.monotonic();
      const way = new AbortController();
      const timer = batch.entries > FEWEST ? setTimeout(() => way.abort(), Math.max(0, until - began)) : undefined;
      let taken: BatchTaken;
      try {
        const either = AbortSignal.any([signal, way.signal]);
        taken = await session.post(relayPaths.batches, { body: batch.body, headers }, BatchTaken, either);
      } catch (error) {
        if (!way.signal.aborted || signal.aborted) throw error;
        most = fewer();
        return false;
      } finally {
        clearTimeout(timer);
      }
      const { last } = batch;
      const [seq, hash] =
        taken.acked_seq > last.seq ? [last.seq, last.hash.toString('hex')] : [taken.acked_seq, taken.acked_hash];
      if (!position.believe(seq, hash)) throw new RelayMumbles(200);
      const slow = clock.monotonic() - began > SLOW_BATCH_MS;
      most = slow ? fewer() : Math.min(deps.batchEntries, most * 2);
      return true;
    },
    heed({ code, details }) {
      const gap = GapDetails.safeParse(details);
      if (code === 'BATCH_GAP' && gap.success) return position.goBackTo(gap.data.expected_seq) ? 'again' : null;
      if (code === 'BATCH_TOO_BIG' && most > 1) {
        most >>= 1;
        return 'again';
      }
      if (code !== 'CHAIN_FORKED') return null;
      const fork = ForkDetails.safeParse(details);
      log('warn', 'the relay holds another history; uploading stops', fork.success ? { seq: fork.data.seq } : {});
      return 'forked';
    },
    isFull: () => position.left() >= most,
  };
}
