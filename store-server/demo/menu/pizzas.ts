import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

const base = ['gluten', 'milk'] as const;
const pizza = ['pizzaSize', 'toppings'] as const;

export const pizzas: DemoCategory = {
  name: 'Pizzas',
  color: '#B5472E',
  course: 2,
  station: 'kitchen',
  prep: 12,
  dishes: [
    dish('Margherita', 1095, base, 'Tomato, mozzarella, basil.', {
      kitchen: 'MARGHERITA',
      diet: vegetarian,
      choices: pizza,
    }),
    dish('Pepperoni', 1295, base, 'Pepperoni, chilli honey.', { kitchen: 'PEPPERONI', choices: pizza }),
    dish('Nduja and burrata', 1425, base, 'Spicy Calabrian sausage, whole burrata.', {
      kitchen: 'NDUJA',
      choices: pizza,
    }),
    dish(
      'Harbour pizza',
      1450,
      [...base, 'crustaceans', 'molluscs', 'fish'],
      'Prawns, squid, anchovy, a little mozzarella.',
      {
        kitchen: 'HARBOUR PZ',
        choices: pizza,
      },
    ),
    dish('Garden pizza', 1195, ['gluten', 'soya'], 'Roast vegetables, vegan mozzarella.', {
      kitchen: 'GARDEN PZ',
      diet: vegan,
      choices: pizza,
    }),
    dish('Build your own', 1195, base, 'Tomato and mozzarella; two toppings are included.', {
      kitchen: 'OWN PIZZA',
      choices: ['pizzaSize', 'ownToppings'],
    }),
    dish('Garlic bread with cheese', 695, base, 'From the pizza oven.', { kitchen: 'GARLIC BRD', diet: vegetarian }),
  ],
};
