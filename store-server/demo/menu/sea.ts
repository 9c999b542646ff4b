import { type DemoCategory, dish } from './dish.ts';

export const sea: DemoCategory = {
  name: 'From the sea',
  color: '#1F5F8B',
  course: 2,
  station: 'kitchen',
  prep: 16,
  dishes: [
    dish(
      'Fish pie',
      1695,
      ['fish', 'crustaceans', 'milk', 'gluten', 'celery'],
      'Haddock, salmon and prawns under mash.',
      {
        kitchen: 'FISH PIE',
      },
    ),
    dish('Moules marinière', 1750, ['molluscs', 'milk', 'celery', 'sulphites', 'gluten'], 'With fries and bread.', {
      kitchen: 'MOULES',
    }),
    dish('Pan-fried sea bass', 2150, ['fish', 'milk', 'sulphites'], 'New potatoes, samphire, lemon butter.', {
      kitchen: 'SEA BASS',
    }),
    dish('Grilled plaice on the bone', 2250, ['fish', 'milk', 'crustaceans'], 'Brown shrimp butter, greens.', {
      kitchen: 'PLAICE',
      station: 'grill',
      prep: 18,
    }),
    dish(
      'Seafood linguine',
      1895,
      ['gluten', 'crustaceans', 'molluscs', 'fish', 'sulphites'],
      'Chilli, garlic, tomato.',
      {
        kitchen: 'SEAFOOD LING',
      },
    ),
    dish('Half lobster and fries', 3450, ['crustaceans', 'milk'], 'Garlic butter, lemon.', {
      kitchen: '1/2 LOBSTER',
      station: 'grill',
      prep: 20,
    }),
    dish('Haddock and chips', 1650, ['fish', 'gluten', 'eggs', 'mustard'], 'Beer batter, tartare sauce.', {
      kitchen: 'HADDOCK+CH',
      choices: ['fishSize', 'peas'],
    }),
    dish('Cod and chips', 1695, ['fish', 'gluten', 'eggs', 'mustard'], 'Beer batter, tartare sauce.', {
      kitchen: 'COD+CH',
      choices: ['fishSize', 'peas'],
    }),
    dish('Scampi and chips', 1575, ['crustaceans', 'gluten', 'eggs', 'mustard'], 'Whole-tail scampi, tartare sauce.', {
      kitchen: 'SCAMPI',
      choices: ['peas'],
    }),
  ],
};
