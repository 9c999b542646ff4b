interface Priced {
  /** Minor units for one. */
  readonly price: number;
  readonly quantity: number;
}

/**
 * How many units of each pick are included in the price of the dish, `freeCount` units at most.
 *
 * The dearest units are the free ones. Going by the order of tapping would make the price depend on something that
 * nobody sees on the check and that another device cannot repeat; going by the cheapest would charge the guest more
 * than "two toppings included" promises. A pick that costs nothing or takes money off uses up no free unit.
 */
export function freeUnits(freeCount: number, picks: readonly Priced[]): number[] {
  const free = picks.map(() => 0);
  let left = freeCount;
  const dearest = picks.map((_, index) => index).sort((a, b) => picks[b]!.price - picks[a]!.price || a - b);
  for (const index of dearest) {
    const { price, quantity } = picks[index]!;
    if (left === 0 || price <= 0) break;
    free[index] = Math.min(quantity, left);
    left -= free[index];
  }
  return free;
}
