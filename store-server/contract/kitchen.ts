import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Ref, Uuid } from './ids.ts';

/** One dish as the kitchen reads it: kitchen wording, integer quantities. */
export interface KitchenLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly kitchenName: string;
  readonly modifiers: readonly { readonly kitchenName: string; readonly quantity: number; readonly depth: number }[];
  readonly note: string | null;
  readonly seat: number | null;
  readonly course: number;
  readonly stationIds: readonly string[];
}

export interface KitchenAllergy {
  readonly seat: number;
  readonly allergens: readonly string[];
  readonly note: string | null;
}

/** Everything about a check that heads its tickets. */
export interface KitchenCheck {
  readonly orderId: string;
  readonly orderNumber: number;
  readonly orderType: string;
  readonly tableName: string | null;
  readonly covers: number;
  readonly serverName: string;
  readonly allergies: readonly KitchenAllergy[];
  readonly note: string | null;
}

/** What is fired at once. Times are epoch ms. */
export interface KitchenTicket extends KitchenCheck {
  readonly course: number | null;
  readonly lines: readonly KitchenLine[];
  readonly firedAt: number;
}

/** A dish that is not wanted any more. */
export interface VoidSlip extends KitchenCheck {
  readonly line: KitchenLine;
  readonly reason: string;
  readonly voidedBy: string;
  readonly voidedAt: number;
}

/** Something the cooks of some stations must know about a check: it moved, an allergy was noted, a line changed. */
export interface KitchenNotice extends KitchenCheck {
  readonly heading: string;
  readonly text: readonly string[];
  readonly stationIds: readonly string[];
  readonly at: number;
}

export const StationDto = z.object({
  id: Uuid,
  station_id: z.int(),
  name: z.string(),
  color: z.string(),
  active: z.boolean(),
  printers: z.array(z.object({ id: Uuid, name: z.string() })),
});

const Name = z.string().trim().min(1).max(40);
const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'has to be a colour such as #1F4E79');

/** The printers that put out its tickets, all of them. */
const Printers = z.array(Ref).max(20);

export const AddStationInput = z.strictObject({
  name: Name,
  color: Color.default('#1F4E79'),
  printers: Printers.optional(),
});
/** Changes the fields given; `printers` replaces those it had. */
export const ChangeStationBody = z.strictObject({
  name: Name.optional(),
  color: Color.optional(),
  active: z.boolean().optional(),
  printers: Printers.optional(),
});

const stationBody = z.object({ station_id: Uuid, name: z.string() });
const forManagers = { version: 1, entity: 'station', audience: ['management'] } as const;

export const stationAdded = defineFact({ ...forManagers, kind: 'station.added', body: stationBody });
export const stationChanged = defineFact({ ...forManagers, kind: 'station.changed', body: stationBody });

/** The cooks were told not to make a dish; the reason and who said so are in the fact about the line itself. */
export const voidSlipSent = defineFact({
  version: 1,
  entity: 'order',
  audience: ['pos', 'kitchen', 'management'],
  kind: 'kitchen.void_slip',
  body: z.object({
    order_id: Uuid,
    order_number: z.int(),
    table_name: z.string().nullable(),
    line_id: Uuid,
    item_name: z.string(),
    quantity: z.int(),
    station_ids: z.array(z.string()),
  }),
});
