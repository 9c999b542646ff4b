import type { z } from 'zod';
import type { Act, Doing } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { menu } from '#api/operations/menu.ts';
import type { ListedProductDto } from '#contract/menu.ts';
import { catalogue } from '#ui/texts.ts';
import { say } from './say.tsx';

export type Dish = z.output<typeof ListedProductDto>;

const texts = catalogue({
  off: (dish: string) => `${dish} taken off (86)`,
  back: (dish: string) => `${dish} put back on the menu`,
});

export type Stock = { readonly available: boolean; readonly until?: 'day_end' } | { readonly remaining: number };

const set = (dish: Dish, body: Stock, key?: string) =>
  change(menu.setAvailability, { params: { product_id: dish.uuid }, body }, key === undefined ? {} : { key });

/** How it is now, for the way back: counted portions come back as they were counted, and what is off today stays so. */
export function asItIs({ available, remaining, back_tomorrow: today }: Dish): Stock {
  if (today) return { available: false, until: 'day_end' };
  return remaining === null ? { available } : { remaining };
}

/** Takes a dish off for tonight, or puts it back; the way back is kept for undo. */
const switchDish = (dish: Dish): Doing<unknown> => ({
  title: dish.available ? texts.off(dish.name) : texts.back(dish.name),
  run: (key) => set(dish, { available: !dish.available }, key),
  undo: () => set(dish, asItIs(dish)),
});

/** The same with its message, which carries the undo. */
export async function switchAndSay(act: Act, dish: Dish): Promise<void> {
  const doing = switchDish(dish);
  say(doing.title, await act.run(doing));
}
