import { memo } from 'react';
import { Chip } from '#ui/signs.tsx';
import { CellEditor } from './cell-editor.tsx';
import { type Choices, type GridField, gridFields, inCodes, inWords, stationInWords } from './cells.rules.ts';
import type { Dish, Edits, Field } from './edits.rules.ts';
import { texts } from './menu.texts.ts';

/** The cells that are typed, the allergens, the choices, and what can be had tonight. */
export const columnCount = gridFields.length + 3;

interface GridRowProps {
  readonly dish: Dish;
  readonly nth: number;
  readonly edits: Edits[string] | undefined;
  readonly choices: Choices;
  readonly mistakes: (dish: Dish, field: Field) => string | undefined;
  /** The cell of this row that has the focus; null where another row has it. */
  readonly column: number | null;
  /** The column in which this row is selected together with others. */
  readonly selected: number | null;
  readonly editing: string | null;
  readonly pick: (column: number, extend: boolean) => void;
  readonly open: (column: number) => void;
  readonly commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  readonly cancel: () => void;
}

function Row({
  dish,
  nth,
  edits,
  choices,
  mistakes,
  column,
  selected,
  editing,
  pick,
  open,
  commit,
  cancel,
}: GridRowProps) {
  const value = (field: Field): unknown => (edits?.[field] === undefined ? dish[field] : edits[field].mine);
  const cell = (at: number, opens = false) => ({
    role: 'gridcell',
    tabIndex: column === at ? 0 : -1,
    'aria-selected': selected === at || column === at,
    'data-selected': selected === at || undefined,
    onClick: (event: React.MouseEvent) => {
      if (opens) open(at);
      else if (editing === null || column !== at) pick(at, event.shiftKey);
    },
    onDoubleClick: () => open(at),
  });
  const shown = (field: GridField): string => {
    const typed = edits?.[field]?.typed;
    if (typed !== undefined) return typed;
    return field === 'station_id'
      ? stationInWords(dish, value('station_id'), value('category_id'), choices)
      : inWords(field, value(field), choices);
  };
  const groups = value('modifier_group_ids') as readonly string[];
  const allergens = inWords('allergens', value('allergens'), choices);
  return (
    <tr aria-rowindex={nth + 2} data-off={value('active') === false || undefined}>
      {gridFields.map((field, at) => {
        const mistake = mistakes(dish, field);
        const changed = edits?.[field] !== undefined;
        return (
          <td
            key={field}
            {...cell(at)}
            className={`menu-${field}`}
            data-changed={changed || undefined}
            aria-invalid={mistake === undefined ? undefined : true}
            title={mistake}
          >
            {column === at && editing !== null ? (
              <CellEditor
                field={field}
                label={texts.cells.edit(texts.columns[field], dish.name)}
                text={editing}
                choices={choices}
                commit={commit}
                cancel={cancel}
              />
            ) : (
              shown(field)
            )}
            {mistake !== undefined && column === at && editing === null && (
              <span className="cell-mistake" role="alert">
                {mistake}
              </span>
            )}
          </td>
        );
      })}
      <td
        {...cell(gridFields.length, true)}
        className="menu-allergens"
        data-changed={edits?.allergens !== undefined || undefined}
        aria-invalid={mistakes(dish, 'allergens') === undefined ? undefined : true}
        title={allergens}
      >
        <span aria-hidden="true">{inCodes(value('allergens') as Dish['allergens'])}</span>
        <span className="unseen">{allergens}</span>
      </td>
      <td
        {...cell(gridFields.length + 1, true)}
        className="menu-modifier_group_ids"
        data-changed={edits?.modifier_group_ids !== undefined || undefined}
        aria-label={`${texts.cells.choicesLabel(dish.name)}: ${texts.cells.choices(groups.length)}`}
      >
        <span className="cell-link">{texts.cells.choices(groups.length)}</span>
      </td>
      <td
        {...cell(gridFields.length + 2, true)}
        className="menu-available"
        aria-label={`${texts.stock.title(dish.name)}: ${stockWords(dish)}`}
      >
        <Chip level={!dish.active ? 'neutral' : !dish.available ? 'bad' : dish.remaining === null ? 'ok' : 'warn'}>
          {stockWords(dish)}
        </Chip>
      </td>
    </tr>
  );
}

/** Rows that nothing has happened to are not drawn again: the whole menu is on the screen. */
export const GridRow = memo(Row, (before, after) => {
  const still = before.column === null && after.column === null && after.editing === null && before.editing === null;
  return (
    still &&
    before.dish === after.dish &&
    before.edits === after.edits &&
    before.choices === after.choices &&
    before.selected === after.selected &&
    before.nth === after.nth &&
    before.mistakes(before.dish, 'price') === after.mistakes(after.dish, 'price')
  );
});

function stockWords({ active, available, remaining, back_tomorrow: today }: Dish): string {
  if (!active) return texts.cells.gone;
  if (!available) return today ? texts.cells.offToday : texts.cells.off;
  return remaining === null ? texts.cells.on : texts.cells.left(remaining);
}
