import type { DemoGroup } from './choices.ts';

const mixers = [
  { name: 'Tonic water', kitchen: 'TONIC', price: 190 },
  { name: 'Slimline tonic', kitchen: 'SLIM TONIC', price: 190 },
  { name: 'Ginger ale', kitchen: 'GINGER ALE', price: 190 },
  { name: 'Cola', kitchen: 'COLA', price: 160 },
  { name: 'Lemonade', kitchen: 'LEMONADE', price: 160 },
  { name: 'Soda water', kitchen: 'SODA', price: 80 },
] as const;

export const drinkChoices = {
  cupSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: 'Regular', kitchen: 'REG', usual: true },
      { name: 'Large', kitchen: 'LRG', price: 60 },
    ],
  },
  milk: {
    name: 'Milk',
    kind: 'choice',
    sizesOf: 'cupSize',
    options: [
      { name: 'Whole milk', kitchen: 'WHOLE', usual: true, allergens: ['milk'] },
      { name: 'Semi-skimmed milk', kitchen: 'SEMI', allergens: ['milk'] },
      { name: 'Oat milk', kitchen: 'OAT', price: 40, bySize: { Large: 50 }, allergens: ['gluten'] },
      { name: 'Soya milk', kitchen: 'SOYA', price: 40, bySize: { Large: 50 }, allergens: ['soya'] },
      { name: 'Almond milk', kitchen: 'ALMOND', price: 40, bySize: { Large: 50 }, allergens: ['nuts'] },
    ],
  },
  coffeeExtras: {
    name: 'Extras',
    kind: 'extra',
    max: 6,
    options: [
      { name: 'Extra shot', kitchen: '+SHOT', price: 60, most: 3 },
      { name: 'Decaffeinated', kitchen: 'DECAF' },
      { name: 'Vanilla syrup', kitchen: '+VANILLA', price: 50, most: 3 },
      { name: 'Caramel syrup', kitchen: '+CARAMEL', price: 50, most: 3 },
      { name: 'Whipped cream', kitchen: '+CREAM', price: 50, allergens: ['milk'] },
    ],
  },
  softSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: 'Half pint', kitchen: 'HALF', usual: true },
      { name: 'Pint', kitchen: 'PINT', price: 180 },
    ],
  },
  ice: {
    name: 'Served',
    kind: 'removal',
    options: [
      { name: 'No ice', kitchen: 'NO ICE' },
      { name: 'No slice', kitchen: 'NO SLICE' },
    ],
  },
  beerSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: 'Pint', kitchen: 'PINT', usual: true },
      { name: 'Two-thirds', kitchen: '2/3', price: -170 },
      { name: 'Half', kitchen: 'HALF', price: -260 },
    ],
  },
  houseWineSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: '125 ml', kitchen: '125', price: -190 },
      { name: '175 ml', kitchen: '175', usual: true },
      { name: '250 ml', kitchen: '250', price: 250 },
      { name: 'Bottle', kitchen: 'BTL', price: 1750 },
    ],
  },
  fineWineSize: {
    name: 'Size',
    kind: 'size',
    options: [
      { name: '125 ml', kitchen: '125', price: -250 },
      { name: '175 ml', kitchen: '175', usual: true },
      { name: '250 ml', kitchen: '250', price: 350 },
      { name: 'Bottle', kitchen: 'BTL', price: 2650 },
    ],
  },
  measure: {
    name: 'Measure',
    kind: 'size',
    options: [
      { name: 'Single (25 ml)', kitchen: 'SGL', usual: true },
      { name: 'Double (50 ml)', kitchen: 'DBL', price: 320 },
    ],
  },
  mixer: { name: 'Mixer', kind: 'extra', max: 1, options: mixers },
} as const satisfies Record<string, DemoGroup>;
