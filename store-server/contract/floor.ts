import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Ref, Uuid } from './ids.ts';

export const tableStatuses = ['available', 'occupied', 'reserved', 'cleaning', 'out_of_order'] as const;
export type TableStatus = (typeof tableStatuses)[number];

export const tableShapes = ['round', 'square', 'rectangle'] as const;

const Name = z.string().trim().min(1).max(40);
/** Table names travel as `table_number`, which older clients keep in twenty characters. */
const TableName = z.string().trim().min(1).max(20);
const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'has to be a colour such as #1F4E79');
const Seats = z.int().min(1).max(200);
/** Plan units; a table of two is about 80 wide. */
const Place = z.int().min(-10_000).max(10_000);
const Size = z.int().min(10).max(2_000);
const Turn = z.int().min(0).max(359);

export const AddSectionInput = z.strictObject({
  name: Name,
  color: Color.default('#00A651'),
  sort_order: z.int().min(0).max(10_000).optional(),
});
export const ChangeSectionBody = z.strictObject({
  name: Name.optional(),
  color: Color.optional(),
  sort_order: z.int().min(0).max(10_000).optional(),
  active: z.boolean().optional(),
});

export const AddTableInput = z.strictObject({
  name: TableName,
  section_id: Ref,
  seats: Seats.default(4),
  x: Place.default(0),
  y: Place.default(0),
  width: Size.default(80),
  height: Size.default(80),
  rotation: Turn.default(0),
  shape: z.enum(tableShapes).default('square'),
});
export const ChangeTableBody = z.strictObject({
  name: TableName.optional(),
  section_id: Ref.optional(),
  seats: Seats.optional(),
  x: Place.optional(),
  y: Place.optional(),
  width: Size.optional(),
  height: Size.optional(),
  rotation: Turn.optional(),
  shape: z.enum(tableShapes).optional(),
  active: z.boolean().optional(),
});

/** Some older apps made their own ids for servers, such as `s1`: those name nobody here and say nothing. */
const MadeUpId = z
  .string()
  .max(100)
  .transform(() => null);

/** Older clients also say `blocked`, which is out of order here. Whatever else they send is ignored. */
export const TableStatusBody = z.object({
  status: z.enum([...tableStatuses, 'blocked']).transform((said) => (said === 'blocked' ? 'out_of_order' : said)),
  server_id: z.union([Ref, MadeUpId]).nullish(),
  guest_count: z.int().min(0).max(200).nullish(),
});

export const SectionDto = z.object({
  id: Uuid,
  section_number: z.int(),
  name: z.string(),
  color: z.string(),
  sort_order: z.int(),
  active: z.boolean(),
  table_count: z.int(),
  total_capacity: z.int(),
});

/** A table as both generations of clients read it: `seats` beside `capacity`, the section by id and as an object. */
export const TableDto = z.object({
  id: Uuid,
  mobile_id: z.int(),
  name: z.string(),
  display_name: z.string(),
  seats: z.int(),
  capacity: z.int(),
  status: z.enum(tableStatuses),
  section_id: Uuid,
  section_name: z.string(),
  section: z.object({ id: Uuid, name: z.string(), color: z.string() }),
  position: z.object({ x: z.int(), y: z.int() }),
  x_position: z.int(),
  y_position: z.int(),
  width: z.int(),
  height: z.int(),
  rotation: z.int(),
  shape: z.enum(tableShapes),
  server_id: z.string().nullable(),
  server_name: z.string().nullable(),
  server: z.object({ id: z.string(), name: z.string() }).nullable(),
  occupied_since: z.string().nullable(),
  open_checks: z.int(),
  active: z.boolean(),
});

const onFloor = {
  version: 1,
  entity: 'table',
  audience: ['pos', 'management'],
} as const;
const layoutBody = z.object({
  table_id: Uuid,
  table_name: z.string(),
  section_id: Uuid,
  seats: z.int(),
});
const sectionBody = z.object({
  section_id: Uuid,
  name: z.string(),
  color: z.string(),
});

/** A table was seated, cleared, cleaned, reserved or closed off, or somebody else looks after it. Times are epoch ms. */
export const tableStatusChanged = defineFact({
  ...onFloor,
  kind: 'table.status_changed',
  body: z.object({
    table_id: Uuid,
    table_name: z.string(),
    section_id: Uuid,
    old_status: z.enum(tableStatuses),
    new_status: z.enum(tableStatuses),
    server_id: z.string().nullable(),
    guest_count: z.int().nullable(),
    order_id: z.string().nullable(),
    open_checks: z.int(),
    occupied_since: z.int().nullable(),
  }),
});
export const tableAdded = defineFact({
  ...onFloor,
  kind: 'floor.table_added',
  body: layoutBody,
});
export const tableChanged = defineFact({
  ...onFloor,
  kind: 'floor.table_changed',
  body: layoutBody.extend({ active: z.boolean() }),
});
export const sectionAdded = defineFact({
  ...onFloor,
  entity: 'section',
  kind: 'floor.section_added',
  body: sectionBody,
});
export const sectionChanged = defineFact({
  ...onFloor,
  entity: 'section',
  kind: 'floor.section_changed',
  body: sectionBody.extend({ active: z.boolean() }),
});

/** The whole floor; each table with the check that is open on it. */
export const FloorPlanDto = z.object({ tables: z.array(TableDto.loose()), sections: z.array(SectionDto) });
