import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

export const classics: DemoCategory = {
  name: 'Kitchen classics',
  color: '#6B5B2E',
  course: 2,
  station: 'kitchen',
  prep: 15,
  dishes: [
    dish('Steak and ale pie', 1675, ['gluten', 'milk', 'celery', 'eggs'], 'Shortcrust, mash, greens, gravy.', {
      kitchen: 'ALE PIE',
    }),
    dish('Chicken and leek pie', 1595, ['gluten', 'milk', 'celery', 'eggs', 'mustard'], 'Puff pastry, mash, greens.', {
      kitchen: 'CHX PIE',
    }),
    dish('Bangers and mash', 1495, ['gluten', 'milk', 'sulphites', 'celery'], 'Cumberland sausages, onion gravy.', {
      kitchen: 'BANGERS',
    }),
    dish('Chicken tikka masala', 1525, ['milk', 'mustard', 'gluten', 'nuts'], 'Pilau rice, naan.', {
      kitchen: 'TIKKA',
    }),
    dish('Macaroni cheese', 1295, ['gluten', 'milk', 'mustard'], 'Three cheeses, garlic crumb.', {
      kitchen: 'MAC CHEESE',
      diet: vegetarian,
    }),
    dish('Wild mushroom risotto', 1450, ['milk', 'celery', 'sulphites'], 'Parmesan-style cheese, truffle oil.', {
      kitchen: 'MUSH RISOTTO',
      diet: vegetarian,
    }),
    dish('Chickpea and spinach curry', 1325, ['mustard'], 'Coconut, basmati rice.', {
      kitchen: 'CHICKPEA CURRY',
      diet: vegan,
    }),
    dish('Nut roast', 1395, ['nuts', 'celery', 'soya'], 'Roast roots, vegan gravy.', {
      kitchen: 'NUT ROAST',
      diet: vegan,
    }),
  ],
};
