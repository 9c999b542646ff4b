import { z } from 'zod';
import { Allergens } from './allergens.ts';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';
import { MinorUnits, Pounds } from './money.ts';

/** How much of a menu can come in at once. */
export const importLimits = {
  dishes: 1_000,
  categories: 100,
  /** Bytes of the whole request: all that it changes is one entry of the journal, which the relay takes in one piece. */
  bodyBytes: 512 * 1024,
  /** Characters. */
  name: 80,
  kitchenName: 40,
  station: 40,
  description: 1_000,
  source: 120,
} as const;

const Name = z.string().trim().min(1).max(importLimits.name);
const Station = z.string().trim().min(1).max(importLimits.station);

const dishFields = {
  name: Name,
  /** By name. One that is not on the menu yet is made. */
  category: Name,
  /** Left out: as in the settings for a new dish, unchanged for one that is there. So with all that may be left out. */
  vat_bps: z.int().min(0).max(10_000).optional(),
  kitchen_name: z.string().trim().min(1).max(importLimits.kitchenName).optional(),
  description: z.string().trim().min(1).max(importLimits.description).optional(),
  allergens: Allergens.optional(),
  dietary_info: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
  /** Who cooks it, by name. One that is not there yet is made. */
  station: Station.optional(),
};

const around = {
  /** How a category is made, where it is not on the menu yet. */
  categories: z
    .array(
      z.strictObject({
        name: Name,
        course: z.int().min(0).max(9).optional(),
        color: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/, 'has to be a colour such as #1F4E79')
          .optional(),
        station: Station.optional(),
      }),
    )
    .max(importLimits.categories)
    .optional(),
  /** Who cooks what names no station and stands in a category that has none either. */
  station: Station.optional(),
  /** Where the menu comes from, as people call it: a file’s name, a template’s. */
  source: z.string().trim().min(1).max(importLimits.source),
};
const Dishes = <Dish extends z.ZodType>(dish: Dish) => z.array(dish).min(1).max(importLimits.dishes);

export const MenuImportBody = z.strictObject({
  ...around,
  dishes: Dishes(z.strictObject({ ...dishFields, price: Pounds })),
});
export const MenuImportInput = z.strictObject({
  ...around,
  dishes: Dishes(z.strictObject({ ...dishFields, price_minor: MinorUnits })),
});
export const UndoImportInput = z.strictObject({ import_id: Uuid });

/** An import as it is remembered. */
export const MenuImportDto = z.object({
  import_id: Uuid,
  source: z.string(),
  imported_at: z.iso.datetime(),
  /** Null where nobody was signed in. */
  imported_by: z.string().nullable(),
  /** Dishes that came onto the menu, those included that had been taken off it before. */
  added: z.int(),
  changed: z.int(),
  /** Names of what was made for it. */
  categories_added: z.array(z.string()),
  stations_added: z.array(z.string()),
  undone: z.boolean(),
});

export const MenuImportedDto = MenuImportDto.extend({
  /** Dishes that were there already just so. */
  unchanged: z.int(),
  /** Dishes on the menu after it. */
  on_menu: z.int(),
});

export const ImportUndoneDto = z.object({
  import_id: Uuid,
  taken_off: z.int(),
  put_back: z.int(),
  /** Dishes that somebody has changed since: they stay as they are. */
  left: z.array(z.object({ uuid: Uuid, name: z.string() })),
  on_menu: z.int(),
});

const aboutImport = { version: 1, entity: 'menu_import', audience: ['management'] } as const;

export const menuImported = defineFact({
  ...aboutImport,
  kind: 'menu.imported',
  body: z.object({ import_id: Uuid, added: z.int(), changed: z.int() }),
});
export const menuImportUndone = defineFact({
  ...aboutImport,
  kind: 'menu.import_undone',
  body: z.object({ import_id: Uuid, taken_off: z.int(), put_back: z.int(), left: z.int() }),
});
