import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

export const desserts: DemoCategory = {
  name: 'Desserts',
  color: '#8B2E6B',
  course: 3,
  station: 'cold',
  prep: 6,
  dishes: [
    dish('Sticky toffee pudding', 775, ['gluten', 'eggs', 'milk'], 'Butterscotch sauce.', {
      kitchen: 'STICKY TOFF',
      diet: vegetarian,
      choices: ['puddingWith'],
    }),
    dish('Apple and blackberry crumble', 750, ['gluten', 'milk'], 'Oat crumble.', {
      kitchen: 'CRUMBLE',
      diet: vegetarian,
      choices: ['puddingWith'],
    }),
    dish('Lemon tart', 775, ['gluten', 'eggs', 'milk'], 'Raspberries, crème fraîche.', {
      kitchen: 'LEMON TART',
      diet: vegetarian,
    }),
    dish('Dark chocolate torte', 825, ['milk', 'eggs', 'soya', 'nuts'], 'No flour in it; with cherries.', {
      kitchen: 'CHOC TORTE',
      diet: vegetarian,
    }),
    dish('Eton mess', 725, ['eggs', 'milk'], 'Strawberries, meringue, cream.', {
      kitchen: 'ETON MESS',
      diet: vegetarian,
    }),
    dish('Vanilla cheesecake', 775, ['gluten', 'milk', 'soya'], 'Poached rhubarb.', { kitchen: 'CHEESECAKE' }),
    dish('Coconut rice pudding', 725, [], 'Mango, lime.', { kitchen: 'COCO RICE', diet: vegan }),
    dish('Cheese board', 1195, ['milk', 'gluten', 'celery', 'sulphites'], 'Three British cheeses, chutney, crackers.', {
      kitchen: 'CHEESE BRD',
    }),
    dish('Ice cream and sorbet', 595, [], 'Two scoops of your choice.', { kitchen: '2 SCOOPS', choices: ['scoops'] }),
    dish('Affogato', 625, ['milk', 'eggs'], 'Vanilla ice cream, espresso.', {
      kitchen: 'AFFOGATO',
      diet: vegetarian,
      also: ['bar'],
    }),
  ],
};
