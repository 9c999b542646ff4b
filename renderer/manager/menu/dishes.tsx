import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { StationDto } from '#contract/kitchen.ts';
import type { CategoryDto, ModifierGroupDto } from '#contract/menu.ts';
import { Key, Shape } from '#ui/signs.tsx';
import { Empty, Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { nearness } from '../frame/finders.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { StationForm } from '../stations/station-form.tsx';
import { Categories } from './categories.tsx';
import { CategoryDialog } from './category-dialog.tsx';
import { type Choices, inUse } from './cells.rules.ts';
import { Conflicts } from './conflicts.tsx';
import { DishPanel } from './dish-panel.tsx';
import type { Dish } from './edits.rules.ts';
import { Grid } from './grid.tsx';
import { BeginMenu } from './import/begin-menu.tsx';
import { texts } from './menu.texts.ts';
import { NewDish } from './new-dish.tsx';
import { Problems, useMenuProblems } from './problems.tsx';
import { PublishBar } from './publish-bar.tsx';
import { StockDialog } from './stock-dialog.tsx';
import { useMenuEdits } from './use-menu-edits.ts';

export type Category = z.output<typeof CategoryDto>;
export type Group = z.output<typeof ModifierGroupDto>;

interface DishesProps {
  readonly all: readonly Dish[];
  readonly categories: readonly Category[];
  readonly groups: readonly Group[];
  readonly stations: readonly z.output<typeof StationDto>[];
}

/** VAT rates of the United Kingdom, offered beside those that the menu has already. Basis points. */
const usualRates = [0, 500, 2_000];

export function Dishes({ all, categories, groups, stations }: DishesProps) {
  const choices = useMemo(
    (): Choices => ({
      categories,
      groups,
      stations,
      rates: [...new Set([...usualRates, ...all.map(({ vat_bps }) => vat_bps)])].sort((a, b) => a - b),
    }),
    [categories, groups, stations, all],
  );
  const work = useMenuEdits(all, choices);
  const [category, setCategory] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const [alsoGone, setAlsoGone] = useState(false);
  const [adding, setAdding] = useState<'category' | 'dish' | null>(null);
  /** For which dish a station is missing; or for none in particular. */
  const [stationFor, setStationFor] = useState<Dish | 'any' | null>(null);
  const hasCategory = categories.some(({ active }) => active);
  const hasStation = inUse(choices).length > 0;
  const add = (): void => setAdding(hasCategory ? 'dish' : 'category');
  const [open, setOpen] = useState<{ uuid: string; part: 'allergens' | undefined } | null>(null);
  const [stockId, setStockId] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const problems = useMenuProblems();
  const possible = all.filter(
    (dish) => (dish.active || alsoGone || work.edits[dish.uuid] !== undefined) && problems.shows(dish.uuid),
  );
  const shown = possible.filter((dish) => (category === null || dish.category_id === category) && isMeant(typed, dish));
  const group = frame.groups.page;
  const focusGrid = (): void => document.querySelector<HTMLElement>('.menu-grid [tabindex="0"]')?.focus();
  const goTo = (dishId: string, column: string): void => {
    setCategory(null);
    setTyped('');
    const row = possible.findIndex(({ uuid }) => uuid === dishId);
    requestAnimationFrame(() => {
      const rows = document.querySelectorAll('.menu-grid tbody tr');
      const cell = rows[row]?.querySelector<HTMLElement>(`td.menu-${column}`);
      cell?.scrollIntoView({ block: 'center' });
      cell?.click();
    });
  };
  useCommands([
    { id: 'menu.add', label: texts.keys.add, group, keys: 'n', run: add },
    { id: 'menu.import', label: texts.keys.import, group, keys: 'i', run: () => void navigate('/menu/import') },
    { id: 'menu.publish', label: texts.keys.publish, group, keys: 'mod+s', run: () => void work.publish() },
    { id: 'menu.search', label: texts.keys.search, group, keys: '/', run: () => search.current?.focus() },
    { id: 'menu.grid', label: texts.keys.grid, group, keys: 'e', run: focusGrid },
    // What is not published yet is taken back step by step, before what is.
    ...(work.canUndo ? [{ id: 'menu.undo', label: texts.keys.undo, group, keys: 'mod+z', run: work.undo }] : []),
  ]);
  /** Nothing is sold yet, and nothing is being looked for. */
  const isNew = all.every(({ active }) => !active) && typed === '' && !alsoGone && !work.open.length;
  const opened = all.find(({ uuid }) => uuid === open?.uuid);
  const stocked = all.find(({ uuid }) => uuid === stockId);
  return (
    <>
      <Conflicts work={work} choices={choices} />
      <div className="menu" data-panel={opened !== undefined || undefined}>
        <Categories
          all={all}
          categories={categories}
          stations={choices.stations}
          chosen={category}
          choose={setCategory}
        />
        <div className="menu-main">
          <div className="menu-tools">
            <TextInput
              ref={search}
              className="menu-search"
              leftSection={<IconSearch size={16} stroke={1.75} />}
              placeholder={texts.search}
              aria-label={texts.search}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setTyped('');
                if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
                event.preventDefault();
                focusGrid();
              }}
            />
            <Checkbox
              label={texts.takenOff}
              checked={alsoGone}
              onChange={(event) => setAlsoGone(event.currentTarget.checked)}
            />
            <Button
              variant={isNew ? 'default' : 'filled'}
              onClick={add}
              rightSection={
                <span aria-hidden="true">
                  <Key>N</Key>
                </span>
              }
            >
              {texts.add}
            </Button>
          </div>
          <Problems of={problems} go={goTo} />
          <p className="unseen" role="status">
            {texts.found(shown.length)}
          </p>
          {!hasStation && all.length > 0 && (
            <div className="menu-notice" role="status">
              <Shape level="warn" />
              <span>{texts.noStation.what}</span>
              <Button size="compact-sm" variant="default" onClick={() => setStationFor('any')}>
                {texts.noStation.add}
              </Button>
            </div>
          )}
          {shown.length > 0 ? (
            <>
              <p className="soft menu-hint">{texts.hint}</p>
              <Grid
                dishes={shown}
                work={work}
                choices={choices}
                openDish={({ uuid }, part) => setOpen({ uuid, part })}
                openStock={({ uuid }) => setStockId(uuid)}
                {...(hasStation ? {} : { addStation: setStationFor })}
              />
            </>
          ) : (
            <Empty title={isNew ? texts.empty.title : texts.empty.filtered}>
              {isNew && (
                <>
                  <p>{hasCategory ? texts.empty.about : texts.empty.noCategory}</p>
                  <Button onClick={add}>{hasCategory ? texts.empty.add : texts.empty.addCategory}</Button>
                  <div className="menu-begin">
                    <BeginMenu />
                  </div>
                </>
              )}
            </Empty>
          )}
          {work.act.problem !== null && work.mistakes.length === 0 && work.conflicts.length === 0 && (
            <Trouble problem={work.act.problem} />
          )}
          <PublishBar work={work} />
        </div>
        {opened !== undefined && (
          <DishPanel
            key={`${opened.uuid} ${open?.part}`}
            dish={opened}
            groups={groups}
            work={work}
            close={() => setOpen(null)}
            part={open?.part}
          />
        )}
      </div>
      {adding === 'category' && (
        <CategoryDialog
          first
          category={null}
          categories={categories}
          stations={stations}
          close={() => setAdding(null)}
          onSaved={(id) => {
            setCategory(id);
            setAdding('dish');
          }}
        />
      )}
      {adding === 'dish' && <NewDish categories={categories} category={category} close={() => setAdding(null)} />}
      {stationFor !== null && (
        <StationForm
          station={null}
          close={() => setStationFor(null)}
          onSaved={(id) => {
            if (stationFor !== 'any') work.set([{ dish: stationFor, field: 'station_id', value: id }]);
          }}
        />
      )}
      {stocked !== undefined && <StockDialog dish={stocked} close={() => setStockId(null)} />}
    </>
  );
}

function isMeant(typed: string, dish: Dish): boolean {
  if (typed.trim() === '') return true;
  const rank = nearness(typed, dish.name);
  return rank !== null && rank < 4;
}
