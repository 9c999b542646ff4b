/** Chance that can be repeated: the same seed throws the same numbers on every machine. */
export interface Dice {
  /** A number from 0 to below 1. */
  part(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True with the given chance. */
  chance(of: number): boolean;
  pick<One>(list: readonly One[]): One;
  shuffle<One>(list: readonly One[]): One[];
  /** Random, but of the form of a uuid. */
  uuid(): string;
}

/** @param seed any whole number; the generator is Tommy Ettinger's mulberry32 */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const part = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(part() * (most - least + 1));
  const hex = (digits: number): string => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('');
  return {
    part,
    between,
    chance: (of) => part() < of,
    pick(list) {
      const one = list[between(0, list.length - 1)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
    shuffle(list) {
      const mixed = [...list];
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = between(0, at);
        [mixed[at], mixed[other]] = [mixed[other] as (typeof mixed)[0], mixed[at] as (typeof mixed)[0]];
      }
      return mixed;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
