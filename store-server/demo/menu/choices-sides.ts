import type { DemoGroup } from './choices.ts';

/** A burger's side may be a salad, the salad may be house leaves, and the leaves take a dressing. */
export const sideChoices = {
  dressing: {
    name: 'Dressing',
    kind: 'choice',
    options: [
      { name: 'House vinaigrette', kitchen: 'VINAIGRETTE', usual: true, allergens: ['mustard', 'sulphites'] },
      { name: 'Ranch', kitchen: 'RANCH', allergens: ['milk', 'eggs', 'mustard'] },
      { name: 'Honey and mustard', kitchen: 'HONEY MUST', allergens: ['mustard'] },
      { name: 'Balsamic', kitchen: 'BALSAMIC', allergens: ['sulphites'] },
      { name: 'No dressing', kitchen: 'NO DRESSING' },
    ],
  },
  salad: {
    name: 'Salad',
    kind: 'choice',
    options: [
      { name: 'House leaves', kitchen: 'LEAVES', usual: true, opens: 'dressing' },
      { name: 'Tomato and red onion', kitchen: 'TOM+ONION', opens: 'dressing' },
      { name: 'Coleslaw', kitchen: 'SLAW', allergens: ['eggs', 'mustard', 'celery'] },
    ],
  },
  side: {
    name: 'Side',
    kind: 'choice',
    options: [
      { name: 'Chips', kitchen: 'CHIPS', usual: true },
      { name: 'Skinny fries', kitchen: 'FRIES' },
      { name: 'Mashed potato', kitchen: 'MASH', allergens: ['milk'] },
      { name: 'Seasonal greens', kitchen: 'GREENS', allergens: ['milk'] },
      { name: 'Side salad', kitchen: 'SIDE SALAD', opens: 'salad' },
      { name: 'Onion rings', kitchen: 'O.RINGS', price: 100, allergens: ['gluten', 'milk'] },
      { name: 'Truffle fries', kitchen: 'TRUFFLE FR', price: 150, allergens: ['milk'] },
      { name: 'No side', kitchen: 'NO SIDE', price: -150 },
    ],
  },
  childrensSide: {
    name: 'With',
    kind: 'choice',
    options: [
      { name: 'Chips', kitchen: 'CHIPS', usual: true },
      { name: 'Mashed potato', kitchen: 'MASH', allergens: ['milk'] },
      { name: 'New potatoes', kitchen: 'NEW POTS', allergens: ['milk'] },
      { name: 'Carrot and cucumber sticks', kitchen: 'CRUDITES' },
    ],
  },
  peas: {
    name: 'Peas',
    kind: 'choice',
    options: [
      { name: 'Mushy peas', kitchen: 'MUSHY', usual: true },
      { name: 'Garden peas', kitchen: 'GARDEN' },
      { name: 'No peas', kitchen: 'NO PEAS' },
    ],
  },
} as const satisfies Record<string, DemoGroup>;
