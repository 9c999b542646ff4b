import { Popover } from '@mantine/core';
import { type Allergen, allergens } from '#contract/allergens.ts';
import { AllergenTicks } from './allergens.tsx';
import { inCodes } from './cells.rules.ts';
import { texts } from './menu.texts.ts';

interface OptionAllergensProps {
  readonly label: string;
  readonly chosen: readonly Allergen[];
  readonly set: (chosen: readonly Allergen[]) => void;
}

/** What an option brings along, as short as a cell; a press opens the fourteen. Saved with the group. */
export function OptionAllergens({ label, chosen, set }: OptionAllergensProps) {
  const named = chosen.map((one) => texts.allergens.names[one]).join(', ');
  return (
    <Popover trapFocus withinPortal={false} floatingStrategy="fixed" position="bottom" width={300} shadow="md">
      <Popover.Target>
        <button
          type="button"
          className="option-allergens"
          data-codes={inCodes(chosen)}
          aria-label={named === '' ? label : `${label}: ${named}`}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <fieldset className="dish-allergens">
          <legend>{label}</legend>
          <AllergenTicks
            chosen={chosen}
            tick={(which, on) => set(allergens.filter((one) => (one === which ? on : chosen.includes(one))))}
          />
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
