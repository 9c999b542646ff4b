import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeUnits } from './menu.free.rules.ts';
import type { Dish, Pick } from './menu.picks.rules.ts';
import { priceChoice } from './menu.pricing.rules.ts';
import type { MenuGroup, MenuOption } from './menu.types.ts';

const option = (name: string, fields: Partial<MenuOption> = {}): MenuOption => ({
  id: name,
  alias: 1,
  groupId: '',
  name,
  kitchenName: name.toUpperCase(),
  priceMinor: 0,
  pricesBySize: {},
  maxQuantity: 1,
  isDefault: false,
  soldOut: false,
  allergens: [],
  sortOrder: 0,
  nestedGroupId: null,
  nested: null,
  ...fields,
});
const group = (name: string, options: readonly MenuOption[], fields: Partial<MenuGroup> = {}): MenuGroup => ({
  id: name,
  alias: 1,
  name,
  kind: 'choice',
  min: 1,
  max: 1,
  freeCount: 0,
  active: true,
  options: options.map((one) => ({ ...one, groupId: name })),
  ...fields,
});
const pick = (...names: readonly string[]): Pick[] => names.map((optionId) => ({ optionId, quantity: 1 }));

const doneness = group('How cooked', [option('Rare'), option('Medium', { isDefault: true })]);
const dressing = group('Dressing', [option('Ranch'), option('Balsamic', { isDefault: true })]);
const salad = group('Salad', [option('Side salad', { priceMinor: 100, nested: dressing }), option('Slaw')]);
const sides = group('Side', [
  option('Chips', { isDefault: true }),
  option('Something green', { nested: salad, allergens: ['mustard'] }),
]);
const steak: Dish = { name: 'Ribeye', priceMinor: 2900, groups: [doneness, sides] };

const toppings = group(
  'Toppings',
  [
    option('Olives', { priceMinor: 150, pricesBySize: { Large: 200 }, maxQuantity: 3 }),
    option('Ham', { priceMinor: 250, pricesBySize: { Large: 300 } }),
    option('No cheese', { priceMinor: -50 }),
  ],
  { kind: 'extra', min: 0, max: null, freeCount: 1 },
);
const size = group('Size', [option('Regular', { isDefault: true }), option('Large', { priceMinor: 400 })], {
  kind: 'size',
});
const pizza: Dish = { name: 'Margherita', priceMinor: 1100, groups: [toppings, size] };

const refusalOf = (dish: Dish, picks: readonly Pick[], fillDefaults = false) => {
  const answer = priceChoice(dish, picks, fillDefaults);
  if (answer.ok) throw new Error('it was allowed');
  return answer;
};
const pricedOf = (dish: Dish, picks: readonly Pick[], fillDefaults = false) => {
  const answer = priceChoice(dish, picks, fillDefaults);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
};

test('a steak cannot be ordered without saying how it is cooked', () => {
  expect(refusalOf(steak, pick('Chips'))).toMatchObject({
    code: 'MODIFIER_REQUIRED',
    field: 'modifiers',
    details: { group_id: 'How cooked', group: 'How cooked', product: 'Ribeye', min: 1 },
  });
});

test('a client that knows no modifiers gets the default picks of required groups, and of what they open', () => {
  expect(pricedOf(steak, [], true).modifiers.map((one) => one.name)).toEqual(['Medium', 'Chips']);
  const green = pricedOf(steak, pick('Something green', 'Side salad'), true);
  expect(green.modifiers.map(({ name, depth }) => [name, depth])).toEqual([
    ['Medium', 0],
    ['Something green', 0],
    ['Side salad', 1],
    ['Balsamic', 2],
  ]);
});

test('a required group without a default stays required for every client', () => {
  expect(refusalOf(steak, pick('Something green'), true)).toMatchObject({
    code: 'MODIFIER_REQUIRED',
    details: { group: 'Salad' },
  });
});

test('the side salad opens its dressing, three levels down, and brings allergens and prices along', () => {
  const priced = pricedOf(steak, pick('Rare', 'Something green', 'Side salad', 'Ranch'));
  expect(priced.unitPriceMinor).toBe(3000);
  expect(priced.allergens).toEqual(['mustard']);
  expect(refusalOf(steak, pick('Rare', 'Something green', 'Side salad')).code).toBe('MODIFIER_REQUIRED');
});

test('a dressing without the salad that offers it is not offered', () => {
  expect(refusalOf(steak, pick('Rare', 'Chips', 'Ranch')).details).toMatchObject({
    reason: 'not_offered',
    option_id: 'Ranch',
  });
});

test('the size decides what toppings cost, wherever the size group stands', () => {
  expect(pricedOf(pizza, pick('Olives', 'Ham', 'Regular')).unitPriceMinor).toBe(1100 + 150);
  expect(pricedOf(pizza, pick('Olives', 'Ham', 'Large')).unitPriceMinor).toBe(1100 + 400 + 200);
  expect(refusalOf(pizza, pick('Regular', 'Large')).details).toMatchObject({ reason: 'too_many_choices', max: 1 });
});

test('of three olives with one included, the check shows one free and two charged', () => {
  const priced = pricedOf(pizza, [{ optionId: 'Olives', quantity: 3 }, ...pick('Regular')]);
  expect(priced.modifiers.filter((one) => one.name === 'Olives')).toMatchObject([
    { quantity: 1, priceMinor: 0 },
    { quantity: 2, priceMinor: 150 },
  ]);
  expect(priced.unitPriceMinor).toBe(1400);
});

test('too many of one, one picked twice and one that ran out are refused by name', () => {
  const four = [{ optionId: 'Olives', quantity: 4 }, ...pick('Regular')];
  expect(refusalOf(pizza, four).details).toMatchObject({ reason: 'too_many_of_one', max: 3 });
  expect(refusalOf(pizza, pick('Ham', 'Ham', 'Regular')).details).toMatchObject({ reason: 'chosen_twice' });
  const out = { ...steak, groups: [group('Side', [option('Chips', { soldOut: true, isDefault: true })])] };
  expect(refusalOf(out, [], true)).toMatchObject({ code: 'LINE_SOLD_OUT', details: { option: 'Chips' } });
});

test('a dish never costs less than nothing', () => {
  const cheap = { ...pizza, priceMinor: 40 };
  expect(refusalOf(cheap, pick('No cheese', 'Regular')).details).toMatchObject({ reason: 'below_zero' });
});

const priceArb = fc.integer({ min: -200, max: 900 });
const picksArb = fc.array(fc.record({ price: priceArb, quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8 });

test('free units: never more than promised, never a dearer one charged while a cheaper one is free', () => {
  fc.assert(
    fc.property(picksArb, fc.integer({ min: 0, max: 12 }), (picks, freeCount) => {
      const free = freeUnits(freeCount, picks);
      const payable = picks.filter(({ price }) => price > 0).reduce((sum, { quantity }) => sum + quantity, 0);
      expect(free.reduce((sum, one) => sum + one, 0)).toBe(Math.min(freeCount, payable));
      const given = picks.flatMap(({ price }, index) => (free[index]! > 0 ? [price] : []));
      const charged = picks.flatMap(({ price, quantity }, index) => (free[index]! < quantity ? [price] : []));
      expect(Math.min(...given)).toBeGreaterThanOrEqual(Math.max(...charged.filter((price) => price > 0), -Infinity));
    }),
  );
});

test('the price of a dish is its own price and what its check shows for every pick, in any order of tapping', () => {
  const dishArb = fc.record({
    priceMinor: fc.integer({ min: 2000, max: 9000 }),
    options: fc.array(
      fc.record({ price: priceArb, large: fc.option(priceArb), quantity: fc.integer({ min: 0, max: 3 }) }),
      { minLength: 1, maxLength: 6 },
    ),
    freeCount: fc.integer({ min: 0, max: 4 }),
    large: fc.boolean(),
  });
  fc.assert(
    fc.property(dishArb, fc.func(fc.integer()), ({ priceMinor, options, freeCount, large }, shuffle) => {
      const extras = options.map(({ price, large: whenLarge }, index) =>
        option(`x${index}`, {
          priceMinor: price,
          pricesBySize: whenLarge === null ? {} : { Large: whenLarge },
          maxQuantity: 3,
        }),
      );
      const dish: Dish = {
        name: 'Dish',
        priceMinor,
        groups: [group('Extras', extras, { kind: 'extra', min: 0, max: null, freeCount }), size],
      };
      const picks: Pick[] = [
        ...options.flatMap(({ quantity }, index) => (quantity > 0 ? [{ optionId: `x${index}`, quantity }] : [])),
        ...pick(large ? 'Large' : 'Regular'),
      ];
      const priced = pricedOf(dish, picks);
      const shown = priced.modifiers.reduce((sum, one) => sum + one.priceMinor * one.quantity, 0);
      expect(priced.unitPriceMinor).toBe(priceMinor + shown);
      for (const { optionId, quantity } of picks) {
        const units = priced.modifiers.filter((one) => one.optionId === optionId);
        expect(units.reduce((sum, one) => sum + one.quantity, 0)).toBe(quantity);
      }
      const reshuffled = [...picks].sort((a, b) => shuffle(a.optionId) - shuffle(b.optionId));
      expect(pricedOf(dish, reshuffled)).toEqual(priced);
    }),
  );
});
