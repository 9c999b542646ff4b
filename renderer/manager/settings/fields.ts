import type { Settings } from '#contract/settings.ts';
import { texts } from './settings.texts.ts';

/** A setting's name, such as `service_charge.bps`. */
export type SettingName = keyof typeof texts.fields;

/** What can be typed or chosen. `max` is the number of characters; rates are basis points on the wire. */
export type FieldKind =
  | { readonly kind: 'text'; readonly max: number; readonly type?: 'tel' | 'email' | 'url' }
  | { readonly kind: 'lines'; readonly max: number }
  | { readonly kind: 'percent'; readonly most: number }
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  | { readonly kind: 'time' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'one'; readonly of: Readonly<Record<string, string>> }
  | { readonly kind: 'many'; readonly of: Readonly<Record<string, string>> };

export type Field = FieldKind & { readonly name: SettingName };

export interface Section {
  readonly id: keyof typeof texts.sections;
  readonly fields: readonly Field[];
  /** Whether these settings show on a receipt. */
  readonly onPaper: boolean;
}

export const sections: readonly Section[] = [
  {
    id: 'restaurant',
    onPaper: true,
    fields: [
      { name: 'restaurant.name', kind: 'text', max: 100 },
      { name: 'restaurant.address', kind: 'lines', max: 300 },
      { name: 'restaurant.phone', kind: 'text', max: 40, type: 'tel' },
      { name: 'restaurant.email', kind: 'text', max: 200, type: 'email' },
      { name: 'restaurant.website', kind: 'text', max: 200, type: 'url' },
      { name: 'restaurant.vat_number', kind: 'text', max: 40 },
    ],
  },
  {
    id: 'tax',
    onPaper: true,
    fields: [
      { name: 'vat_inclusive', kind: 'switch' },
      { name: 'default_vat_bps', kind: 'percent', most: 100 },
    ],
  },
  {
    id: 'service',
    onPaper: true,
    fields: [
      { name: 'service_charge.enabled', kind: 'switch' },
      { name: 'service_charge.bps', kind: 'percent', most: 50 },
      { name: 'service_charge.min_covers', kind: 'whole', least: 1, most: 999 },
      { name: 'service_charge.order_types', kind: 'many', of: texts.orderTypes },
      { name: 'service_charge.mandatory', kind: 'switch' },
    ],
  },
  {
    id: 'receipts',
    onPaper: true,
    fields: [
      { name: 'receipt.header', kind: 'lines', max: 500 },
      { name: 'receipt.footer', kind: 'lines', max: 500 },
      { name: 'receipt.show_vat_breakdown', kind: 'switch' },
    ],
  },
  {
    id: 'day',
    onPaper: false,
    fields: [
      { name: 'day_ends_at', kind: 'time' },
      { name: 'time_zone', kind: 'zone' },
    ],
  },
  {
    id: 'drawer',
    onPaper: false,
    fields: [
      { name: 'drawer.on_cash_sale', kind: 'switch' },
      { name: 'drawer.on_cash_refund', kind: 'switch' },
      { name: 'drawer.on_no_sale', kind: 'switch' },
    ],
  },
  {
    id: 'floor',
    onPaper: false,
    fields: [
      { name: 'table_after_payment', kind: 'one', of: texts.afterPayment },
      { name: 'legacy_fire', kind: 'one', of: texts.legacyFire },
    ],
  },
];

export const allFields: readonly Field[] = sections.flatMap(({ fields }) => fields);

/** What a setting is now, by its name. */
export function settingIn(settings: Settings, name: string): unknown {
  const [group = '', inner] = name.split('.');
  const value = settings[group as keyof Settings] as Record<string, unknown> | unknown;
  return inner === undefined ? value : (value as Record<string, unknown>)[inner];
}

/** A value as people read it: to say what somebody else has set. */
export function inWords(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'switch':
      return value === true ? texts.on : texts.off;
    case 'percent':
      return texts.percent(Number(value) / 100);
    case 'one':
      return field.of[String(value)] ?? String(value);
    case 'many':
      return (value as string[]).map((one) => field.of[one] ?? one).join(', ') || texts.nothing;
    default:
      return String(value) === '' ? texts.nothing : String(value).replaceAll('\n', ', ');
  }
}

/** What cannot be sent as it stands; the server has the last word on everything else. */
export function mistakeIn(field: Field, value: unknown): string | null {
  if (value === null) return field.kind === 'percent' ? texts.missing.percent : texts.missing.number;
  if (field.name === 'restaurant.name' && String(value).trim() === '') return texts.missing.name;
  if (field.kind === 'time' && value === '') return texts.missing.time;
  return null;
}
