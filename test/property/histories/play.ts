import type { TableStatus } from '#contract/floor.ts';
import type { Plan, Step } from './plan.ts';
import type { Ask, CheckSeen, Dish, Event, Seen, TableSeen } from './words.ts';

/** What came of an ask. `seen` is null when the connection broke, and nobody knows whether it happened. */
export interface Outcome {
  readonly seen: Seen | null;
  /** An earlier copy of it, whose connection broke, may still be on its way and happen after the answer. */
  readonly stray?: boolean;
}

/** Somewhere that asks can be sent to. */
export interface House {
  readonly tables: readonly string[];
  send(client: number, ask: Ask, lost: Step['lost']): Promise<Outcome>;
  /** Waits until everything that was sent has either been done or will never be. */
  settle(): Promise<void>;
  /** What was heard under a name of the server's, in the names of the history. */
  nameOf(id: string): string;
}

/** What the room knows: every answer is seen by all, as on a screen in the pass. */
interface Board {
  readonly checks: Map<string, CheckSeen>;
  readonly lines: { id: string; check: string; dish: Dish; quantity: number; seat: number | null }[];
  session: string | null;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const among = <One>(list: readonly One[], at: number): One | undefined => list[Math.floor((at * list.length) / 1000)];

/** Runs a plan: each client does its steps one after another, all clients at once; then the house is cleared. */
export async function play(house: House, plan: Plan, uuid: () => string): Promise<Event[]> {
  const board: Board = { checks: new Map(), lines: [], session: null };
  const events: Event[] = [];
  let clock = 0;
  let names = 0;

  async function ask(client: number, what: Ask, lost: Step['lost'] = 'no'): Promise<Seen | null> {
    const from = ++clock;
    // What has to be heard because the server chose its name is not lost.
    const chosenThere = what.do === 'split' || what.do === 'open drawer';
    const { seen, stray = false } = await house.send(client, what, chosenThere ? 'no' : lost);
    if (stray) events.push({ client, ask: what, from, to: null, seen: null });
    events.push({ client, ask: what, from, to: seen === null ? null : ++clock, seen });
    if (seen?.check !== undefined) board.checks.set(seen.check.name, seen.check);
    if (seen?.drawer !== undefined) board.session = seen.drawer.session;
    return seen;
  }

  const clients = Array.from({ length: plan.clients }, (_, client) =>
    plan.steps.filter((step) => step.client % plan.clients === client),
  );
  await Promise.all(
    clients.map(async (steps, client) => {
      for (const step of steps) {
        for (let n = 0; n < step.pause; n += 1) await turn();
        const what = wanted(step, { board, tables: house.tables, uuid, fresh: () => `n${++names}` });
        await ask(client, what, step.lost);
      }
    }),
  );
  await house.settle();
  await clear(house, board, ask);
  return events;
}

interface Room {
  readonly board: Board;
  readonly tables: readonly string[];
  readonly uuid: () => string;
  readonly fresh: () => string;
}

const said = ['available', 'available', 'cleaning', 'reserved', 'out_of_order'] as const;

/** Turns a step into what is asked, given what the room knows by now. Without a check there is one to be opened. */
function wanted(step: Step, { board, tables, uuid, fresh }: Room): Ask {
  const { kind, which, what, how } = step;
  const table = among(tables, what) as string;
  const all = [...board.checks.values()];
  const open = all.filter(({ status }) => status === 'open');
  const check = among(open.length > 0 && how < 900 ? open : all, which);
  switch (kind) {
    case 'look at floor':
      return { do: kind, tables: how < 500 ? tables : [table] };
    case 'look for special':
      return { do: kind };
    case 'say':
      return { do: kind, table, status: among(said, how) as TableStatus };
    case 'open drawer':
      return { do: kind, float: how };
    case 'move cash':
    case 'count':
    case 'close drawer':
    case 'look in drawer': {
      const { session } = board;
      if (session === null) return { do: 'open drawer', float: how };
      if (kind === 'move cash') return { do: kind, session, direction: what < 500 ? 'in' : 'out', amount: how + 1 };
      return kind === 'count' ? { do: kind, session, amount: how } : { do: kind, session };
    }
    default:
      if (kind === 'open' || check === undefined) return { do: 'open', table, name: fresh(), covers: 1 + (how % 6) };
      return onCheck({ ...step, kind }, check, { board, tables, uuid, fresh });
  }
}

type OnCheck = Exclude<
  Step['kind'],
  | 'look at floor'
  | 'look for special'
  | 'say'
  | 'open drawer'
  | 'move cash'
  | 'count'
  | 'close drawer'
  | 'look in drawer'
  | 'open'
>;

function onCheck(step: Step & { kind: OnCheck }, check: CheckSeen, { board, tables, uuid, fresh }: Room): Ask {
  const { kind, what, how } = step;
  const { name } = check;
  const line = among(check.lines, what)?.id;
  const dish = among<Dish>(['soup', 'steak', 'steak', 'special'], how) as Dish;
  const newLine = () => ({ id: uuid(), dish, quantity: 1 + (what % 3), seat: what < 500 ? null : 1 + (how % 4) });
  const add = (): Ask => {
    const lines = what < 850 ? [newLine()] : [newLine(), newLine()];
    for (const one of lines) board.lines.push({ ...one, check: name });
    return { do: 'add', check: name, lines };
  };
  switch (kind) {
    case 'add':
      return add();
    case 'add again': {
      // A device that is not sure sends the same lines once more, with the same ids.
      const known = among(board.lines, what);
      if (known === undefined) return add();
      const { check: at, ...same } = known;
      return { do: 'add', check: at, lines: [how < 100 ? { ...same, quantity: same.quantity + 1 } : same] };
    }
    case 'change':
      if (line === undefined) return add();
      if (how < 700) return { do: kind, check: name, line, quantity: 1 + (how % 5) };
      return { do: kind, check: name, line, seat: 1 + (how % 4) };
    case 'fire':
      return how < 700 || line === undefined ? { do: kind, check: name } : { do: kind, check: name, lines: [line] };
    case 'void':
      return line === undefined ? add() : { do: kind, check: name, line, manager: how < 700 };
    case 'bump':
      if (line === undefined) return add();
      return { do: kind, check: name, line, to: among(['preparing', 'ready', 'served'], how) as 'ready' };
    case 'move':
      return { do: kind, check: name, table: among(tables, what) as string };
    case 'split':
      return { do: kind, check: name, ways: 2 + (how % 3), name: fresh() };
    case 'pay rest':
      return { do: 'pay', check: name, method: how < 600 ? 'card' : 'cash', amount: Math.max(1, check.due) };
    case 'pay part': {
      const amount = Math.max(1, Math.ceil((check.due * (what + 1)) / 900));
      return { do: 'pay', check: name, method: how < 600 ? 'card' : 'cash', amount };
    }
    case 'pay share': {
      const share = among(check.shares, what);
      if (share === undefined) return { do: 'split', check: name, ways: 2 + (how % 3), name: fresh() };
      return {
        do: 'pay',
        check: name,
        method: how < 600 ? 'card' : 'cash',
        amount: Math.max(1, share.due),
        share: share.id,
      };
    }
    case 'refund':
      return { do: kind, check: name, amount: 1 + Math.floor((check.paid * what) / 900) };
    default:
      return { do: kind, check: name };
  }
}

/** Everybody goes home: every check is looked at and finished, the drawer closed, the tables laid. */
async function clear(
  { tables }: House,
  board: Board,
  ask: (client: number, what: Ask) => Promise<Seen | null>,
): Promise<void> {
  const looks: TableSeen[] = [];
  for (const table of tables) looks.push(...((await ask(0, { do: 'look at floor', tables: [table] }))?.tables ?? []));
  const names = new Set([...board.checks.keys(), ...looks.flatMap((look) => look.names ?? [])]);
  for (const name of names) {
    const seen = await ask(0, { do: 'look', check: name });
    if (seen?.check?.status !== 'open') continue;
    const { due, paid } = seen.check;
    await ask(0, paid > 0 ? { do: 'pay', check: name, method: 'card', amount: due } : { do: 'cancel', check: name });
  }
  const { session } = board;
  if (session !== null) {
    const drawer = (await ask(0, { do: 'look in drawer', session }))?.drawer;
    if (drawer?.state === 'opened') await ask(0, { do: 'count', session, amount: 1 });
    if (drawer?.state !== 'closed') await ask(0, { do: 'close drawer', session });
  }
  for (const table of tables) await ask(0, { do: 'say', table, status: 'available' });
  await ask(0, { do: 'look for special' });
}
