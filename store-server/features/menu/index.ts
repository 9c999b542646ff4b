export type { PricedModifier } from './menu.pricing.rules.ts';
export { type AskedLine, type PricedLine, priceLine } from './menu.pricing.ts';
export { categoryById, productByRef } from './menu.reads.ts';
export { giveBackPortions, stockOf, takePortions } from './menu.stock.ts';
export type { MenuCategory, MenuProduct, Stock } from './menu.types.ts';
