import type { IncomingMessage } from 'node:http';
import { sha256 } from '../kernel/hashing.ts';
import type { Answer } from './answer.ts';

/** How long an answer that nobody heard waits for the client to ask again. */
export const UNHEARD_MS = 60_000;
/** Two requests alike within this time are both done, and a manager may look whether that was meant. */
export const LOOKS_REPEATED_MS = 10_000;

const MOST_UNHEARD = 500;
const MOST_SEEN = 2000;

/**
 * Tells repeats of requests that carry no proof of being one. An older iPad that hears nothing for ten seconds hangs
 * up and sends the same bytes again; two guests who order the same send the same bytes too. The difference is whether
 * the first answer was heard: only an answer whose connection closed before it was written is given to the same bytes
 * from the same sign-in, once, within a minute. Anything else is done as new, so no genuine sale is lost. And a request
 * whose sender has gone before it was begun is not begun: nobody was told that it was done.
 */
export interface Repeats {
  /** Takes the answer that an earlier copy of this request did not hear, which may still be under way. */
  takeUnheard(print: string): Promise<Answer> | undefined;
  leaveUnheard(print: string, answer: Promise<Answer>): void;
  /** Whether the same request was done, or begun, in the last seconds. */
  cameLately(print: string): boolean;
  begin(print: string, answer: Promise<Answer>): void;
}

interface Unheard {
  readonly answer: Promise<Answer>;
  until: number;
}

/** One turn of the event loop: what has happened on any connection until now is known after it. */
export const loopTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param monotonic ms that never jump */
export function createRepeats(monotonic: () => number): Repeats {
  const unheard = new Map<string, Unheard>();
  const seen = new Map<string, number>();

  return {
    takeUnheard(print) {
      const kept = unheard.get(print);
      unheard.delete(print);
      return kept === undefined || kept.until < monotonic() ? undefined : kept.answer;
    },
    leaveUnheard(print, answer) {
      const kept: Unheard = { answer, until: Number.POSITIVE_INFINITY };
      makeRoom(unheard, MOST_UNHEARD);
      unheard.set(print, kept);
      const drop = () => {
        if (unheard.get(print) === kept) unheard.delete(print);
      };
      // A refusal changed nothing, so it may as well be asked anew.
      answer.then(() => {
        kept.until = monotonic() + UNHEARD_MS;
      }, drop);
    },
    begin(print, answer) {
      const at = monotonic();
      seen.delete(print);
      makeRoom(seen, MOST_SEEN);
      seen.set(print, at);
      // A refused one did not happen at all, so the next one is no second one.
      answer.catch(() => seen.get(print) === at && seen.delete(print));
    },
    cameLately: (print) => monotonic() - (seen.get(print) ?? Number.NEGATIVE_INFINITY) < LOOKS_REPEATED_MS,
  };
}

/** Forgets the eldest so that one more fits. */
function makeRoom(map: Map<string, unknown>, most: number): void {
  const eldest = map.size >= most ? map.keys().next().value : undefined;
  if (eldest !== undefined) map.delete(eldest);
}

/** The same for the same bytes from the same sign-in and device to the same address. */
export function printOf({ method = '', url = '', headers }: IncomingMessage, address: string, body: Buffer): string {
  const who = [headers.authorization, headers['x-device-token'], headers['x-idempotency-key']];
  return sha256(JSON.stringify([method, url, ...who, who[0] ? null : address]), body).toString('base64');
}
