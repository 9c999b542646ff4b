import { Checkbox } from '@mantine/core';
import { type Ref, useEffect, useRef } from 'react';
import { type Allergen, allergens } from '#contract/allergens.ts';
import { cellOf, type Dish } from './edits.rules.ts';
import { texts } from './menu.texts.ts';
import type { MenuWork } from './use-menu-edits.ts';

const words = texts.allergens;

interface AllergensProps {
  readonly dish: Dish;
  readonly work: MenuWork;
  /** It was asked for, so the focus goes here. */
  readonly focus: boolean;
}

/** The fourteen that have to be declared, each with its full name; published with the other changes. */
export function Allergens({ dish, work, focus }: AllergensProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) first.current?.focus();
  }, [focus]);
  const chosen = cellOf(work.edits, dish, 'allergens') as readonly Allergen[];
  const tick = (which: Allergen, on: boolean): void => {
    const next = allergens.filter((one) => (one === which ? on : chosen.includes(one)));
    // In whatever order they were saved: ticking and unticking is no change.
    const isBack = next.length === dish.allergens.length && dish.allergens.every((one) => next.includes(one));
    work.set([{ dish, field: 'allergens', value: isBack ? dish.allergens : next }]);
  };
  const mistake = work.mistakeOf(dish, 'allergens');
  return (
    <fieldset className="dish-allergens">
      <legend>{words.title}</legend>
      <AllergenTicks first={first} chosen={chosen} tick={tick} />
      {mistake !== undefined && <p className="cell-problem">{mistake}</p>}
    </fieldset>
  );
}

interface AllergenTicksProps {
  readonly chosen: readonly Allergen[];
  readonly tick: (which: Allergen, on: boolean) => void;
  /** Gets the first of them, for whoever sets the focus. */
  readonly first?: Ref<HTMLInputElement>;
}

export const AllergenTicks = ({ chosen, tick, first = null }: AllergenTicksProps) =>
  allergens.map((one, at) => (
    <Checkbox
      key={one}
      ref={at === 0 ? first : null}
      label={words.names[one]}
      checked={chosen.includes(one)}
      onChange={(event) => tick(one, event.currentTarget.checked)}
    />
  ));
