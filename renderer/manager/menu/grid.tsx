import { useEffect, useRef, useState } from 'react';
import { asTyped, type Choices, gridFields, readCell } from './cells.rules.ts';
import { cellOf, type Dish } from './edits.rules.ts';
import { columnCount, GridRow } from './grid-row.tsx';
import { texts } from './menu.texts.ts';
import type { CellChange, MenuWork } from './use-menu-edits.ts';

interface GridProps {
  readonly dishes: readonly Dish[];
  readonly work: MenuWork;
  readonly choices: Choices;
  /** With the part that is meant. */
  readonly openDish: (dish: Dish, part?: 'allergens') => void;
  readonly openStock: (dish: Dish) => void;
  /** Asked for instead of an edit of the station while there is none to choose. */
  readonly addStation?: (dish: Dish) => void;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** A table whose cells are edited is the ARIA guide's grid. */
const asGrid = { role: 'grid' } as const;
const PAGE = 12;
const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/**
 * The dishes as a spreadsheet: the ARIA guide's grid, one stop for Tab, arrows inside. Letters or F2 begin to edit,
 * Enter goes on down, Ctrl D fills down, a paste fills as many cells as it has.
 */
export function Grid({ dishes, work, choices, openDish, openStock, addStation }: GridProps) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  /** The other end of what is selected within a column. */
  const [anchor, setAnchor] = useState(0);
  const [editing, setEditing] = useState<string | null>(null);
  const wanted = useRef(false);
  const table = useRef<HTMLTableElement>(null);
  const row = clamp(at.row, dishes.length - 1);
  const [top, bottom] = [Math.min(anchor, row), Math.min(Math.max(anchor, row), dishes.length - 1)];

  useEffect(() => {
    if (!wanted.current || editing !== null) return;
    wanted.current = false;
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  function go(to: Place, { extend = false } = {}): void {
    const place = { row: clamp(to.row, dishes.length - 1), column: clamp(to.column, columnCount - 1) };
    wanted.current = true;
    setEditing(null);
    setAt(place);
    if (!extend) setAnchor(place.row);
  }
  const fieldAt = (column: number) => gridFields[column];
  const textOf = (dish: Dish, column: number): string => {
    const field = fieldAt(column);
    if (field === undefined) return '';
    return work.edits[dish.uuid]?.[field]?.typed ?? asTyped(field, cellOf(work.edits, dish, field), choices);
  };
  function fill(rows: readonly (readonly string[])[], from: Place): void {
    const changes = rows.flatMap((cells, down) =>
      cells.flatMap((text, right): CellChange[] => {
        const [dish, field] = [dishes[from.row + down], fieldAt(from.column + right)];
        return dish === undefined || field === undefined ? [] : [{ dish, field, text }];
      }),
    );
    work.set(changes);
  }
  function begin(dish: Dish | undefined, column: number, text?: string): void {
    if (dish === undefined) return;
    if (fieldAt(column) === 'station_id' && addStation !== undefined) addStation(dish);
    else if (column < gridFields.length) setEditing(text ?? textOf(dish, column));
    else if (column === gridFields.length) openDish(dish, 'allergens');
    else if (column === gridFields.length + 1) openDish(dish);
    else openStock(dish);
  }
  function commit(text: string, then: 'down' | 'right' | 'left' | 'stay'): void {
    const dish = dishes[row];
    const field = fieldAt(at.column);
    if (dish !== undefined && field !== undefined && text !== textOf(dish, at.column)) {
      const read = readCell(field, text, choices);
      work.set('value' in read ? [{ dish, field, value: read.value }] : [{ dish, field, text }]);
    }
    if (then === 'stay') {
      // Somebody went elsewhere, so the focus is not fetched back.
      setEditing(null);
      return;
    }
    const moves = { down: [1, 0], right: [0, 1], left: [0, -1] } as const;
    const [down, right] = moves[then];
    go({ row: row + down, column: at.column + right });
  }
  function fillDown(): void {
    const [from, to] = top === bottom ? [top - 1, bottom] : [top, bottom];
    const source = dishes[from];
    if (source === undefined) return;
    const text = textOf(source, at.column);
    fill(
      Array.from({ length: to - from }, () => [text]),
      { row: from + 1, column: at.column },
    );
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (editing !== null || event.altKey) return;
    const mod = event.ctrlKey || event.metaKey;
    const { key, shiftKey: extend } = event;
    const last = dishes.length - 1;
    const moves: Readonly<Record<string, Place>> = {
      ArrowDown: { row: row + 1, column: at.column },
      ArrowUp: { row: row - 1, column: at.column },
      ArrowRight: { row, column: at.column + 1 },
      ArrowLeft: { row, column: at.column - 1 },
      PageDown: { row: row + PAGE, column: at.column },
      PageUp: { row: row - PAGE, column: at.column },
      Home: { row: mod ? 0 : row, column: 0 },
      End: { row: mod ? last : row, column: columnCount - 1 },
    };
    const to = moves[key];
    if (to !== undefined) go(to, { extend: extend && to.column === at.column });
    else if (mod && key.toLowerCase() === 'd') fillDown();
    else if (mod) return;
    else if (key === 'Enter' || key === 'F2') begin(dishes[row], at.column);
    else if (key === ' ' && at.column >= gridFields.length) begin(dishes[row], at.column);
    else if (key.length === 1 && key !== ' ' && at.column < gridFields.length) begin(dishes[row], at.column, key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function onPaste(event: React.ClipboardEvent): void {
    if (editing !== null) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    const rows = text.split(/\r?\n/).map((line) => line.split('\t'));
    // One value into everything that is selected, as spreadsheets do.
    const [single] = rows;
    const once = rows.length === 1 && single?.length === 1 && bottom > top;
    fill(once ? Array.from({ length: bottom - top + 1 }, () => [...(single ?? [])]) : rows, {
      row: top,
      column: at.column,
    });
  }
  function onCopy(event: React.ClipboardEvent): void {
    if (editing !== null) return;
    event.preventDefault();
    event.clipboardData.setData(
      'text/plain',
      dishes
        .slice(top, bottom + 1)
        .map((dish) => textOf(dish, at.column))
        .join('\n'),
    );
  }
  const columns = [...gridFields, 'allergens', 'modifier_group_ids', 'available'] as const;
  return (
    <div className="grid-frame">
      <table
        ref={table}
        {...asGrid}
        aria-label={texts.grid}
        aria-rowcount={dishes.length + 1}
        className="menu-grid"
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={onCopy}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={`menu-${column}`}>
                {texts.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dishes.map((dish, nth) => (
            <GridRow
              key={dish.uuid}
              dish={dish}
              nth={nth}
              edits={work.edits[dish.uuid]}
              choices={choices}
              mistakes={work.mistakeOf}
              column={nth === row ? at.column : null}
              selected={bottom > top && nth >= top && nth <= bottom ? at.column : null}
              editing={nth === row ? editing : null}
              pick={(column, extend) => go({ row: nth, column }, { extend })}
              open={(column) => {
                go({ row: nth, column });
                begin(dish, column);
              }}
              commit={commit}
              cancel={() => go({ row, column: at.column })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
