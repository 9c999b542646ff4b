import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

export const salads: DemoCategory = {
  name: 'Salads',
  color: '#4E8B2E',
  course: 2,
  station: 'cold',
  prep: 7,
  dishes: [
    dish('Caesar salad', 1195, ['gluten', 'eggs', 'fish', 'milk', 'mustard'], 'Cos, anchovy, croutons.', {
      kitchen: 'CAESAR',
      choices: ['saladExtras'],
    }),
    dish('Greek salad', 1150, ['milk', 'sulphites'], 'Feta, tomato, cucumber, oregano.', {
      kitchen: 'GREEK',
      diet: vegetarian,
      choices: ['saladExtras'],
    }),
    dish('Crab and avocado salad', 1695, ['crustaceans', 'eggs', 'mustard'], 'White crab, gem, lemon.', {
      kitchen: 'CRAB SALAD',
    }),
    dish('Superfood salad', 1225, ['nuts', 'sesame', 'mustard'], 'Quinoa, kale, roast squash, seeds.', {
      kitchen: 'SUPERFOOD',
      diet: vegan,
      choices: ['saladExtras'],
    }),
    dish(
      'Ploughman’s',
      1375,
      ['gluten', 'milk', 'celery', 'mustard', 'sulphites', 'eggs'],
      'Ham, cheddar, pork pie, pickle.',
      {
        kitchen: 'PLOUGHMANS',
      },
    ),
  ],
};

export const sides: DemoCategory = {
  name: 'Sides',
  color: '#8B8B2E',
  course: 2,
  station: 'kitchen',
  prep: 6,
  dishes: [
    dish('Chips', 450, [], 'Twice cooked.', { kitchen: 'CHIPS', diet: vegan }),
    dish('Skinny fries', 450, [], 'With sea salt.', { kitchen: 'FRIES', diet: vegan }),
    dish('Truffle and cheese fries', 575, ['milk'], 'Aged cheese, truffle oil.', {
      kitchen: 'TRUFFLE FR',
      diet: vegetarian,
    }),
    dish('Onion rings', 475, ['gluten', 'milk'], 'Buttermilk batter.', { kitchen: 'O.RINGS', diet: vegetarian }),
    dish('Mashed potato', 425, ['milk'], 'Plenty of butter.', { kitchen: 'MASH', diet: vegetarian }),
    dish('Seasonal greens', 450, ['milk'], 'Butter and garlic.', { kitchen: 'GREENS', diet: vegetarian }),
    dish('Mushy peas', 325, [], 'Marrowfat peas, mint.', { kitchen: 'MUSHY', diet: vegan }),
    dish('House salad', 425, ['mustard', 'sulphites'], 'Leaves, tomato, vinaigrette.', {
      kitchen: 'HOUSE SALAD',
      station: 'cold',
      diet: vegan,
    }),
  ],
};
