import { Button } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import type { z } from 'zod';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import type { MenuProblemDto } from '#contract/menu.ts';
import { Shape } from '#ui/signs.tsx';
import { texts } from './problems.texts.ts';
import './problems.css';

type Problem = z.output<typeof MenuProblemDto>;

export interface MenuProblems {
  readonly all: readonly Problem[];
  /** Whether only the dishes are shown that something is wrong with. It stands in the address. */
  readonly only: boolean;
  readonly toggle: () => void;
  readonly shows: (dishId: string) => boolean;
}

/** What will go wrong with the menu as it is published. */
export function useMenuProblems(): MenuProblems {
  const all = useRead(menu.problems, {}).data ?? [];
  const [search, setSearch] = useSearchParams();
  const only = search.get('only') === 'problems' && all.length > 0;
  const dishes = new Set(all.map(({ uuid }) => uuid));
  return {
    all,
    only,
    toggle: () => setSearch(only ? {} : { only: 'problems' }, { replace: true }),
    shows: (dishId) => !only || dishes.has(dishId),
  };
}

/** In which column of the grid each is mended; null: among the choices, or not in the grid. */
const columns: Readonly<Record<Problem['kind'], string | null>> = {
  no_station: 'station_id',
  station_gone: 'station_id',
  hidden_category: 'category_id',
  choice_impossible: null,
  no_default_choice: null,
  can_cost_less_than_nothing: 'price',
  barcode_twice: 'name',
};
const MOST_NAMES = 12;

interface ProblemsProps {
  readonly of: MenuProblems;
  /** Takes the focus to a dish’s cell in the grid. */
  readonly go: (dishId: string, column: string) => void;
}

/** How many things are wrong, and, once somebody wants to know, what they are and where each is mended. */
export function Problems({ of: { all, only, toggle }, go }: ProblemsProps) {
  if (all.length === 0) return null;
  return (
    <section className="menu-problems" aria-label={texts.title}>
      <p className="menu-problems-head">
        <Shape level="warn" />
        <span>{texts.some(all.length)}</span>
        <Button size="compact-sm" variant="default" onClick={toggle}>
          {only ? texts.all : texts.show}
        </Button>
      </p>
      {only && (
        <ul>
          {[...Map.groupBy(all, ({ message }) => message)].map(([message, own]) => (
            <Same key={message} message={message} own={own} go={go} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** One thing that is wrong with one dish or with several. */
function Same({ message, own, go }: { message: string; own: readonly Problem[]; go: ProblemsProps['go'] }) {
  return (
    <li>
      <p>{message}</p>
      <p className="menu-problems-dishes">
        {own.slice(0, MOST_NAMES).map(({ uuid, name, kind }) => (
          <button
            key={uuid}
            type="button"
            className="plain"
            aria-label={texts.go(name, message)}
            onClick={() => go(uuid, columns[kind] ?? 'modifier_group_ids')}
          >
            {name}
          </button>
        ))}
        {own.length > MOST_NAMES && <span className="soft">{texts.more(own.length - MOST_NAMES)}</span>}
        {own.some(({ kind }) => columns[kind] === null) && <Link to="/menu/choices">{texts.choices}</Link>}
      </p>
    </li>
  );
}
