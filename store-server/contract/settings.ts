import { z } from 'zod';
import { defineFact } from './facts.ts';

/** What an order can be; the floor's word for how it leaves the kitchen. */
export const OrderType = z.enum(['dine_in', 'takeaway', 'collection', 'delivery', 'counter', 'bar']);

const text = (longest: number) => z.string().trim().max(longest);

/** Intl knows the time zones; a fixed offset such as +01:00 would get summer time wrong, so it is refused. */
const knownZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

export const TimeZone = z.string().max(60).refine(knownZone, 'has to be a time zone such as Europe/London');
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'has to be a time such as 04:00');
const VatBps = z.int().min(0).max(10_000);

const groups = {
  restaurant: z.strictObject({
    name: text(100).min(1),
    address: text(300),
    phone: text(40),
    email: text(200),
    website: text(200),
    vat_number: text(40),
  }),
  /** Fixed: orders and payments are stamped with it. Given here so that what was read can be sent back. */
  currency: z.literal('GBP'),
  time_zone: TimeZone,
  /** Store time at which a business day ends, HH:MM. */
  day_ends_at: TimeOfDay,
  /** Whether menu prices include VAT. */
  vat_inclusive: z.boolean(),
  /** Basis points: 2000 is 20 %. */
  default_vat_bps: VatBps,
  service_charge: z.strictObject({
    enabled: z.boolean(),
    /** Basis points of the goods after discounts. */
    bps: z.int().min(0).max(5_000),
    /** A mandatory charge carries VAT and cannot be taken off. */
    mandatory: z.boolean(),
    /** From how many covers it is added. */
    min_covers: z.int().min(1).max(999),
    order_types: z.array(OrderType).max(6),
  }),
  /** When an order sent whole by an older client goes to the kitchen. */
  legacy_fire: z.enum(['on_create', 'on_payment']),
  /** When the cash drawer opens by itself. */
  drawer: z.strictObject({
    on_cash_sale: z.boolean(),
    on_cash_refund: z.boolean(),
    on_no_sale: z.boolean(),
  }),
  receipt: z.strictObject({
    header: text(500),
    footer: text(500),
    show_vat_breakdown: z.boolean(),
  }),
  /** What a table becomes when its last check is paid. */
  table_after_payment: z.enum(['cleaning', 'available']),
  /** Chosen under /api/v1/backups, where the folder is looked at; given here so that what was read can be sent back. */
  backup: z.strictObject({
    /** Absolute path of a folder on another disk for a second copy of each snapshot; empty for none. */
    second_folder: text(500),
  }),
};

export const Settings = z.strictObject(groups);
export type Settings = z.output<typeof Settings>;
export type SettingKey = keyof Settings;

export const defaultSettings: Settings = {
  restaurant: {
    name: 'Restaurant',
    address: '',
    phone: '',
    email: '',
    website: '',
    vat_number: '',
  },
  currency: 'GBP',
  time_zone: 'Europe/London',
  day_ends_at: '04:00',
  vat_inclusive: true,
  default_vat_bps: 2000,
  service_charge: {
    enabled: true,
    bps: 1250,
    mandatory: false,
    min_covers: 1,
    order_types: ['dine_in'],
  },
  legacy_fire: 'on_create',
  drawer: { on_cash_sale: true, on_cash_refund: true, on_no_sale: true },
  receipt: { header: '', footer: '', show_vat_breakdown: true },
  table_after_payment: 'cleaning',
  backup: { second_folder: '' },
};

/** Any part of the settings; inside a group too, what is not named stays as it is. */
export const ChangeSettings = z
  .strictObject({
    ...groups,
    restaurant: groups.restaurant.partial(),
    service_charge: groups.service_charge.partial(),
    drawer: groups.drawer.partial(),
    receipt: groups.receipt.partial(),
    backup: groups.backup.partial(),
  })
  .partial();
export type ChangeSettings = z.output<typeof ChangeSettings>;

/** A change together with what its author saw. */
export const SaveSettings = ChangeSettings.extend({
  /**
   * What each setting was when somebody began to edit it, by names such as `service_charge.bps`. A setting that is something
   * else by now is not overwritten: VERSION_CONFLICT names it under `keys`. Without this, the last one to save wins.
   */
  seen: z.record(z.string().max(60), z.unknown()).optional(),
});

/** Who gave a setting its present value, and when. */
export const SettingOriginDto = z.object({
  /** Such as `service_charge.bps`. */
  key: z.string(),
  changed_at: z.string(),
  /** Null for what the server did itself. */
  changed_by: z.string().nullable(),
});

export const receiptSamples = ['short', 'long', 'split', 'refund'] as const;
export type ReceiptSample = (typeof receiptSamples)[number];

export const PreviewReceipt = z.strictObject({
  /** Laid over the settings as they are; nothing is saved. */
  settings: ChangeSettings,
  sample: z.enum(receiptSamples),
  paper_mm: z.literal([80, 58]),
});

export const ReceiptPreviewDto = z.object({
  /** The paper as a picture, SVG, one unit for each dot of the printer. */
  svg: z.string(),
  /** The same in words, line by line. */
  text: z.string(),
});

/** Tells which settings changed, such as `service_charge.bps`; whoever needs the values reads them. */
export const settingsChanged = defineFact({
  kind: 'settings.changed',
  version: 1,
  entity: 'settings',
  audience: ['pos', 'kitchen', 'management'],
  body: z.object({ keys: z.array(z.string().max(60)).max(50) }),
});

export const FoundStore = z.object({ kind: z.enum(['restaurant', 'demo']) });

/** The store's first entry: from here on it has an identity. */
export const storeFounded = defineFact({
  kind: 'store.founded',
  version: 1,
  entity: 'store',
  audience: ['management'],
  body: z.object({
    store_id: z.string(),
    restaurant_id: z.string(),
    kind: z.string(),
    epoch: z.string(),
  }),
});

/** There is another history of this restaurant; this one goes on as an epoch of its own, from where the two part. */
export const storeBranched = defineFact({
  kind: 'store.branched',
  version: 1,
  entity: 'store',
  audience: ['pos', 'kitchen', 'management'],
  body: z.object({
    store_id: z.string(),
    epoch: z.string(),
    parent_epoch: z.string(),
    /** The last entry that both histories have. */
    parent_seq: z.int(),
  }),
});
