import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

const steak = ['doneness', 'side', 'steakSauce'] as const;
const burger = ['side', 'burgerExtras', 'burgerWithout'] as const;
const bun = ['gluten', 'eggs', 'milk', 'mustard', 'sesame'] as const;

export const steaks: DemoCategory = {
  name: 'Steaks and chops',
  color: '#8B2E2E',
  course: 2,
  station: 'grill',
  prep: 18,
  dishes: [
    dish('Ribeye 10 oz', 2950, [], 'Dry-aged 28 days, grilled over charcoal.', {
      kitchen: 'RIBEYE 10',
      choices: steak,
      also: ['kitchen'],
    }),
    dish('Sirloin 8 oz', 2650, [], 'Dry-aged 28 days, grilled over charcoal.', {
      kitchen: 'SIRLOIN 8',
      choices: steak,
      also: ['kitchen'],
    }),
    dish('Fillet 7 oz', 3350, [], 'The leanest cut.', { kitchen: 'FILLET 7', choices: steak, also: ['kitchen'] }),
    dish('Rump 8 oz', 2150, [], 'Full of flavour.', { kitchen: 'RUMP 8', choices: steak, also: ['kitchen'] }),
    dish('Half grilled chicken', 1750, ['milk', 'celery'], 'Lemon and thyme, fries, slaw.', { kitchen: '1/2 CHICKEN' }),
    dish('Mixed grill', 2750, ['gluten', 'eggs', 'sulphites'], 'Rump, chop, sausage, gammon, egg, chips.', {
      kitchen: 'MIXED GRILL',
      choices: ['doneness'],
    }),
  ],
};

export const burgers: DemoCategory = {
  name: 'Burgers',
  color: '#A65E2E',
  course: 2,
  station: 'grill',
  prep: 14,
  dishes: [
    dish('Harbour burger', 1495, bun, 'Two patties, cheddar, pickles, burger sauce.', {
      kitchen: 'HARBOUR BGR',
      choices: burger,
    }),
    dish('Bacon cheeseburger', 1575, bun, 'Smoked bacon, mature cheddar.', {
      kitchen: 'BACON CHS BGR',
      choices: burger,
    }),
    dish('Buttermilk chicken burger', 1475, [...bun, 'celery'], 'Slaw, hot honey.', {
      kitchen: 'CHICKEN BGR',
      choices: burger,
    }),
    dish('Fish finger bap', 1395, ['gluten', 'fish', 'eggs', 'milk', 'mustard'], 'Haddock goujons, tartare, gem.', {
      kitchen: 'FISH BAP',
      station: 'kitchen',
      choices: ['side', 'burgerWithout'],
    }),
    dish('Halloumi burger', 1395, bun, 'Roast pepper, chilli jam.', {
      kitchen: 'HALLOUMI BGR',
      diet: vegetarian,
      choices: burger,
    }),
    dish('Plant burger', 1425, ['gluten', 'soya', 'mustard', 'sesame'], 'Vegan cheese, pickles, vegan bun.', {
      kitchen: 'PLANT BGR',
      diet: vegan,
      choices: burger,
    }),
  ],
};
