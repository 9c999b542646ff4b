import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dice } from '../dice.ts';
import { brokenHouse, type Fault, faults } from './broken-house.ts';
import { linearize, partsOf, type Spec, shrink } from './checker.ts';
import { contradiction, named, ownWritesLost } from './judge.ts';
import { plans } from './plan.ts';
import { play } from './play.ts';

/** The judge itself on trial: it has to see what is wrong, and must not see what is not. */

/** A number on a slate: `+1`, or a look. */
type Slate = '+1' | 'look';
const slate: Spec<number, Slate, number> = {
  step: (world, ask) => (ask === '+1' ? { world: world + 1, seen: world + 1 } : { world, seen: world }),
  same: (expected, heard) => expected === heard,
};
const did = (ask: Slate, from: number, to: number | null, seen: number | null = null) => ({ ask, from, to, seen });
const ok = (...history: ReturnType<typeof did>[]): boolean => linearize(slate, 0, history).ok;

test('what happened one after the other has to be seen one after the other', () => {
  expect(ok(did('+1', 1, 2, 1), did('look', 3, 4, 1))).toBe(true);
  expect(ok(did('+1', 1, 2, 1), did('look', 3, 4, 0))).toBe(false);
  expect(ok(did('+1', 1, 2, 1), did('+1', 3, 4, 1))).toBe(false);
});

test('what happened at once may have happened in any order, but in one', () => {
  expect(ok(did('+1', 1, 4, 2), did('+1', 2, 3, 1))).toBe(true);
  expect(ok(did('look', 1, 10, 1), did('+1', 2, 9, 1), did('look', 3, 4, 0))).toBe(true);
  // Two readers cannot see the same write in different orders.
  expect(ok(did('+1', 1, 10, 1), did('look', 2, 3, 1), did('look', 4, 5, 0))).toBe(false);
});

test('what nobody heard the end of may have happened, at any time later, or never', () => {
  expect(ok(did('+1', 1, null), did('look', 2, 3, 0))).toBe(true);
  expect(ok(did('+1', 1, null), did('look', 2, 3, 1))).toBe(true);
  expect(ok(did('+1', 1, null), did('look', 2, 3, 0), did('look', 4, 5, 1))).toBe(true);
  expect(ok(did('+1', 1, null), did('look', 2, 3, 1), did('look', 4, 5, 0))).toBe(false);
  expect(ok(did('look', 1, 2, 1), did('+1', 3, null))).toBe(false);
});

test('a history is divided only where nothing connects it, and the least contradiction of a long one is short', () => {
  const parts = partsOf(['ab', 'bc', 'd', 'e', 'de'], (one) => one.split(''));
  expect(parts).toEqual([
    ['ab', 'bc'],
    ['d', 'e', 'de'],
  ]);
  const long = [
    ...Array.from({ length: 12 }, (_, n) => did('+1', 4 * n + 1, 4 * n + 2, n + 1)),
    ...Array.from({ length: 12 }, (_, n) => did('look', 4 * n + 3, 4 * n + 4, n === 5 ? 5 : n + 1)),
  ];
  const least = shrink(slate, 0, long, ({ ask }) => ask === 'look');
  expect(least.filter(({ ask }) => ask === 'look')).toEqual([did('look', 23, 24, 5)]);
  expect(least.filter(({ ask }) => ask === '+1')).toHaveLength(6);
});

/** How many histories in a house with this fault are found to be impossible: of so many, or the first five. */
async function caught(fault: Fault, histories: number): Promise<{ found: number; shortest: string }> {
  const at = dice(4711);
  let found = 0;
  let shortest = '';
  for (const plan of fc.sample(plans, { numRuns: histories, seed: 4711 })) {
    const tables = ['1', '2', '3'].slice(0, plan.tables);
    const house = brokenHouse(fault, at, {
      tables,
      prices: { soup: 650, steak: 1895, special: 1200 },
      special: plan.portions,
    });
    const events = named(await play(house, plan, at.uuid), house.nameOf);
    const wrong = contradiction(house.start, events);
    if (wrong === null) {
      expect(ownWritesLost(events)).toEqual([]);
      continue;
    }
    found += 1;
    if (shortest === '' || wrong.length < shortest.length) shortest = wrong;
    if (found === 5) break;
  }
  return { found, shortest };
}

test('a house without a fault is never accused', async () => {
  expect(await caught('none', 150)).toEqual({ found: 0, shortest: '' });
});

test.each(Object.keys(faults).filter((fault) => fault !== 'none') as Fault[])(
  'a house that %s is found out',
  async (fault) => {
    const { found, shortest } = await caught(fault, 150);
    expect(found).toBe(5);
    expect(shortest).toContain('No order explains these');
  },
);
