import { type DemoCategory, dish, vegan } from './dish.ts';

const milky = ['cupSize', 'milk', 'coffeeExtras'] as const;

export const hotDrinks: DemoCategory = {
  name: 'Hot drinks',
  color: '#5B3A2E',
  course: 0,
  station: 'bar',
  prep: 4,
  dishes: [
    dish('Espresso', 260, [], 'House blend.', { kitchen: 'ESPRESSO', diet: vegan }),
    dish('Americano', 310, [], 'Black; milk on the side if you like.', {
      kitchen: 'AMERICANO',
      choices: ['coffeeExtras'],
    }),
    dish('Flat white', 350, [], 'Double shot.', { kitchen: 'FLAT WHITE', choices: ['milk', 'coffeeExtras'] }),
    dish('Latte', 350, [], 'Milky.', { kitchen: 'LATTE', choices: milky }),
    dish('Cappuccino', 350, [], 'With chocolate on top.', { kitchen: 'CAPPUCCINO', choices: milky }),
    dish('Hot chocolate', 375, ['soya'], 'Dark Belgian chocolate.', { kitchen: 'HOT CHOC', choices: milky }),
    dish('Pot of tea', 295, ['milk'], 'English breakfast, milk on the side.', { kitchen: 'TEA' }),
  ],
};

export const softDrinks: DemoCategory = {
  name: 'Soft drinks',
  color: '#2E8B8B',
  course: 0,
  station: 'bar',
  prep: 2,
  dishes: [
    dish('Cola, draught', 240, [], 'From the gun.', { kitchen: 'COLA', choices: ['softSize', 'ice'] }),
    dish('Lemonade, draught', 240, [], 'From the gun.', { kitchen: 'LEMONADE', choices: ['softSize', 'ice'] }),
    dish('Diet cola 330 ml', 310, [], 'Bottle.', { kitchen: 'DIET COLA', barcode: '5000000000109', choices: ['ice'] }),
    dish('Elderflower pressé', 385, [], 'Bottle.', { kitchen: 'ELDERFLOWER', barcode: '5000000000116' }),
    dish('Ginger beer', 365, [], 'Bottle, fiery.', { kitchen: 'GINGER BEER', barcode: '5000000000123' }),
    dish('Orange juice', 340, [], 'Freshly pressed.', { kitchen: 'OJ', diet: vegan }),
    dish('Tomato juice', 325, ['celery'], 'Spiced if you like.', { kitchen: 'TOMATO J' }),
    dish('Still water 750 ml', 425, [], 'Bottle.', { kitchen: 'STILL 750', barcode: '5000000000130' }),
    dish('Sparkling water 750 ml', 425, [], 'Bottle.', { kitchen: 'SPARK 750', barcode: '5000000000147' }),
  ],
};
