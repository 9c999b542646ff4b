import { z } from 'zod';
import { Uuid } from '#contract/ids.ts';
import { MinorUnits } from '#contract/money.ts';
import type { Command } from './commands/define.ts';
import { changeProduct } from './features/menu/index.ts';
import type { AllowList } from './relay-link/inbox.ts';

/** What the platform may do in a store, by the name it asks under. What is in no row, it may not. */
export const platformMay: AllowList = {
  'menu.change_product': {
    command: changeProduct as unknown as Command,
    input: z.strictObject({ product_id: Uuid, price_minor: MinorUnits }),
    entityId: ({ product_id }) => String(product_id),
    permission: 'menu.change',
  },
};
