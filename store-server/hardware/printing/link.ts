import type { PrinterModel } from '../models/printer-models.ts';
import { type Ticket, type Wire, WireError, type WireStatus } from './ports.ts';
import { type PrintOutcome, type PrintReason, printTicket } from './send.ts';
import { type LinkEvent, type LinkState, nextState } from './supervisor.ts';
import { openWire } from './wires/index.ts';
import { usualTimeouts, type WireTimeouts } from './wires/tcp.ts';

export interface PrinterLinkOptions {
  /** As `parsePrinterAddress` reads it; one that it refuses fails each job as `bad_address`. */
  readonly address: string;
  readonly model: PrinterModel;
  readonly timeouts?: WireTimeouts;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onState?: (state: LinkState) => void;
}

export type LinkOutcome =
  | PrintOutcome
  | { readonly kind: 'failed'; readonly reason: 'bad_address'; readonly retryable: false };

export type LinkCheck =
  | { readonly reachable: true; readonly status: WireStatus }
  | { readonly reachable: false; readonly reason: PrintReason | 'bad_address' };

/** One printer as the rest of the house sees it: one slip at a time, in the order they were asked for. */
export interface PrinterLink {
  print(ticket: Ticket, job: { readonly fresh: boolean; readonly signal?: AbortSignal }): Promise<LinkOutcome>;
  /** Reaches out without printing; `status` is `'unknown'` for a model that has none. */
  check(signal?: AbortSignal): Promise<LinkCheck>;
  /**
   * Counts at once, for waiting jobs too. A job still knocking at the old door ends as failed (cancelled, nothing sent);
   * one whose bytes are on their way is left to finish there.
   */
  point(to: { readonly address: string; readonly model: PrinterModel }): void;
  /** Lets go of a line that is kept open, after the slip that may be under way; the next job dials anew. */
  redial(): void;
  state(): LinkState;
  /** Waits for a slip whose bytes are on their way, within its own time-outs; whatever waits ends as cancelled. */
  close(): Promise<void>;
}

export function createPrinterLink(options: PrinterLinkOptions): PrinterLink {
  const { now, timeouts = usualTimeouts } = options;
  let target: { readonly address: string; readonly model: PrinterModel } = options;
  let wire = open();
  let state: LinkState = { name: 'absent', reason: null, since: now() };
  let closed = false;
  let tail: Promise<unknown> = Promise.resolve();
  let knocking = new AbortController();

  function open(): Wire | undefined {
    const opened = openWire(target.address, { timeouts, keepOpen: target.model.hasStatus });
    return opened.ok ? opened.wire : undefined;
  }

  const tell = (event: LinkEvent) => {
    const next = nextState(state, event, now());
    if (next === state) return;
    state = next;
    options.onState?.(state);
  };

  /** `over` gets the wire of its turn, not of the moment it was asked for. */
  const inTurn = <T>(outer: AbortSignal | undefined, over: (turn: Turn) => Promise<T>): Promise<T | typeof noDoor> => {
    const turn = tail.then(async () => {
      if (!wire) return noDoor;
      knocking = new AbortController();
      const mine = knocking;
      if (closed) mine.abort();
      const here = wire;
      tell({ kind: 'dial' });
      return await over({
        wire: here,
        model: target.model,
        signal: outer ? AbortSignal.any([outer, mine.signal]) : mine.signal,
        underWay: () => {
          // From here on nobody's change of mind may cut the slip in two.
          if (knocking === mine) knocking = new AbortController();
          if (here === wire) tell({ kind: 'send' });
        },
        ended: (event) => {
          if (here === wire) tell(event);
        },
      });
    });
    tail = turn.catch(() => undefined);
    return turn;
  };

  return {
    async print(ticket, { fresh, signal }) {
      const outcome = await inTurn(signal, async (turn) => {
        const ended = await printTicket({ ...turn, ticket, fresh, onSending: turn.underWay });
        turn.ended(ended.kind === 'done' ? { kind: 'well' } : { kind: 'trouble', reason: ended.reason });
        return ended;
      });
      return outcome === noDoor ? { kind: 'failed', reason: 'bad_address', retryable: false } : outcome;
    },
    async check(signal) {
      const found = await inTurn(signal, async (turn): Promise<LinkCheck> => {
        try {
          // Without status, a connection that is taken is all there is to learn.
          const status = turn.model.hasStatus
            ? await turn.wire.status(turn.signal)
            : await turn.wire.write(new Uint8Array(), turn.signal).then(() => 'unknown' as const);
          turn.ended({ kind: 'well' });
          return { reachable: true, status };
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          turn.ended({ kind: 'trouble', reason: error.fault });
          return { reachable: false, reason: error.fault };
        }
      });
      return found === noDoor ? { reachable: false, reason: 'bad_address' } : found;
    },
    point(to) {
      if (to.address === target.address && to.model === target.model) return;
      const old = wire;
      target = to;
      wire = open();
      tell({ kind: 'moved' });
      knocking.abort();
      // After the slip that may still be on its way there.
      tail = tail.then(() => old?.close());
    },
    redial() {
      tail = tail.then(() => wire?.close());
    },
    state: () => state,
    async close() {
      closed = true;
      knocking.abort();
      await tail;
      await wire?.close();
    },
  };
}

const noDoor = Symbol('the address leads nowhere');

interface Turn {
  readonly wire: Wire;
  readonly model: PrinterModel;
  readonly signal: AbortSignal;
  readonly underWay: () => void;
  readonly ended: (event: LinkEvent) => void;
}
