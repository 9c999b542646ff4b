import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import type { z } from 'zod';
import { type Act, useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useDraft } from '#api/drafts.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { menuImport } from '#api/operations/menu-import.ts';
import { useRefresh } from '#api/queries.ts';
import { importLimits, type MenuImportedDto } from '#contract/menu-import.ts';
import { say } from '../../frame/say.tsx';
import type { Mapping } from './columns.rules.ts';
import type { Cells } from './file.rules.ts';
import { texts } from './import.texts.ts';
import type { Place } from './place.rules.ts';
import {
  type DishRead,
  type Fate,
  fateFinder,
  freshNames,
  type Known,
  type Row,
  readRows,
  type Typed,
} from './rows.rules.ts';
import type { Template } from './templates/template.ts';
import { templates } from './templates.rules.ts';

/** An import that is not done yet: what was read, and what somebody has decided about it. */
export interface ImportDraft {
  readonly source: string;
  readonly template: Template['id'] | null;
  readonly cells: Cells;
  readonly header: boolean;
  readonly mapping: Mapping;
  readonly typed: Typed;
  readonly category: string;
  /** Null: whoever cooks most of what is there. */
  readonly station: string | null;
}

export type Imported = z.output<typeof MenuImportedDto>;

export interface Line extends Row {
  readonly fate: Fate;
  readonly was?: Known;
}

export const useImportDraft = () => useDraft<ImportDraft | null>('menu.import', null);

/** The lines of an import against the menu as it is, and how many there are of each kind. */
export function useLines(draft: ImportDraft, { dishes }: Place) {
  const { cells, header, mapping, typed, category } = draft;
  return useMemo(() => {
    const fateOf = fateFinder(dishes);
    const rows = readRows({ cells, header, mapping, typed, category: category.trim() || texts.review.usualCategory });
    const lines = rows.map((row): Line => ({ ...row, ...fateOf(row) }));
    const number = (fate: Fate): number => lines.filter((line) => line.fate === fate).length;
    const counts = { new: number('new'), update: number('update'), same: number('same'), problem: number('problem') };
    return { lines, counts };
  }, [cells, header, mapping, typed, category, dishes]);
}
export type Lines = ReturnType<typeof useLines>;

/** Colours for new categories, one after the other: they have to be told apart on the till. */
const palette = ['#B34700', '#0B5CAD', '#0B7A43', '#7A3E9D', '#A3154B', '#7A4A00', '#1F4E79', '#3B4757'];

/** What is made for these lines because it is not there yet. */
export function freshOf(draft: ImportDraft, lines: readonly Line[], place: Place) {
  const station = draft.station ?? place.usualStation ?? texts.review.usualStation;
  const wanted = lines.flatMap(({ fate, dish }) => (dish !== null && fate !== 'same' ? [dish] : []));
  const categories = freshNames(
    wanted.map((dish) => dish.category),
    place.categories,
  );
  const needsUsual = wanted.some((dish) => dish.station === undefined);
  const stations = freshNames(
    [...wanted.map((dish) => dish.station), needsUsual ? station : undefined],
    place.stations,
  );
  return { station, wanted, categories, stations };
}

function bodyOf(draft: ImportDraft, fresh: ReturnType<typeof freshOf>) {
  const template = templates.find(({ id }) => id === draft.template);
  const looks = fresh.categories.slice(0, importLimits.categories).map((name, at) => {
    const known = template?.categories.find((one) => one.name === name);
    const color = known?.color ?? palette[at % palette.length];
    return {
      name,
      ...(color === undefined ? {} : { color }),
      ...(known === undefined ? {} : { course: known.course }),
    };
  });
  return {
    source: draft.source.slice(0, importLimits.source),
    station: fresh.station,
    categories: looks,
    dishes: fresh.wanted as DishRead[],
  };
}

/** Long lists take their time on a slow computer. */
const PATIENCE_MS = 60_000;

/** Brings the lines in. `undone` hears how many dishes are on the menu once that was taken back, from the tray too. */
export function useBringIn(undone: (onMenu: number) => void): {
  act: Act;
  bringIn(draft: ImportDraft, fresh: ReturnType<typeof freshOf>): Promise<Imported | null>;
} {
  const act = useAct();
  const refresh = useRefresh();
  async function bringIn(draft: ImportDraft, fresh: ReturnType<typeof freshOf>): Promise<Imported | null> {
    let imported: Imported | null = null;
    const body = bodyOf(draft, fresh);
    const title = texts.did(body.dishes.length, draft.source);
    const done = await act.run({
      title,
      async run(key) {
        imported = (await change(menuImport.bringIn, { body }, { key, patienceMs: PATIENCE_MS })).data;
        return imported;
      },
      undo: async ({ import_id }) => undone(await takeBack(import_id)),
    });
    for (const read of [menu.products, menu.categories, kitchen.stations, menuImport.latest]) refresh(read);
    if (done) say(title, true);
    return done ? imported : null;
  }
  return { act, bringIn };
}

/** Takes an import back and says which dishes stay because somebody has changed them since. Answers how many are on the menu. */
export async function takeBack(importId: string): Promise<number> {
  const { data } = await change(menuImport.undo, { params: { import_id: importId } }, { patienceMs: PATIENCE_MS });
  if (data.left.length > 0) {
    const names = data.left.map(({ name }) => name).join(', ');
    notifications.show({ message: texts.report.kept(names), autoClose: false });
  }
  return data.on_menu;
}
