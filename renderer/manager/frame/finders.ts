import { useAct } from '#api/actions.ts';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { useAllCommands } from './commands.ts';
import { switchAndSay } from './eighty-six.ts';
import { texts } from './frame.texts.ts';
import { useMay } from './may.ts';

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
function useCommandFinder(typed: string): Found[] {
  const seen = new Set<string>();
  return useAllCommands().flatMap(({ id, label, group, keys, words = '', run }) => {
    const rank = nearness(typed, `${label} ${words}`);
    if (rank === null || id === 'palette' || seen.has(label)) return [];
    seen.add(label);
    return [{ id, group, label, rank, run, ...(keys === undefined ? {} : { keys }) }];
  });
}

const MOST_DISHES = 8;

/** Dishes, to take them off or put them back: "86 lamb". */
function useDishFinder(typed: string): Found[] {
  const may = useMay()('menu.availability');
  const { data } = useRead(menu.products, {}, { wanted: may && typed.trim() !== '' });
  const act = useAct();
  const wanted = typed.replace(/^\s*86\b/, '');
  const asked = wanted !== typed;
  if (!may || data === undefined || (wanted.trim() === '' && !asked) || (wanted.trim().length < 2 && !asked)) return [];
  return data
    .flatMap((dish) => {
      const rank = nearness(wanted, dish.name);
      return rank === null ? [] : [{ dish, rank: asked ? rank - 5 : rank + 2 }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_DISHES)
    .map(({ dish, rank }) => ({
      id: `dish.${dish.uuid}`,
      group: texts.groups.dishes,
      label: dish.available ? texts.palette.eightySix(dish.name) : texts.palette.putBack(dish.name),
      aside: `${dish.category} · ${pounds(dish.price)}`,
      rank,
      run: () => void switchAndSay(act, dish),
    }));
}

/** Everything that the palette searches. */
export function useFound(typed: string): Found[] {
  return [...useCommandFinder(typed), ...useDishFinder(typed)];
}
