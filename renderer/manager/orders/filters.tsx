import { useServerNow } from '#ui/now.ts';
import { isOnly, type Only, type Order, onlyFilters, orderTypes } from './orders.rules.ts';
import { texts } from './orders.texts.ts';

interface FiltersProps {
  readonly all: readonly Order[];
  readonly type: string | null;
  readonly only: Only | null;
  readonly withOnly: boolean;
  readonly setType: (type: string | null) => void;
  readonly setOnly: (only: Only | null) => void;
}

/** What kinds of check there are, how many of each, and which of them are shown. */
export function Filters({ all, type, only, withOnly, setType, setOnly }: FiltersProps) {
  const now = useServerNow();
  const types = orderTypes.filter((one) => one === type || all.some(({ order_type }) => order_type === one));
  const kinds = onlyFilters
    .map((one) => [one, all.filter((order) => isOnly(order, one, now)).length] as const)
    .filter(([one, number]) => number > 0 || one === only);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of switches, not a part of a form
    <div className="filters" role="group" aria-label={texts.types.label}>
      <Filter words={texts.types.all} number={all.length} on={type === null} press={() => setType(null)} />
      {types.map((one) => (
        <Filter
          key={one}
          words={texts.types[one]}
          number={all.filter(({ order_type }) => order_type === one).length}
          on={type === one}
          press={() => setType(type === one ? null : one)}
        />
      ))}
      {withOnly && kinds.length > 0 && <span className="filters-gap" />}
      {withOnly &&
        kinds.map(([one, number]) => (
          <Filter
            key={one}
            words={texts.only[one]}
            number={number}
            on={only === one}
            press={() => setOnly(only === one ? null : one)}
          />
        ))}
    </div>
  );
}

function Filter({ words, number, on, press }: { words: string; number: number; on: boolean; press: () => void }) {
  return (
    <button type="button" className="filter" aria-pressed={on} onClick={press}>
      {words} <span className="filter-number">{number}</span>
    </button>
  );
}
