import { useCallback, useMemo, useRef, useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useDraft } from '#api/drafts.ts';
import { menu } from '#api/operations/menu.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { say } from '../frame/say.tsx';
import { type Choices, type GridField, readCell } from './cells.rules.ts';
import {
  asBody,
  type Dish,
  decide,
  doubtful,
  type Edits,
  type Field,
  noEdits,
  type OpenEdit,
  openEdits,
  withCell,
} from './edits.rules.ts';
import { texts } from './menu.texts.ts';

/** A cell that is set: as a value, or as somebody typed it. */
export type CellChange =
  | { readonly dish: Dish; readonly field: Field; readonly value: unknown }
  | { readonly dish: Dish; readonly field: GridField; readonly text: string };

/** Unpublished work on the dishes: kept through a reload, taken back step by step, published all at once or not at all. */
export function useMenuEdits(dishes: readonly Dish[], choices: Choices) {
  const draft = useDraft<Edits>('menu.dishes', noEdits);
  const [steps, setSteps] = useState<readonly Edits[]>([]);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [sure, setSure] = useState<string | null>(null);
  const act = useAct();
  const forget = useAct();
  const refresh = useRefresh();
  const latest = useRef(draft.value);
  latest.current = draft.value;
  const known = useRef(choices);
  known.current = choices;
  const edits = draft.value;
  const open = useMemo(() => openEdits(edits, dishes), [edits, dishes]);
  const conflicts = open.filter(({ overtaken }) => overtaken);

  const { set: setDraft, clear: clearDraft } = draft;
  const put = useCallback(
    (next: Edits): void => {
      latest.current = next;
      if (Object.keys(next).length === 0) clearDraft();
      else setDraft(next);
    },
    [setDraft, clearDraft],
  );
  const step = useCallback(
    (next: Edits): void => {
      const before = latest.current;
      if (JSON.stringify(before) === JSON.stringify(next)) return;
      setSteps((all) => [...all.slice(-99), before]);
      setRefused({});
      put(next);
    },
    [put],
  );

  const set = useCallback(
    (changes: readonly CellChange[]): void => {
      let next = latest.current;
      for (const one of changes) {
        if ('value' in one) next = withCell(next, one.dish, one.field, { mine: one.value });
        else {
          const read = readCell(one.field, one.text, known.current);
          const cell = 'value' in read ? { mine: read.value } : { mine: one.dish[one.field], typed: one.text };
          next = withCell(next, one.dish, one.field, cell);
        }
      }
      step(next);
    },
    [step],
  );

  const keyOf = (dish: Dish, field: Field): string => `${dish.uuid}.${field}`;
  const mistakeOf = (dish: Dish, field: Field): string | undefined => {
    if (edits[dish.uuid]?.[field]?.typed !== undefined) return texts.mistakes[field as GridField];
    return refused[keyOf(dish, field)];
  };
  const mistakes = open.filter(({ dish, field }) => mistakeOf(dish, field) !== undefined);
  const doubts = doubtful(open);
  const doubt = doubts.map(({ dish, mine }) => `${dish.uuid} ${mine}`).join();

  async function publish(): Promise<void> {
    if (open.length === 0 || conflicts.length > 0 || mistakes.length > 0) return;
    if (doubts.length > 0 && sure !== doubt) {
      setSure(doubt);
      return;
    }
    const title = texts.published(open.length);
    const sent = asBody(open, 'there');
    const done = await act.run({
      title,
      run: async (key) => {
        try {
          return await change(menu.changeProducts, { body: sent }, { key });
        } catch (error) {
          if (error instanceof ApiProblem)
            setRefused(
              besideCells(
                error,
                sent.changes.map(({ product_id }) => String(product_id)),
              ),
            );
          throw error;
        }
      },
      // Back to what it was, unless somebody has changed it again.
      undo: () => change(menu.changeProducts, { body: asBody(open, 'back') }),
    });
    refresh(menu.products);
    if (!done) return;
    setSteps([]);
    setSure(null);
    put(noEdits);
    say(title, true);
  }

  async function discard(): Promise<void> {
    const before = edits;
    const title = texts.discarded(open.length);
    const done = await forget.run({ title, run: async () => put(noEdits), undo: async () => put(before) });
    setSteps([]);
    act.clear();
    say(title, done);
  }

  return {
    edits,
    open,
    conflicts,
    mistakes,
    mistakeOf,
    /** What is asked once more before it is published; null while nothing is. */
    asks: doubts.length > 0 && sure === doubt ? doubts : null,
    act,
    set,
    publish,
    discard,
    undo: (): void => {
      const before = steps.at(-1);
      if (before === undefined) return;
      setSteps(steps.slice(0, -1));
      put(before);
    },
    canUndo: steps.length > 0,
    decide: (edit: OpenEdit, keep: 'mine' | 'theirs') => put(decide(edits, edit, keep)),
  };
}

export type MenuWork = ReturnType<typeof useMenuEdits>;

/** The server's refusals by cell: `changes.3.set.price` is the price of the fourth dish that was sent. */
function besideCells(problem: ApiProblem, sent: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problem.fields).flatMap(([name, message]) => {
      const [, at, field] = /^changes\.(\d+)\.set\.(\w+)/.exec(name) ?? [];
      const uuid = at === undefined ? undefined : sent[Number(at)];
      return uuid === undefined ? [] : [[`${uuid}.${field}`, message]];
    }),
  );
}
