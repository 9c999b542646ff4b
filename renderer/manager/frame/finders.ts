import { useMemo } from 'react';
import { useAct } from '#api/actions.ts';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import { useSession } from '#api/session.ts';
import { pounds } from '#ui/format.ts';
import { useAllCommands } from './commands.ts';
import { switchAndSay } from './eighty-six.ts';
import { useOrderFinder } from './finders/orders.ts';
import { usePrinterFinder } from './finders/printers.ts';
import { useSettingFinder } from './finders/settings.ts';
import { texts } from './frame.texts.ts';
import { useMay } from './may.ts';
import { recentOf } from './recent.ts';

/** One line of the palette. */
export interface Found {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly aside?: string;
  readonly keys?: string;
  /** Lower is nearer to what was typed. */
  readonly rank: number;
  readonly run: () => void;
}

/** What is looked for. While nothing is typed, only what was chosen lately is found, and every command. */
export interface Search {
  readonly typed: string;
  /** How near a text is to it, the lower the nearer; null when it is not meant. */
  readonly nearness: (text: string) => number | null;
  /** Whether things of a kind (`order`, `dish`) can be among what is shown. */
  readonly wants: (kind: string) => boolean;
}

/** How near a text is to what was typed; null when it is not meant. Letters may be left out, words may be begun. */
export function nearness(typed: string, text: string): number | null {
  const wanted = typed.trim().toLowerCase();
  const there = text.toLowerCase();
  if (wanted === '') return 0;
  const at = there.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return there[at - 1] === ' ' ? 1 : 2;
  const words = wanted.split(/\s+/);
  if (words.every((word) => there.split(/[\s,()/-]+/).some((other) => other.startsWith(word)))) return 3;
  return wanted.length >= 3 && inOrder(wanted.replaceAll(' ', ''), there) ? 4 : null;
}

function inOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0 || (from > 0 && at - from > 3)) return false;
    from = at + 1;
  }
  return true;
}

/** What can be done, by its name. */
function useCommandFinder({ nearness }: Search): Found[] {
  const seen = new Set<string>();
  return useAllCommands().flatMap(({ id, label, group, keys, words = '', run }) => {
    const rank = nearness(`${label} ${words}`);
    if (rank === null || id === 'palette' || seen.has(label)) return [];
    seen.add(label);
    return [{ id, group, label, rank, run, ...(keys === undefined ? {} : { keys }) }];
  });
}

/** Dishes, to take them off or put them back: "86 lamb". */
function useDishFinder({ typed, wants }: Search): Found[] {
  const wanted = useMay()('menu.availability') && wants('dish');
  const { data } = useRead(menu.products, {}, { wanted });
  const act = useAct();
  const name = typed.replace(/^\s*86\b/, '');
  const asked = name !== typed;
  if (!wanted || data === undefined || (typed !== '' && name.trim().length < 2 && !asked)) return [];
  return data.flatMap((dish) => {
    const rank = nearness(name, dish.name);
    if (rank === null) return [];
    return [
      {
        id: `dish.${dish.uuid}`,
        group: texts.groups.dishes,
        label: dish.available ? texts.palette.eightySix(dish.name) : texts.palette.putBack(dish.name),
        aside: `${dish.category} · ${pounds(dish.price)}`,
        rank: asked ? rank - 5 : rank + 2,
        run: () => void switchAndSay(act, dish),
      },
    ];
  });
}

/** Of one kind; whoever types on gets fewer. */
const MOST_OF_A_KIND = 8;
const nearest = (found: readonly Found[]): Found[] =>
  [...found].sort((a, b) => a.rank - b.rank).slice(0, MOST_OF_A_KIND);

/** Everything that the palette searches. What was chosen lately comes first as long as nothing is typed. */
export function useFound(typed: string): Found[] {
  const { person } = useSession();
  const recent = useMemo(() => recentOf(person.id), [person.id]);
  const empty = typed.trim() === '';
  const search: Search = {
    typed,
    nearness: (text) => nearness(typed, text),
    wants: (kind) => !empty || recent.some((id) => id.startsWith(`${kind}.`)),
  };
  const commands = useCommandFinder(search);
  const things = [useOrderFinder(search), useDishFinder(search), useSettingFinder(search), usePrinterFinder(search)];
  if (!empty) return [...commands, ...things.flatMap(nearest)];
  const known = [...commands, ...things.flat()];
  const lately = recent.flatMap((id, at) => {
    const one = known.find((found) => found.id === id);
    return one === undefined ? [] : [{ ...one, group: texts.groups.recent, rank: at - recent.length }];
  });
  return [...lately, ...commands.filter(({ id }) => !recent.includes(id))];
}
