import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';

const heardByAll = { version: 1, audience: ['pos', 'kitchen', 'management'] } as const;
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
