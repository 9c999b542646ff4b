import { type LineInput, MOST_LINES } from '#contract/orders.ts';
import type { CommandContext } from '../../../commands/define.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { type PricedLine, priceLine, productByRef, takePortions } from '../../menu/index.ts';
import { type LineRow, lineById, type ModifierRow, modifiersOf } from '../orders.reads.ts';
import { orderLineModifierTable, orderLineTable } from '../orders.schema.ts';

interface Putting {
  readonly orderId: string;
  readonly lines: readonly LineInput[];
  /** How many lines the order has. */
  readonly linesSoFar: number;
  readonly fillDefaults: boolean;
  /** Written as fired at once; whoever asks for it also sends the tickets. */
  readonly fired: boolean;
  /** What the list is called in the request, for the field of a refusal. */
  readonly field: string;
}

export interface NewLine {
  readonly line: LineRow;
  readonly modifiers: ModifierRow[];
}

/**
 * Whether a line that a device sends again is the one that is there already. It is not priced again: since then the
 * dish may have sold out, by this very line even. A choice named by its older integer counts by its number only.
 * @throws Problem CONFLICT if the id means another line
 */
function isThereAlready({ tx }: CommandContext, orderId: string, asked: LineInput, line: LineRow, field: string): true {
  const stored = modifiersOf(tx.connection, line.orderId).get(line.id) ?? [];
  const units = (list: readonly { quantity: number }[]) => list.reduce((sum, { quantity }) => sum + quantity, 0);
  const chosen = new Set(stored.map(({ optionId }) => optionId));
  const same =
    line.orderId === orderId &&
    line.productId === productByRef(tx.connection, asked.product_id)?.id &&
    line.quantity === asked.quantity &&
    line.seat === (asked.seat ?? null) &&
    line.note === noteOf(asked) &&
    (asked.course == null || asked.course === line.course) &&
    units(asked.modifiers) === units(stored) &&
    asked.modifiers.every(({ option_id }) => typeof option_id === 'number' || chosen.has(option_id));
  if (!same) throw new Problem('CONFLICT', { field });
  return true;
}

/** A note of nothing but blanks is no note. */
const noteOf = ({ note }: LineInput): string | null => (note == null || note === '' ? null : note);

/**
 * Prices and writes lines, takes their portions, and returns the new ones as they were written; a line that is there
 * already (a device asked twice) is left alone. Prices are the menu's, whatever a client believes.
 * @throws Problem whatever the menu refuses, with its field; CONFLICT for a line id that means another line
 */
export function putLines(context: CommandContext, put: Putting): NewLine[] {
  const { tx, ids, now, actor } = context;
  const writer = tx.on('order', put.orderId);
  const added: NewLine[] = [];
  for (const [index, asked] of put.lines.entries()) {
    const at = `${put.field}.${index}.`;
    const known = asked.id === undefined ? undefined : lineById(tx.connection, asked.id);
    if (known !== undefined && isThereAlready(context, put.orderId, asked, known, `${at}id`)) continue;
    const { product_id, quantity, modifiers } = asked;
    const priced = priceLine(
      tx.connection,
      { product_ref: product_id, quantity, modifiers, fill_defaults: put.fillDefaults },
      at,
    );
    if (put.linesSoFar + added.length >= MOST_LINES) {
      throw new Problem('VALIDATION_ERROR', {
        field: put.field,
        message: `A check takes ${MOST_LINES} lines at most.`,
      });
    }
    takePortions(context, priced.productId, asked.quantity);
    const id = asked.id ?? ids.next();
    const line: LineRow = {
      id,
      orderId: put.orderId,
      n: put.linesSoFar + added.length + 1,
      productId: priced.productId,
      productName: priced.productName,
      kitchenName: priced.kitchenName,
      categoryId: priced.categoryId,
      quantity: asked.quantity,
      unitPriceMinor: priced.unitPriceMinor,
      vatBps: priced.vatBps,
      seat: asked.seat ?? null,
      course: asked.course ?? priced.course,
      stationIds: [...priced.stationIds],
      allergens: [...priced.allergens],
      note: noteOf(asked),
      status: put.fired ? 'fired' : 'held',
      addedBy: actor.id,
      addedAt: now,
      firedAt: put.fired ? now : null,
      readyAt: null,
      servedAt: null,
      voidedAt: null,
      voidedBy: null,
      voidReason: null,
    };
    writer.insert(orderLineTable, line);
    added.push({ line, modifiers: putModifiers(context, put.orderId, id, priced) });
  }
  return added;
}

/** Writes the choices of one line, in the order of the menu. */
export function putModifiers(
  { tx, ids }: CommandContext,
  orderId: string,
  lineId: string,
  { modifiers }: Pick<PricedLine, 'modifiers'>,
): ModifierRow[] {
  const writer = tx.on('order', orderId);
  const rows = modifiers.map((modifier, n): ModifierRow => ({ id: ids.next(), lineId, ...modifier, n }));
  for (const row of rows) writer.insert(orderLineModifierTable, row);
  return rows;
}
