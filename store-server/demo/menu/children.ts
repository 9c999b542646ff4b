import { type DemoCategory, dish, vegetarian } from './dish.ts';

export const children: DemoCategory = {
  name: 'Children',
  color: '#C77F1F',
  course: 2,
  station: 'kitchen',
  prep: 10,
  dishes: [
    dish('Little fish and chips', 795, ['fish', 'gluten'], 'Haddock goujons, peas.', { kitchen: 'KIDS FISH' }),
    dish('Little tomato pasta', 695, ['gluten', 'milk', 'celery'], 'With or without cheese on the side.', {
      kitchen: 'KIDS PASTA',
      diet: vegetarian,
    }),
    dish('Little margherita', 750, ['gluten', 'milk'], 'Seven inches.', { kitchen: 'KIDS PIZZA', diet: vegetarian }),
    dish('Little burger', 795, ['gluten', 'eggs', 'milk', 'sesame'], 'Plain, with cheddar.', {
      kitchen: 'KIDS BGR',
      station: 'grill',
      choices: ['childrensSide'],
    }),
  ],
};
