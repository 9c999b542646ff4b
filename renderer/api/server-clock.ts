import { browser } from './browser.ts';

/** How far this computer's clock is from the server's, in ms. Ages and "as of" times are those of the server. */
let ahead = 0;
let heardAt = 0;

/** @param timestamp of an answer that was made just now, ISO */
export function hearTime(timestamp: unknown): void {
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at)) return;
  ahead = at - browser.now();
  heardAt = at;
}

/** The time of the last answer of any kind, epoch ms by the server's clock; 0 before the first. */
export const lastHeard = (): number => heardAt;

/** Epoch ms by the server's clock. */
export const serverNow = (): number => browser.now() + ahead;
