import { ActionIcon, CloseButton, NativeSelect, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Allergens } from './allergens.tsx';
import type { Group } from './dishes.tsx';
import { cellOf, type Dish } from './edits.rules.ts';
import { texts } from './menu.texts.ts';
import type { MenuWork } from './use-menu-edits.ts';

const words = texts.dish;

interface DishPanelProps {
  readonly dish: Dish;
  readonly groups: readonly Group[];
  readonly work: MenuWork;
  readonly close: () => void;
  /** What it was opened for. */
  readonly part?: 'allergens' | undefined;
}

/** What no cell can hold: which choices a dish asks, in which order, its allergens, and whether it is on the menu at all. */
export function DishPanel({ dish, groups, work, close, part }: DishPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (part === undefined) heading.current?.focus();
  }, [part]);
  const chosen = cellOf(work.edits, dish, 'modifier_group_ids') as readonly string[];
  const active = cellOf(work.edits, dish, 'active') as boolean;
  const mistake = work.mistakeOf(dish, 'modifier_group_ids');
  const set = (ids: readonly string[]): void => work.set([{ dish, field: 'modifier_group_ids', value: ids }]);
  const nameOf = (id: string): string => groups.find((group) => group.id === id)?.name ?? id;
  const swap = (at: number, to: number): void => {
    const next = [...chosen];
    [next[at], next[to]] = [next[to]!, next[at]!];
    set(next);
  };
  const leave = (): void => {
    close();
    document.querySelector<HTMLElement>('.menu-grid [tabindex="0"]')?.focus();
  };
  const icon = { variant: 'subtle', size: 28 } as const;
  return (
    <section
      className="dish-panel"
      aria-label={words.title(dish.name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
    >
      <CloseButton aria-label={words.close} onClick={leave} className="dish-close" />
      <h2 ref={heading} tabIndex={-1}>
        {dish.name}
      </h2>
      <Switch
        label={words.onMenu}
        description={words.onMenuHint}
        checked={active}
        onChange={(event) => work.set([{ dish, field: 'active', value: event.currentTarget.checked }])}
      />
      <div>
        <h3>{words.groups}</h3>
        {chosen.length === 0 && <p className="soft">{words.none}</p>}
        <ol className="dish-groups">
          {chosen.map((id, at) => (
            <li key={id}>
              <span>
                {nameOf(id)}
                <span className="soft">
                  {' '}
                  {words.options(groups.find((group) => group.id === id)?.options.length ?? 0)}
                </span>
              </span>
              <ActionIcon
                {...icon}
                aria-label={words.up(nameOf(id))}
                disabled={at === 0}
                onClick={() => swap(at, at - 1)}
              >
                <IconArrowUp size={16} stroke={1.75} />
              </ActionIcon>
              <ActionIcon
                {...icon}
                aria-label={words.down(nameOf(id))}
                disabled={at === chosen.length - 1}
                onClick={() => swap(at, at + 1)}
              >
                <IconArrowDown size={16} stroke={1.75} />
              </ActionIcon>
              <ActionIcon
                {...icon}
                aria-label={words.remove(nameOf(id))}
                onClick={() => set(chosen.filter((other) => other !== id))}
              >
                <IconX size={16} stroke={1.75} />
              </ActionIcon>
            </li>
          ))}
        </ol>
        <NativeSelect
          label={words.add}
          value=""
          error={mistake}
          data={[
            { value: '', label: words.choose },
            ...groups
              .filter(({ id, active: offered }) => offered && !chosen.includes(id))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => {
            if (event.currentTarget.value !== '') set([...chosen, event.currentTarget.value]);
          }}
        />
      </div>
      <Allergens dish={dish} work={work} focus={part === 'allergens'} />
      {work.edits[dish.uuid] !== undefined && <p className="soft">{words.pending}</p>}
    </section>
  );
}
