import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import { OrderDto } from '#contract/orders.dto.ts';
import { type LineInput, type OpenOrderInput, Quantity } from '#contract/orders.ts';
import { openOrderCommand, orderAnswerDto } from '../features/orders/index.ts';
import type { Api } from '../http/api.ts';
import { Problem } from '../kernel/verdict.ts';

/**
 * `POST /api/v1/orders` takes three bodies. `{order_type, table_id?, covers?}` opens an empty check on our own screens.
 * `lines[]` with `qty` and `price_unit` is what Odoo-style clients send, `items[]` with `quantity` and `unit_price` the
 * REST-style ones; both order everything at once. Prices, taxes and totals in them are beliefs of the client: the
 * menu's count, and the answer's `meta.totals_reported` says how far off the client was.
 */

const Text = z.string().max(500);
const Pounds = z.number().min(-10_000_000).max(10_000_000);

/** Some clients name a choice by its id, some only in words; words reach the kitchen as a note. */
const Choice = z.union([
  z.string().max(200),
  z.object({
    option_id: Ref.nullish(),
    modifier_id: Ref.nullish(),
    id: z.union([Ref, z.string().max(100)]).nullish(),
    name: z.string().max(200).nullish(),
    quantity: z.int().min(1).max(99).nullish(),
  }),
]);

const Line = z.object({
  product_id: Ref,
  qty: Quantity.nullish(),
  quantity: Quantity.nullish(),
  seat: z.int().min(1).max(200).nullish(),
  course: z.int().min(0).max(20).nullish(),
  modifiers: z.array(Choice).max(100).nullish(),
  note: Text.nullish(),
  notes: Text.nullish(),
  special_instructions: Text.nullish(),
});

export const OrderBody = z.object({
  lines: z.array(Line).max(200).nullish(),
  items: z.array(Line).max(200).nullish(),
  order_type: z.string().max(40).nullish(),
  table_id: Ref.nullish(),
  table_number: z.union([z.string().max(40), z.int()]).nullish(),
  covers: z.int().min(1).max(200).nullish(),
  guest_count: z.int().min(0).max(200).nullish(),
  partner_name: z.string().max(100).nullish(),
  customer_name: z.string().max(100).nullish(),
  note: Text.nullish(),
  notes: Text.nullish(),
  special_instructions: Text.nullish(),
  service_charge: Pounds.min(0).nullish(),
  amount_total: Pounds.nullish(),
  total_amount: Pounds.nullish(),
  total: Pounds.nullish(),
});
type Body = z.output<typeof OrderBody>;
type BodyLine = z.output<typeof Line>;
type OrderType = OpenOrderInput['order_type'];

/** The words for what an order is, of every generation. */
const orderTypes: Readonly<Record<string, OrderType>> = {
  dine_in: 'dine_in',
  takeaway: 'takeaway',
  takeout: 'takeaway',
  pickup: 'collection',
  collection: 'collection',
  delivery: 'delivery',
  counter: 'counter',
  bar: 'bar',
};

function orderTypeOf(said: string): OrderType {
  if (Object.hasOwn(orderTypes, said)) return orderTypes[said] as OrderType;
  const message = `This is not a kind of order; it can be ${Object.keys(orderTypes).join(', ')}.`;
  throw new Problem('VALIDATION_ERROR', { field: 'order_type', message });
}

/** The nearest penny: the figure is only compared, and clients reckon with binary fractions. */
const pence = (pounds: number): number => Math.round(pounds * 100);

const firstOf = (...texts: (string | null | undefined)[]): string | null => texts.find((one) => one?.trim()) ?? null;

type AskedModifier = LineInput['modifiers'][number];

/** Choices that are known by id, and the words of those that are not. */
function choicesOf(line: BodyLine): { modifiers: AskedModifier[]; words: string[] } {
  const modifiers: AskedModifier[] = [];
  const words: string[] = [];
  for (const choice of line.modifiers ?? []) {
    if (typeof choice === 'string') {
      words.push(choice);
      continue;
    }
    const id = Ref.safeParse(choice.option_id ?? choice.modifier_id ?? choice.id);
    const quantity = choice.quantity ?? 1;
    if (id.success) modifiers.push({ option_id: id.data, quantity });
    else if (choice.name) words.push(quantity > 1 ? `${quantity} x ${choice.name}` : choice.name);
  }
  return { modifiers, words };
}

/** What a kitchen ticket takes of a note. */
const NOTE_LENGTH = 200;

function lineOf(line: BodyLine, field: string): LineInput {
  const quantity = line.qty ?? line.quantity;
  if (quantity == null) {
    throw new Problem('VALIDATION_ERROR', { field, message: 'How many of this dish is missing.' });
  }
  const { modifiers, words } = choicesOf(line);
  const note = [...words, firstOf(line.note, line.notes, line.special_instructions)].filter(Boolean).join('; ');
  return {
    product_id: line.product_id,
    quantity,
    seat: line.seat ?? null,
    course: line.course ?? null,
    modifiers,
    note: note === '' ? null : note.slice(0, NOTE_LENGTH),
  };
}

/** Where guests sit, who they are and what they say: alike in every body. */
function aboutGuests(body: Body) {
  const tableName = body.table_number == null ? '' : String(body.table_number).trim();
  return {
    table_id: body.table_id ?? null,
    table_name: tableName === '' ? null : tableName,
    covers: body.covers ?? (body.guest_count || null),
    customer_name: firstOf(body.customer_name, body.partner_name),
    note: firstOf(body.note, body.notes, body.special_instructions),
  };
}

/** An empty check of our own screens. */
function emptyCheck(body: Body): OpenOrderInput {
  if (body.order_type == null) {
    const message = 'An order needs lines or items; an empty check needs its order_type.';
    throw new Problem('VALIDATION_ERROR', { field: 'order_type', message });
  }
  return {
    ...aboutGuests(body),
    source: 'own',
    order_type: orderTypeOf(body.order_type),
    if_taken: 'refuse',
    lines: [],
    fill_defaults: false,
    fire: 'hold',
  };
}

/** An older client's whole order: it joins an occupied table with a check of its own, and fires as the settings say. */
function wholeOrder(body: Body, source: 'odoo' | 'rest', lines: readonly BodyLine[]): OpenOrderInput {
  const guests = aboutGuests(body);
  const seated = guests.table_id !== null || guests.table_name !== null;
  const total = body.amount_total ?? body.total_amount ?? body.total;
  const [list, count] = source === 'odoo' ? ['lines', 'qty'] : ['items', 'quantity'];
  return {
    ...guests,
    source,
    order_type: body.order_type == null ? (seated ? 'dine_in' : 'takeaway') : orderTypeOf(body.order_type),
    if_taken: 'another',
    lines: lines.map((line, index) => lineOf(line, `${list}.${index}.${count}`)),
    fill_defaults: true,
    fire: 'as_set',
    service_asked_minor: pence(body.service_charge ?? 0),
    client_total_minor: total == null ? null : pence(total),
  };
}

/** What a body of any generation asks for. @throws Problem VALIDATION_ERROR with its field */
export function orderFrom(body: Body): OpenOrderInput {
  if (body.lines && body.lines.length > 0) return wholeOrder(body, 'odoo', body.lines);
  if (body.items && body.items.length > 0) return wholeOrder(body, 'rest', body.items);
  return emptyCheck(body);
}

const routes = (api: Api): void =>
  api.router('/api/v1/orders', (at) => {
    at.post('', openOrderCommand, {
      summary: 'Open an empty check, or take an order whole as older clients send it',
      body: OrderBody,
      toInput: ({ body }) => orderFrom(body),
      answers: OrderDto,
      toDto: orderAnswerDto,
      tolerant: true,
    });
  });

/** One path for orders of every generation; the command behind it is the orders feature's own. */
export const c2Orders = { name: 'c2 orders', routes, commands: [] };
