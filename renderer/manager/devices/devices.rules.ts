import type { StoreReach } from '#contract/devices.ts';

/** One way to this store, as a person chooses it and as a browser opens it. */
export interface WayTo {
  readonly url: string;
  /** What is typed in a browser: `192.168.1.20:8000`. */
  readonly words: string;
  readonly host: string;
  /** The network card; null for the name that is announced. */
  readonly card: string | null;
  readonly byName: boolean;
}

const wordsOf = (url: string): string => url.replace(/^http:\/\//, '').replace(/(:80)?\/$/, '');

/**
 * Every way to the store, the best first: where this very window was opened from elsewhere, its own address has just
 * been proved to work.
 */
export function waysTo({ addresses, name_url }: StoreReach, openedAt: string): readonly WayTo[] {
  const ways = addresses.map(({ url, host, card }) => ({ url, words: wordsOf(url), host, card, byName: false }));
  const named =
    name_url === null
      ? []
      : [{ url: name_url, words: wordsOf(name_url), host: new URL(name_url).hostname, card: null, byName: true }];
  return [...ways, ...named].toSorted((a, b) => Number(b.host === openedAt) - Number(a.host === openedAt));
}

/** What the QR code holds: the window at that address, which takes the code out of it (session/code-from-address.ts). */
export const linkTo = ({ url }: WayTo, code: string): string => `${url}manager#code=${code}`;

/** K7F2 9QXM, in fours to be read out. */
export const inFours = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** 9:41 until a code runs out. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
