import type { Allergen } from '#contract/allergens.ts';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import type { Minor } from '../../kernel/money.ts';
import { Problem } from '../../kernel/verdict.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { type PricedModifier, priceChoice } from './menu.pricing.rules.ts';
import { stockOf } from './menu.stock.ts';

/** What a device asks for. */
export interface AskedLine {
  readonly product_ref: Ref;
  readonly quantity: number;
  readonly modifiers: readonly { readonly option_id: Ref; readonly quantity: number }[];
  /** For clients that know no modifiers: required groups without a pick take their default picks. */
  readonly fill_defaults: boolean;
}

/** Everything a check has to remember of a dish, as it is now. */
export interface PricedLine {
  readonly productId: string;
  readonly productName: string;
  readonly kitchenName: string;
  readonly categoryId: string;
  /** One portion in minor units, modifiers included. */
  readonly unitPriceMinor: Minor;
  readonly vatBps: number;
  readonly course: number;
  /** Empty when nobody has said who cooks it: firing then refuses with NO_STATION. */
  readonly stationIds: readonly string[];
  readonly allergens: readonly Allergen[];
  readonly modifiers: readonly PricedModifier[];
}

/**
 * Checks and prices one line against the menu as it is in this transaction. It takes no portions: `takePortions` does.
 *
 * @param at put before the field names of refusals, such as `lines.2.`
 * @throws Problem NOT_FOUND, MODIFIER_REQUIRED, LINE_SOLD_OUT or VALIDATION_ERROR
 */
export function priceLine(connection: Connection, asked: AskedLine, at = ''): PricedLine {
  const catalogue = catalogueOf(connection);
  const product = catalogue.product(asked.product_ref);
  if (product === undefined || !product.onMenu) throw new Problem('NOT_FOUND', { field: `${at}product_id` });

  const { soldOut, remaining } = stockOf(connection, product.id);
  if (soldOut || (remaining !== null && remaining < asked.quantity)) {
    throw new Problem('LINE_SOLD_OUT', {
      field: `${at}quantity`,
      product_id: product.id,
      product: product.name,
      remaining: soldOut ? 0 : remaining,
    });
  }
  const picks = asked.modifiers.map(({ option_id, quantity }, index) => {
    const option = catalogue.option(option_id);
    if (option !== undefined) return { optionId: option.id, quantity };
    throw new Problem('VALIDATION_ERROR', {
      field: `${at}modifiers.${index}.option_id`,
      reason: 'not_offered',
      option_id,
      product: product.name,
    });
  });
  const priced = priceChoice(product, picks, asked.fill_defaults);
  if (!priced.ok) throw new Problem(priced.code, { ...priced.details, field: at + (priced.field ?? 'modifiers') });
  return {
    productId: product.id,
    productName: product.name,
    kitchenName: product.kitchenName ?? product.name,
    categoryId: product.categoryId,
    unitPriceMinor: priced.unitPriceMinor,
    vatBps: product.vatBps,
    course: product.course,
    stationIds: product.stationIds,
    allergens: [...new Set([...product.allergens, ...priced.allergens])],
    modifiers: priced.modifiers,
  };
}
