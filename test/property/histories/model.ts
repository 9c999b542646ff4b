import type { LineStatus } from '#contract/orders.ts';
import { add, cancel, change, move, open, say, voidLine } from './model.checks.ts';
import { drawer, pay, refund, split } from './model.money.ts';
import type { Ask, Seen } from './words.ts';
import { alive, known, lineOf, No, openAt, put, type Step, shown, tableSeen, type World, withLine } from './world.ts';

/** What the world answers to an ask, and what it is afterwards. `seen` names what only the server could choose. */
export function step(world: World, ask: Ask, seen: Seen | null): Step {
  try {
    return act(world, ask, seen);
  } catch (error) {
    if (error instanceof No) return { world, seen: error.seen };
    throw error;
  }
}

const steps: Readonly<Record<LineStatus, readonly LineStatus[]>> = {
  held: [],
  fired: ['preparing', 'ready', 'served'],
  preparing: ['ready', 'served'],
  ready: ['served'],
  served: [],
  voided: [],
};

function act(world: World, ask: Ask, seen: Seen | null): Step {
  switch (ask.do) {
    case 'open':
      return open(world, ask);
    case 'add':
      return add(world, ask);
    case 'change':
      return change(world, ask);
    case 'fire': {
      const check = alive(world, ask.check);
      const named = ask.lines?.map((id) => lineOf(check, id)) ?? check.lines.filter(({ status }) => status === 'held');
      if (named.length === 0 || named.some(({ status }) => status !== 'held')) throw new No(409, 'ILLEGAL_TRANSITION');
      const ids = new Set(named.map(({ id }) => id));
      const lines = check.lines.map((line) =>
        ids.has(line.id) ? { ...line, status: 'fired' as const, wasFired: true } : line,
      );
      return shown(put(world, { ...check, lines }), check.name, 200);
    }
    case 'void':
      return voidLine(world, ask);
    case 'bump': {
      const check = alive(world, ask.check);
      const line = lineOf(check, ask.line);
      if (!steps[line.status].includes(ask.to)) throw new No(409, 'ILLEGAL_TRANSITION');
      return shown(put(world, withLine(check, { ...line, status: ask.to })), check.name, 200);
    }
    case 'move':
      return move(world, ask);
    case 'cancel':
      return cancel(world, ask.check);
    case 'split':
      return split(world, ask);
    case 'pay':
      return pay(world, ask);
    case 'refund':
      return refund(world, ask);
    case 'say':
      return say(world, ask);
    case 'look':
      return shown(world, known(world, ask.check).name, 200);
    case 'look at floor':
      return {
        world,
        seen: {
          status: 200,
          tables: ask.tables.map((table) => ({
            ...tableSeen(world, table),
            names: openAt(world, table).map(({ name }) => name),
          })),
        },
      };
    case 'look for special':
      return { world, seen: { status: 200, left: world.special } };
    default:
      return drawer(world, ask, seen);
  }
}
