import { beers, wines } from './beer-and-wine.ts';
import { children } from './children.ts';
import { classics } from './classics.ts';
import { cocktails } from './cocktails.ts';
import { desserts } from './desserts.ts';
import type { DemoCategory } from './dish.ts';
import { burgers, steaks } from './grill.ts';
import { pizzas } from './pizzas.ts';
import { salads, sides } from './salads-and-sides.ts';
import { sea } from './sea.ts';
import { hotDrinks, softDrinks } from './soft-and-hot-drinks.ts';
import { starters } from './starters.ts';
import { takeaway } from './takeaway.ts';

/** The whole menu, in the order it is printed. */
export const demoMenu: readonly DemoCategory[] = [
  starters,
  sea,
  steaks,
  burgers,
  classics,
  pizzas,
  salads,
  sides,
  children,
  desserts,
  takeaway,
  softDrinks,
  hotDrinks,
  beers,
  wines,
  cocktails,
];
