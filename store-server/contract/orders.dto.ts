import { z } from 'zod';
import { Uuid } from './ids.ts';
import { lineStatuses, orderStates, orderStatuses, paymentStatuses } from './orders.ts';
import { OrderType } from './settings.ts';

/** Money on the public API is decimal pounds with at most two places. */
const Pounds = z.number();

const ModifierDto = z.object({
  option_id: Uuid,
  group_id: Uuid,
  name: z.string(),
  quantity: z.int(),
  price: Pounds,
  depth: z.int(),
});

/** `quantity`, `unit_price` and `total_price` are also there as `qty`, `price_unit` and `price_subtotal`. */
const LineDto = z.object({
  id: Uuid,
  product_id: Uuid,
  product_name: z.string(),
  quantity: z.int(),
  qty: z.int(),
  unit_price: Pounds,
  price_unit: Pounds,
  total_price: Pounds,
  price_subtotal: Pounds,
  seat: z.int().nullable(),
  course: z.int(),
  status: z.enum(lineStatuses),
  possible: z.array(z.string()),
  modifiers: z.array(ModifierDto),
  allergens: z.array(z.string()),
  note: z.string().nullable(),
  special_instructions: z.string().nullable(),
  added_at: z.string(),
  fired_at: z.string().nullable(),
  voided_at: z.string().nullable(),
  void_reason: z.string().nullable(),
});

const ShareDto = z.object({
  id: Uuid,
  number: z.int(),
  mode: z.enum(['even', 'items', 'seats']),
  seat: z.int().nullable(),
  line_ids: z.array(Uuid),
  items_total: Pounds,
  subtotal: Pounds,
  tax_amount: Pounds,
  service_charge: Pounds,
  discount_amount: Pounds,
  total_amount: Pounds,
  amount_paid: Pounds,
  amount_due: Pounds,
});

export const PaymentOfOrderDto = z.object({
  id: Uuid,
  payment_id: z.int(),
  payment_method: z.string(),
  method: z.string(),
  amount: Pounds,
  tip_amount: Pounds,
  tendered: Pounds.nullable(),
  change: Pounds,
  reference: z.string().nullable(),
  share_id: z.string().nullable(),
  flags: z.array(z.string()),
  created_at: z.string(),
});

/** `items` and `lines` are the same list under the two names that clients know. */
export const OrderDto = z.object({
  id: Uuid,
  mobile_id: z.int(),
  restaurant_id: z.string(),
  order_number: z.int(),
  business_day: z.string(),
  order_type: OrderType,
  status: z.enum(orderStatuses),
  state: z.enum(orderStates),
  check_status: z.enum(['open', 'closed', 'cancelled']),
  payment_status: z.enum(paymentStatuses),
  possible: z.array(z.string()),
  flags: z.array(z.string()),
  table_id: z.string().nullable(),
  table_number: z.string().nullable(),
  guest_count: z.int(),
  covers: z.int(),
  customer_name: z.string().nullable(),
  partner_name: z.string().nullable(),
  server_id: z.string().nullable(),
  server_name: z.string().nullable(),
  note: z.string().nullable(),
  special_instructions: z.string().nullable(),
  currency: z.string(),
  items_total: Pounds,
  subtotal: Pounds,
  discount_amount: Pounds,
  tax_amount: Pounds,
  service_charge: Pounds,
  total_amount: Pounds,
  tip_amount: Pounds,
  amount_paid: Pounds,
  amount_due: Pounds,
  refunded_amount: Pounds,
  vat_rates: z.array(z.object({ rate: z.number(), net: Pounds, vat: Pounds, gross: Pounds })),
  items: z.array(LineDto),
  lines: z.array(LineDto),
  allergies: z.array(z.object({ seat: z.int(), allergens: z.array(z.string()), note: z.string().nullable() })),
  shares: z.array(ShareDto),
  payments: z.array(PaymentOfOrderDto),
  bill_printed_at: z.string().nullable(),
  created_at: z.string(),
  closed_at: z.string().nullable(),
});
