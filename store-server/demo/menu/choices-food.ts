import type { DemoGroup } from './choices.ts';

const topping = (name: string, kitchen: string, small: number, large: number) =>
  ({ name, kitchen, price: small, bySize: { 'Twelve inch': large }, most: 2 }) as const;

const toppings = [
  { ...topping('Extra mozzarella', '+MOZZ', 150, 200), allergens: ['milk'] },
  topping('Pepperoni', '+PEPPERONI', 200, 250),
  topping('Smoked ham', '+HAM', 200, 250),
  topping('Roast chicken', '+CHICKEN', 225, 275),
  topping('Nduja', '+NDUJA', 225, 275),
  { ...topping('Anchovies', '+ANCHOVY', 175, 225), allergens: ['fish'] },
  topping('Mushrooms', '+MUSHROOM', 125, 175),
  topping('Olives', '+OLIVES', 125, 175),
  topping('Roast peppers', '+PEPPERS', 125, 175),
  topping('Jalapeños', '+JALAPENO', 100, 150),
] as const;

export const foodChoices = {
  doneness: {
    name: 'How cooked',
    kind: 'choice',
    options: [
      { name: 'Blue', kitchen: 'BLUE' },
      { name: 'Rare', kitchen: 'RARE' },
      { name: 'Medium rare', kitchen: 'MED RARE', usual: true },
      { name: 'Medium', kitchen: 'MEDIUM' },
      { name: 'Medium well', kitchen: 'MED WELL' },
      { name: 'Well done', kitchen: 'WELL DONE' },
    ],
  },
  steakSauce: {
    name: 'Sauce (one included)',
    kind: 'extra',
    max: 3,
    free: 1,
    options: [
      { name: 'Peppercorn', kitchen: 'PEPPERCORN', price: 250, allergens: ['milk', 'sulphites', 'celery'] },
      { name: 'Béarnaise', kitchen: 'BEARNAISE', price: 250, allergens: ['eggs', 'milk', 'sulphites'] },
      { name: 'Blue cheese', kitchen: 'BLUE CHS', price: 275, allergens: ['milk'] },
      { name: 'Garlic butter', kitchen: 'GARLIC BTR', price: 175, allergens: ['milk'] },
      { name: 'Chimichurri', kitchen: 'CHIMICHURRI', price: 200, allergens: ['sulphites'] },
    ],
  },
  burgerExtras: {
    name: 'Add',
    kind: 'extra',
    max: 6,
    options: [
      { name: 'Streaky bacon', kitchen: '+BACON', price: 200 },
      { name: 'Mature cheddar', kitchen: '+CHEDDAR', price: 150, allergens: ['milk'] },
      { name: 'Fried egg', kitchen: '+EGG', price: 150, allergens: ['eggs'] },
      { name: 'Jalapeños', kitchen: '+JALAPENO', price: 75 },
      { name: 'Another patty', kitchen: '+PATTY', price: 450, most: 2 },
      { name: 'Gluten-free bun instead', kitchen: 'GF BUN', price: 100, allergens: ['eggs'] },
    ],
  },
  burgerWithout: {
    name: 'Without',
    kind: 'removal',
    options: [
      { name: 'No onion', kitchen: 'NO ONION' },
      { name: 'No pickle', kitchen: 'NO PICKLE' },
      { name: 'No sauce', kitchen: 'NO SAUCE' },
      { name: 'No bun', kitchen: 'NO BUN', price: -50 },
    ],
  },
  fishSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: 'Regular', kitchen: 'REG', usual: true },
      { name: 'Large', kitchen: 'LARGE', price: 350 },
    ],
  },
  oysters: {
    name: 'How many',
    kind: 'size',
    options: [
      { name: 'Three', kitchen: 'x3', usual: true },
      { name: 'Six', kitchen: 'x6', price: 950 },
      { name: 'Twelve', kitchen: 'x12', price: 2750 },
    ],
  },
  pizzaSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: 'Ten inch', kitchen: '10"', usual: true },
      { name: 'Twelve inch', kitchen: '12"', price: 350 },
    ],
  },
  toppings: { name: 'Extra toppings', kind: 'extra', max: 8, sizesOf: 'pizzaSize', options: toppings },
  ownToppings: {
    name: 'Toppings (two included)',
    kind: 'extra',
    max: 8,
    free: 2,
    sizesOf: 'pizzaSize',
    options: toppings,
  },
  saladExtras: {
    name: 'Add',
    kind: 'extra',
    max: 3,
    options: [
      { name: 'Grilled chicken', kitchen: '+CHICKEN', price: 425 },
      { name: 'Halloumi', kitchen: '+HALLOUMI', price: 375, allergens: ['milk'] },
      { name: 'Hot-smoked salmon', kitchen: '+SALMON', price: 525, allergens: ['fish'] },
      { name: 'Prawns', kitchen: '+PRAWNS', price: 525, allergens: ['crustaceans'] },
      { name: 'Poached egg', kitchen: '+EGG', price: 150, allergens: ['eggs'] },
    ],
  },
  scoops: {
    name: 'Flavours (two scoops)',
    kind: 'choice',
    min: 2,
    max: 2,
    options: [
      { name: 'Vanilla', kitchen: 'VAN', most: 2, usual: true, allergens: ['milk', 'eggs'] },
      { name: 'Chocolate', kitchen: 'CHOC', most: 2, usual: true, allergens: ['milk', 'eggs', 'soya'] },
      { name: 'Strawberry', kitchen: 'STRAW', most: 2, allergens: ['milk', 'eggs'] },
      { name: 'Salted caramel', kitchen: 'SALT CAR', most: 2, allergens: ['milk', 'eggs'] },
      { name: 'Pistachio', kitchen: 'PISTACHIO', most: 2, allergens: ['milk', 'eggs', 'nuts'] },
      { name: 'Lemon sorbet', kitchen: 'LEM SORBET', most: 2 },
    ],
  },
  puddingWith: {
    name: 'With',
    kind: 'extra',
    max: 1,
    free: 1,
    options: [
      { name: 'Custard', kitchen: 'CUSTARD', price: 100, allergens: ['milk', 'eggs'] },
      { name: 'Vanilla ice cream', kitchen: 'VAN ICE', price: 100, allergens: ['milk', 'eggs'] },
      { name: 'Clotted cream', kitchen: 'CLOTTED', price: 100, allergens: ['milk'] },
    ],
  },
} as const satisfies Record<string, DemoGroup>;
