import type { Dice } from '../dice.ts';
import { step } from './model.ts';
import type { House, Outcome } from './play.ts';
import type { Ask, Dish, Seen } from './words.ts';
import { opening, type World } from './world.ts';

/** Ways in which a server could be wrong, each a mistake that somebody has made before. */
export const faults = {
  none: 'a house without a fault',
  'loses a line': 'reads a check, waits, and writes all of it back over what came between',
  'forgets what it said': 'answers that lines were added before it writes them, and sometimes never does',
  'shows an old page': 'answers looks from what it last looked up',
  'seats two parties': 'does not look whether a table is taken',
  'fires half': 'fires the first dish only and answers that all are fired',
  'takes money twice': 'does a request again when its answer was lost',
  'sells what is gone': 'counts portions down later',
} as const;
export type Fault = keyof typeof faults;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const isLook = (ask: Ask): boolean => ask.do.startsWith('look');

/** A house in memory that is right but for one fault, so that the checker can show that it notices. */
export function brokenHouse(
  fault: Fault,
  at: Dice,
  { tables, prices, special }: { tables: readonly string[]; prices: Readonly<Record<Dish, number>>; special: number },
): House & { readonly start: World } {
  const start = opening(tables, prices, special);
  let world = start;
  let page = start;
  let sessions = 0;
  const wait = async (): Promise<void> => {
    for (let n = at.between(0, 3); n > 0; n -= 1) await turn();
  };
  const chosen = (): Seen => ({
    status: 201,
    drawer: { session: `s${++sessions}`, state: 'opened', expected: 0, counted: null },
  });
  const take = (ask: Ask): Seen => {
    const after = step(world, ask, ask.do === 'open drawer' ? chosen() : null);
    world = after.world;
    return after.seen;
  };

  async function wrongly(ask: Ask): Promise<Seen> {
    if (fault === 'loses a line' && 'check' in ask && !isLook(ask)) {
      const { world: after, seen } = step(world, ask, null);
      if (after === world) return seen;
      const check = after.checks[ask.check];
      await wait();
      world = check === undefined ? after : { ...world, checks: { ...world.checks, [ask.check]: check } };
      return seen;
    }
    if (fault === 'forgets what it said' && ask.do === 'add' && at.chance(0.2)) return step(world, ask, null).seen;
    if (fault === 'shows an old page' && isLook(ask)) {
      const old = step(page, ask, null).seen;
      page = world;
      return old.code === undefined ? old : take(ask);
    }
    if (fault === 'seats two parties' && ask.do === 'open') {
      const { tables: states, checks, ...rest } = world;
      const alone = step({ ...rest, tables: states, checks: {} }, ask, null);
      world = { ...alone.world, checks: { ...checks, ...alone.world.checks } };
      return alone.seen;
    }
    if (fault === 'fires half' && ask.do === 'fire' && ask.lines === undefined) {
      const { seen } = step(world, ask, null);
      const held = world.checks[ask.check]?.lines.find(({ status }) => status === 'held');
      if (held !== undefined) take({ ...ask, lines: [held.id] });
      return seen;
    }
    if (fault === 'sells what is gone' && ask.do === 'add') {
      const { special: left } = world;
      world = { ...world, special: 999 };
      const seen = take(ask);
      const sold = 999 - world.special;
      world = { ...world, special: Math.max(0, left - sold) };
      return seen;
    }
    return take(ask);
  }

  return {
    start,
    tables,
    async send(_client, ask, lost): Promise<Outcome> {
      await wait();
      const seen = await wrongly(ask);
      await wait();
      if (lost === 'no' || isLook(ask)) return { seen };
      if (lost === 'for good') return { seen: null };
      if (fault === 'takes money twice') return { seen: take(ask) };
      return { seen };
    },
    settle: wait,
    nameOf: (id) => id,
  };
}
