import * as facts from '#contract/menu.facts.ts';
import { putBack, putBackDue, setAvailability, setOptionAvailability } from './menu.availability.commands.ts';
import { addCategory, changeCategory, showCategory, writeCategory } from './menu.category.commands.ts';
import { changeProducts } from './menu.edits.commands.ts';
import { addGroup, changeGroup } from './menu.group.commands.ts';
import { addProduct, changeProduct, removeProduct } from './menu.product.commands.ts';
import { menuRoutes } from './menu.routes.ts';

export { catalogueOf, categoryStation } from './menu.catalogue.ts';
export type { PricedModifier } from './menu.pricing.rules.ts';
export { type AskedLine, type PricedLine, priceLine } from './menu.pricing.ts';
export { type ProductFields, rewriteProduct, writeProduct } from './menu.product-writing.ts';
export { categoryById, productByRef } from './menu.reads.ts';
export { giveBackPortions, takePortions } from './menu.stock.ts';
export type { MenuCategory, MenuProduct, Stock } from './menu.types.ts';
export { addCategory, addGroup, changeProduct, putBackDue, showCategory, writeCategory };

export const menuFeature = {
  name: 'menu',
  routes: menuRoutes,
  facts: [
    facts.categoryChanged,
    facts.productChanged,
    facts.groupChanged,
    facts.stockSoldOut,
    facts.stockLow,
    facts.stockBack,
    facts.stockCounted,
  ],
  commands: [
    addCategory,
    changeCategory,
    addProduct,
    changeProduct,
    changeProducts,
    removeProduct,
    addGroup,
    changeGroup,
    setAvailability,
    setOptionAvailability,
    putBack,
  ],
};
