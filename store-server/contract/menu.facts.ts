import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';

const heardByAll = { version: 1, audience: ['pos', 'kitchen', 'management'] } as const;

export const categoryChanged = defineFact({
  ...heardByAll,
  kind: 'menu.category_changed',
  entity: 'menu_category',
  body: z.object({ category_id: Uuid, name: z.string(), active: z.boolean() }),
});
export const productChanged = defineFact({
  ...heardByAll,
  kind: 'menu.product_changed',
  entity: 'product',
  body: z.object({
    product_id: Uuid,
    name: z.string(),
    category_id: Uuid,
    price_minor: z.int(),
    vat_bps: z.int(),
    active: z.boolean(),
  }),
});
/** A group of choices, its options or what can be had of them. */
export const groupChanged = defineFact({
  ...heardByAll,
  kind: 'menu.group_changed',
  entity: 'modifier_group',
  body: z.object({ group_id: Uuid, name: z.string(), active: z.boolean(), sold_out_option_ids: z.array(Uuid) }),
});

const aboutStock = {
  ...heardByAll,
  entity: 'product',
  body: z.object({
    product_id: Uuid,
    product_name: z.string(),
    /** Portions left; null is not counted. */
    remaining: z.int().min(0).nullable(),
  }),
} as const;

/** Nobody can order it any more: taken off by hand (86) or counted down to nothing. */
export const stockSoldOut = defineFact({ ...aboutStock, kind: 'stock.sold_out' });
/** The count has come down to the last few portions. */
export const stockLow = defineFact({ ...aboutStock, kind: 'stock.low' });
/** It can be ordered again, or is no longer counted. */
export const stockBack = defineFact({ ...aboutStock, kind: 'stock.back' });
/** A plain step of the count, so that every device shows the same "n left". */
export const stockCounted = defineFact({ ...aboutStock, kind: 'stock.counted' });
