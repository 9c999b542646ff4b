import type { Stock } from './menu.types.ts';

/** With this many portions left or fewer, the kitchen and the floor are told once that it runs out. */
export const LOW_PORTIONS = 5;

/** What a change of stock means: the name of the fact to tell. */
export function stockMove(
  before: Stock,
  after: Stock,
): 'stock_sold_out' | 'stock_back' | 'stock_low' | 'stock_counted' {
  if (after.soldOut) return 'stock_sold_out';
  if (before.soldOut) return 'stock_back';
  if (after.remaining === null) return 'stock_back';
  const wasLow = before.remaining !== null && before.remaining <= LOW_PORTIONS;
  return after.remaining <= LOW_PORTIONS && !wasLow ? 'stock_low' : 'stock_counted';
}
