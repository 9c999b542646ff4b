import type { Person } from '../../harness/people.ts';
import { Disagreement, pence } from './telling.ts';

interface Option {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

export interface Dish {
  readonly product_id: string;
  readonly name: string;
  readonly vatBps: number;
  readonly modifiers: readonly { readonly option_id: string; readonly quantity: number }[];
  /** Pence for one, choices included, reckoned here and not by the server. */
  readonly price: number;
}

/**
 * Looks a dish up on the menu with its choices.
 * @param included names of choices that the menu says are in the price of the dish
 */
export async function dishOf(
  who: Person,
  name: string,
  choices: readonly string[] = [],
  included: readonly string[] = [],
): Promise<Dish> {
  const all = (await who.does('GET', 'products')) as { uuid: string; name: string }[];
  const listed = all.find((product) => product.name === name);
  if (listed === undefined) throw new Disagreement(`${name} is not on the menu`);
  const product = await who.does('GET', `products/${listed.uuid}`);
  const options = (product.modifier_groups as { options: Option[] }[]).flatMap((group) => group.options);
  const picked = [...choices, ...included].map((choice) => {
    const option = options.find((one) => one.name === choice);
    if (option === undefined) throw new Disagreement(`${name} has no choice ${choice}`);
    return option;
  });
  const charged = picked.filter((option) => !included.includes(option.name));
  return {
    product_id: listed.uuid,
    name,
    vatBps: product.vat_bps,
    modifiers: picked.map(({ id }) => ({ option_id: id, quantity: 1 })),
    price: pence(product.price) + charged.reduce((sum, option) => sum + pence(option.price), 0),
  };
}

/** A percentage in basis points, half up, as guests' bills are rounded. */
export const percentOf = (amount: number, bps: number): number => Math.floor((amount * bps + 5_000) / 10_000);

/** The VAT that is in a price with VAT, half up. */
export const vatIn = (gross: number, bps: number): number =>
  Math.floor((2 * gross * bps + 10_000 + bps) / (2 * (10_000 + bps)));
