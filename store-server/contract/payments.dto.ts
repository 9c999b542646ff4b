import { z } from 'zod';
import { Uuid } from './ids.ts';
import { OrderDto, PaymentOfOrderDto } from './orders.dto.ts';

const money = z.number();

/** The payment as taken, and the order as it then stands. */
export const PaymentDto = PaymentOfOrderDto.extend({
  order_id: Uuid,
  order_number: z.int(),
  status: z.literal('completed'),
  amount_due: money,
  settled: z.boolean(),
  order: OrderDto,
});

/** The copy that is printing: `copy` is the number that stands on it. */
export const ReceiptCopyDto = z.object({
  order_id: Uuid,
  order_number: z.int(),
  share_id: z.string().nullable(),
  copy: z.int(),
  printer_id: Uuid,
});

/** What can still be given back of a check, and what would go back for what was asked, to the penny. */
export const RefundableDto = z.object({
  amount_left: money,
  /** The tenders that the guests used. */
  methods: z.array(z.string()),
  /** Pieces of each line that have not gone back. */
  lines: z.array(z.object({ line_id: Uuid, quantity: z.int() })),
  quote: z.object({ amount: money }).nullable(),
});

export const RefundDto = z.object({
  id: Uuid,
  order_id: Uuid,
  order_number: z.int(),
  status: z.literal('completed'),
  method: z.string(),
  payment_method: z.string(),
  amount: money,
  reason: z.string(),
  share_id: z.string().nullable(),
  lines: z.array(z.object({ line_id: Uuid, quantity: z.int() })),
  tax_amount: money,
  service_charge: money,
  approved_by: z.string().nullable(),
  created_at: z.string(),
  order: OrderDto,
});
