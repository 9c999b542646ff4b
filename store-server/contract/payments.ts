import { z } from 'zod';
import { Ref, Uuid } from './ids.ts';
import { MinorUnits, Pounds } from './money.ts';

export const paymentMethods = ['cash', 'card', 'qr', 'voucher', 'other'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
const Method = z.enum(paymentMethods);

/**
 * How guests may pay. Cash lies in a drawer; everything else is recorded here after another device or another firm
 * took it, so it carries that one's reference (or the word `none`).
 */
export const tenderKinds: Readonly<Record<PaymentMethod, { readonly name: string; readonly needsReference: boolean }>> =
  {
    cash: { name: 'Cash', needsReference: false },
    card: { name: 'Card', needsReference: true },
    qr: { name: 'QR payment', needsReference: true },
    voucher: { name: 'Voucher', needsReference: true },
    other: { name: 'Other', needsReference: true },
  };

/** What older clients call the same. */
const aliases: Readonly<Record<string, PaymentMethod>> = {
  credit_card: 'card',
  debit_card: 'card',
  contactless: 'card',
  apple_pay: 'card',
  google_pay: 'card',
  mobile: 'card',
  stripe: 'card',
  square: 'card',
  sumup: 'card',
  qr_code: 'qr',
  qrcode: 'qr',
  gift_card: 'voucher',
  giftcard: 'voucher',
};

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * A card number must never be kept: 13 to 19 digits that begin as the card schemes' numbers do and pass their check
 * (ISO/IEC 7812: major industry 2 to 6, Luhn). A uuid is a terminal's own reference, whatever digits stand in it.
 */
export function holdsCardNumber(text: string): boolean {
  const runs =
    text
      .replaceAll(UUID, ' / ')
      .replaceAll(/(?<=\d)[ -](?=\d)/g, '')
      .match(/\d{13,19}/g) ?? [];
  return runs.some((digits) => /^[2-6]/.test(digits) && passesLuhn(digits));
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const worth = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0;
}

const Reference = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !holdsCardNumber(text), 'must not be a card number');

export const TakePaymentBody = z
  .strictObject({
    method: Method,
    /** Towards the check, never with the tip in it. Cash without `tendered`: what was handed over for the check. */
    amount: Pounds,
    tendered: Pounds.optional(),
    tip_amount: Pounds.optional(),
    reference: Reference.optional(),
    share_id: Uuid.optional(),
    /** The drawer that cash goes into, where several are open. */
    config_id: Ref.optional(),
  })
  .refine((body) => !tenderKinds[body.method].needsReference || body.reference !== undefined, {
    path: ['reference'],
    message: 'is needed for what another device took; write none if it has none',
  });

/** As tills of the first generations send it. */
export const LegacyPaymentBody = z.object({
  order_id: Ref,
  payment_method: z
    .string()
    .max(40)
    .transform((word) => word.trim().toLowerCase())
    .transform((word) => aliases[word] ?? word)
    .pipe(Method),
  amount: Pounds,
  tip_amount: Pounds.nullish(),
  reference: Reference.nullish(),
});

export const TakePaymentInput = z.object({
  order_id: Ref,
  method: Method,
  amount_minor: MinorUnits,
  tendered_minor: MinorUnits.nullable(),
  tip_minor: MinorUnits,
  reference: z.string().max(100).nullable(),
  share_id: Uuid.nullable(),
  config_id: Ref.nullable(),
});

/** Which receipt to print once more: of the whole check, or of one share; at the named till, else at the open one. */
export const CopyReceiptBody = z.strictObject({ share_id: Uuid.optional(), config_id: Ref.optional() });
export const CopyReceiptInput = z.object({ order_id: Ref, share_id: Uuid.nullable(), config_id: Ref.nullable() });

const Reason = z.string().trim().min(1).max(200);
const RefundLines = z.array(z.strictObject({ line_id: Uuid, quantity: z.int().min(1).max(999).optional() })).max(500);

/** What goes back: a share, whole pieces of lines, or an amount. */
export const RefundBody = z
  .strictObject({
    share_id: Uuid.optional(),
    lines: RefundLines.min(1).optional(),
    amount: Pounds.optional(),
    reason: Reason,
    method: Method.optional(),
    config_id: Ref.optional(),
  })
  .refine((body) => [body.share_id, body.lines, body.amount].filter((one) => one !== undefined).length === 1, {
    path: ['amount'],
    message: 'Say what goes back: share_id, lines or amount, one of them.',
  });
/** At most one of the three. `lines` as `id:quantity`, separated by commas. */
export const RefundableQuery = z
  .strictObject({
    share_id: Uuid.optional(),
    lines: z
      .string()
      .max(20_000)
      .transform(
        (text): z.input<typeof RefundLines> =>
          text.split(',').map((one) => {
            const [line_id = '', quantity = '1'] = one.split(':');
            return { line_id, quantity: Number(quantity) };
          }),
      )
      .pipe(RefundLines.min(1))
      .optional(),
    amount: z.coerce.number().pipe(Pounds).optional(),
  })
  .refine((asked) => Object.values(asked).filter((one) => one !== undefined).length <= 1, {
    path: ['amount'],
    message: 'Ask for share_id, lines or amount, one of them.',
  });
export const RefundInput = z.object({
  order_id: Ref,
  share_id: Uuid.nullable(),
  lines: RefundLines.nullable(),
  amount_minor: MinorUnits.nullable(),
  reason: Reason,
  method: Method.nullable(),
  config_id: Ref.nullable(),
});
