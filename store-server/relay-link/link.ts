import type { Fact } from '#contract/facts.ts';
import { type LiveSummary, relayLimits } from '#contract/relay.ts';
import { relayJoined, relayWentOn } from '#contract/relay-link.ts';
import { systemCaller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import { createBackOff } from './back-off.ts';
import { type AllowList, createInbox } from './inbox.ts';
import type { StoreKey } from './key.ts';
import { memberTalk } from './member.ts';
import { createPosition } from './position.ts';
import { noteCursor } from './relay.commands.ts';
import { type Membership, membership, relayCursor } from './relay.reads.ts';
import { createRest } from './rest.ts';
import { openSession, RelayMumbles, RelayRefusal } from './session.ts';
import { type LinkState, troubleInWords } from './status.ts';
import { openWire } from './wire.ts';

/** How the link goes about it; times in ms. */
export interface LinkPace {
  /** For one request from start to end. */
  readonly requestMs: number;
  /** After a commit, so that what happens together travels together. */
  readonly gatherMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How often at most the cursor is written down while it moves. */
  readonly noteMs: number;
  /** From one exchange to the next where the relay wishes nothing slower. */
  readonly exchangeMs: number;
  /** The same where it does, however slow it wishes it. */
  readonly slowestMs: number;
  /** The shortest, when there is news. */
  readonly newsMs: number;
  /** How much later than it is due an exchange may begin, because a batch is on its way. */
  readonly lateMs: number;
  /** Most entries of one batch. */
  readonly batchEntries: number;
}

/** The pace of every store outside a test. */
export const usualPace: LinkPace = {
  requestMs: 15_000,
  gatherMs: 200,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
  noteMs: 5_000,
  exchangeMs: relayLimits.exchangeMs,
  slowestMs: relayLimits.slowestExchangeMs,
  newsMs: 400,
  lateMs: 300,
  batchEntries: relayLimits.batchEntries,
};

export interface LinkDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
  /** Asked anew each time: a computer may take over another restaurant. */
  readonly storeId: () => string;
  readonly key: () => StoreKey;
  readonly allowed: AllowList;
  readonly live: () => LiveSummary;
  /** The relay's address as given at the start, where it has moved since the store joined; else null. */
  readonly url: string | null;
  readonly pace?: Partial<LinkPace>;
}

export interface RelayLink {
  state(): LinkState;
  /** Where the link calls. */
  address(member: Membership): string;
  /** Calls the relay now instead of at the next try; resolves when that went well or failed. */
  sendNow(): Promise<void>;
  /** Ends the request under way, notes how far it is and lets the connection go. */
  close(): Promise<void>;
}

/**
 * The store's side of the link: an exchange every second, or slower if the relay wishes it so, and at once when there is
 * news whatever it wishes; between two of them
 * whatever the journal has that the relay has not. A batch that would hold up the next exchange gives way to it. The
 * link only reads the journal and writes its own rows; nothing in the restaurant waits for it.
 */
export function createRelayLink(deps: LinkDeps): RelayLink {
  const { core, clock, ids, log } = deps;
  const pace = { ...usualPace, ...deps.pace };
  const inbox = createInbox({ core, allowed: deps.allowed, log, now: clock.now });
  const position = createPosition(core);
  const closer = new AbortController();
  const rest = createRest();
  const random = (): number => ids.secret(4).readUInt32BE() / 0x1_0000_0000;
  const address = (member: Membership): string => deps.url ?? member.url;
  const told = { stopped: null as LinkState['stopped'], seenAt: null as number | null };
  let trouble: string | null = null;
  let nextTryAt: number | null = null;
  let noted = '';
  let lastNote = -Infinity;
  /** When something was first recorded that no exchange has told; monotonic ms. */
  let newsAt: number | null = null;
  let tried = Promise.withResolvers<void>();
  const endTry = (): void => {
    tried.resolve();
    tried = Promise.withResolvers();
  };

  async function note(force: boolean): Promise<void> {
    const { seq, hash } = position.at();
    const state = told.stopped ?? ('open' as const);
    const text = JSON.stringify([seq, state, trouble]);
    if (text === noted || (!force && clock.monotonic() - lastNote < pace.noteMs)) return;
    noted = text;
    lastNote = clock.monotonic();
    await core
      .execute(noteCursor, systemCaller(), { seq, hash, state, lastError: trouble, seenAt: told.seenAt })
      // Only a note: the relay knows how far it is, and is asked.
      .catch((error: unknown) => log('warn', 'the relay’s cursor could not be noted', { reason: String(error) }));
  }

  const heard = (): void => {
    told.seenAt = clock.now();
    trouble = null;
    nextTryAt = null;
    if (told.stopped === 'revoked') told.stopped = null;
  };

  /** One membership, from its first request to its end. */
  async function serve(member: Membership): Promise<void> {
    const wire = openWire(new URL(address(member)), pace.requestMs);
    const { monotonic, now } = clock;
    const session = openSession({ wire, key: deps.key(), storeId: deps.storeId(), now, monotonic, secret: ids.secret });
    const talk = memberTalk({
      ...deps,
      batchEntries: pace.batchEntries,
      session,
      inbox,
      position,
      member,
      signal: closer.signal,
    });
    const backOff = createBackOff(random, { firstMs: pace.firstRetryMs, longestMs: pace.longestRetryMs });
    const lasts = (): boolean => !closer.signal.aborted && membership(core.connection())?.joinedAt === member.joinedAt;
    let began = -Infinity;
    let due = -Infinity;
    const untilDue = (): number => {
      const news = newsAt === null ? Infinity : Math.max(newsAt + pace.gatherMs, began + pace.newsMs);
      return Math.min(due, news) - monotonic();
    };

    /** The exchange comes first: it is never queued behind what is still to be sent. */
    const step = async (): Promise<void> => {
      if (untilDue() <= 0) {
        began = monotonic();
        newsAt = null;
        const wished = await talk.exchange();
        const slower = wished > relayLimits.exchangeMs;
        due = began + Math.min(wished, slower ? pace.slowestMs : pace.exchangeMs);
        heard();
        endTry();
      }
      if (told.stopped === null && position.left() > 0) {
        if (await talk.upload(Math.min(due, monotonic() + pace.exchangeMs) + pace.lateMs)) heard();
      }
      backOff.reset();
    };
    const pause = async (): Promise<void> => {
      const left = told.stopped === null ? position.left() : 0;
      if (left > 0 && talk.isFull()) return;
      const gather = () => rest.sleep(Math.min(pace.gatherMs, untilDue()), false);
      if (left > 0) await gather();
      else if (untilDue() > 0 && (await rest.sleep(untilDue(), true))) await gather();
    };
    const failed = async (error: unknown): Promise<void> => {
      // A membership that is over has nothing to say about the one that came after it.
      if (!lasts()) return;
      const heeded = error instanceof RelayRefusal ? talk.heed(error) : null;
      if (heeded !== null) {
        if (heeded === 'forked') told.stopped = 'forked';
        await note(true);
        await rest.sleep(pace.gatherMs, false);
        return;
      }
      if (error instanceof RelayRefusal && error.code === 'STORE_REVOKED') told.stopped = 'revoked';
      due = -Infinity;
      trouble = troubleInWords(error);
      const asked = error instanceof RelayRefusal || error instanceof RelayMumbles ? error.retryAfterMs : null;
      const wait = Math.max(backOff.next(), asked ?? 0);
      nextTryAt = now() + wait;
      endTry();
      await note(true);
      await rest.sleep(wait, false);
    };

    try {
      while (lasts()) {
        try {
          await step();
          await note(false);
          await pause();
        } catch (error) {
          if (!closer.signal.aborted) await failed(error);
        }
      }
      await note(true);
    } finally {
      endTry();
      wire.close();
    }
  }

  async function run(): Promise<void> {
    while (!closer.signal.aborted) {
      const member = membership(core.connection());
      if (member === undefined) {
        await rest.sleep(60_000, true);
        continue;
      }
      const cursor = relayCursor(core.connection());
      told.stopped = cursor === undefined || cursor.state === 'open' ? null : cursor.state;
      told.seenAt = cursor?.seenAt ?? null;
      position.begin();
      if (cursor !== undefined) position.believe(cursor.seq, cursor.hash.toString('hex'));
      try {
        await serve(member);
      } catch (error) {
        log('error', 'the link to the relay failed in an unexpected way', { reason: String(error) });
        trouble = troubleInWords(error);
        await rest.sleep(pace.longestRetryMs, false);
      }
    }
  }

  function goOnFromHere(): void {
    position.followRestore();
    told.stopped = null;
  }
  /** Whoever joins anew is not told of the relay before, and does not wait until that one would have been tried again. */
  function beginAnew(): void {
    told.stopped = null;
    told.seenAt = null;
    trouble = null;
    nextTryAt = null;
    rest.cut();
  }
  core.onCommit(({ entries }) => {
    if (entries.length === 0) return;
    const tells = (kind: Fact): boolean => entries.some(({ facts }) => facts.some(({ fact }) => fact === kind));
    if (tells(relayWentOn)) goOnFromHere();
    if (tells(relayJoined)) beginAnew();
    newsAt ??= clock.monotonic();
    rest.wake();
  });
  // The relay keeps what the restaurant has gone back from, marks it as left behind, and takes the new history from there.
  core.onExchange(() => {
    goOnFromHere();
    rest.wake();
  });
  const running = run();
  return {
    state: () => ({
      stopped: told.stopped,
      ackedSeq: position.at().seq,
      headSeq: core.head().seq,
      seenAt: told.seenAt,
      trouble,
      nextTryAt,
    }),
    address,
    sendNow() {
      newsAt ??= clock.monotonic();
      rest.cut();
      rest.wake();
      return tried.promise;
    },
    async close() {
      closer.abort();
      rest.stop();
      await running;
    },
  };
}
