import { type Found, linearize, partsOf, type Spec, shrink } from './checker.ts';
import { step } from './model.ts';
import type { Ask, Event, Seen } from './words.ts';
import { opening, type World } from './world.ts';

/** The model and the search put together: what is wrong with a history, in lines that a person can follow. */

const canonical = (seen: Seen): string => JSON.stringify(sorted(seen));
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
};

export const spec: Spec<World, Ask, Seen> = {
  step,
  same: (expected, heard) => canonical(expected) === canonical(heard),
};

/** What a request has to do with: requests without a common thing cannot influence each other. */
export function touches({ ask }: Event): string[] {
  const check = 'check' in ask ? [`check ${ask.check}`] : [];
  switch (ask.do) {
    case 'open':
      return [`check ${ask.name}`, `table ${ask.table}`];
    case 'move':
      return [...check, `table ${ask.table}`];
    case 'say':
      return [`table ${ask.table}`];
    case 'look at floor':
      return ask.tables.map((table) => `table ${table}`);
    case 'look for special':
      return ['special'];
    case 'add':
      return [...check, ...(ask.lines.some(({ dish }) => dish === 'special') ? ['special'] : [])];
    case 'pay':
      return ask.method === 'cash' ? [...check, 'drawer'] : check;
    default:
      return check.length > 0 ? check : ['drawer'];
  }
}

/** Puts the names of the history in place of the server's own. */
export function named(events: readonly Event[], nameOf: (id: string) => string): Event[] {
  return events.map((event): Event => {
    const { ask, seen } = event;
    const asked = ask.do === 'pay' && ask.share !== undefined ? { ...ask, share: nameOf(ask.share) } : ask;
    if (seen === null) return { ...event, ask: asked };
    const { check, takenBy } = seen;
    return {
      ...event,
      ask: asked,
      seen: {
        ...seen,
        ...(takenBy === undefined ? {} : { takenBy: nameOf(takenBy) }),
        ...(check === undefined
          ? {}
          : { check: { ...check, shares: check.shares.map((share) => ({ ...share, id: nameOf(share.id) })) } }),
      },
    };
  });
}

const looks = new Set<Ask['do']>(['look', 'look at floor', 'look for special', 'look in drawer']);
const changesNothing = ({ ask, seen }: Event): boolean => looks.has(ask.do) || seen?.code !== undefined;

const told = ({ client, ask, from, to, seen }: Event): string =>
  `  [${from}–${to ?? '?'}] client ${client}: ${JSON.stringify(ask)} → ${seen === null ? 'no answer' : canonical(seen)}`;

/** Null when one restaurant could have given all these answers; otherwise the least contradiction found. */
export function contradiction(start: World, history: readonly Event[]): string | null {
  for (const part of partsOf(history, touches)) {
    const found: Found<World, Event> = linearize(spec, start, part);
    if (found.ok) continue;
    const least = shrink(spec, start, part, changesNothing);
    const ending = linearize(spec, start, least);
    const stuck = ending.ok
      ? []
      : ending.stuck.map(
          (event) => `${told(event)}\n    the model: ${canonical(step(ending.world, event.ask, event.seen).seen)}`,
        );
    return [
      `No order explains these ${least.length} of ${part.length} requests:`,
      ...least.map(told),
      'The longest order ends before:',
      ...stuck,
    ].join('\n');
  }
  return null;
}

/** What an iPad has been told of its own doing stays visible to it: a line it put on a check is on it ever after. */
export function ownWritesLost(history: readonly Event[]): string[] {
  const mine = new Map<string, { check: string; line: string; from: number }[]>();
  return [...history]
    .sort((a, b) => (a.to ?? Infinity) - (b.to ?? Infinity))
    .flatMap(({ client, ask, from, to, seen }) => {
      const own = mine.get(`${client}`) ?? [];
      const shown = seen?.check;
      const missing = own.filter(
        ({ check, line, from: since }) =>
          shown?.name === check && since < from && !shown.lines.some(({ id }) => id === line),
      );
      if (ask.do === 'add' && seen?.status === 201 && to !== null) {
        own.push(...ask.lines.map(({ id }) => ({ check: ask.check, line: id, from: to })));
        mine.set(`${client}`, own);
      }
      return missing.map(({ line }) => `client ${client} no longer sees its line ${line} in ${JSON.stringify(ask)}`);
    });
}

export { opening };
