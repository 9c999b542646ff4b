import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

export const starters: DemoCategory = {
  name: 'Starters',
  color: '#2E7D6B',
  course: 1,
  station: 'kitchen',
  prep: 8,
  dishes: [
    dish('Soup of the day', 695, ['celery', 'gluten', 'milk'], 'With sourdough and salted butter.', {
      kitchen: 'SOUP',
      diet: vegetarian,
    }),
    dish('Crab on toast', 1150, ['crustaceans', 'gluten', 'eggs', 'mustard'], 'White crab, lemon mayonnaise.', {
      kitchen: 'CRAB TOAST',
      station: 'cold',
    }),
    dish('Salt and pepper squid', 950, ['molluscs', 'gluten', 'eggs', 'mustard'], 'With garlic mayonnaise.', {
      kitchen: 'SQUID',
    }),
    dish('Smoked mackerel pâté', 875, ['fish', 'milk', 'gluten'], 'Horseradish, pickled cucumber, rye.', {
      kitchen: 'MACK PATE',
      station: 'cold',
    }),
    dish('Prawn cocktail', 995, ['crustaceans', 'eggs', 'mustard', 'celery', 'gluten'], 'Marie Rose, brown bread.', {
      kitchen: 'PRAWN CKTL',
      station: 'cold',
    }),
    dish('Chicken satay skewers', 895, ['peanuts', 'soya', 'gluten', 'sesame'], 'Peanut sauce, pickles.', {
      kitchen: 'SATAY',
      station: 'grill',
    }),
    dish('Ham hock terrine', 895, ['mustard', 'celery', 'sulphites', 'gluten'], 'Piccalilli, toasted sourdough.', {
      kitchen: 'HAM TERRINE',
      station: 'cold',
    }),
    dish('Whipped goat’s cheese', 850, ['milk', 'nuts', 'gluten'], 'Beetroot, walnuts, crispbread.', {
      kitchen: 'GOATS CHS',
      station: 'cold',
      diet: vegetarian,
    }),
    dish('Crispy cauliflower', 775, ['gluten', 'soya', 'sesame'], 'Sticky chilli glaze, spring onion.', {
      kitchen: 'CAULI',
      diet: vegan,
    }),
    dish('Olives and almonds', 525, ['nuts'], 'Gordal olives, smoked almonds.', {
      kitchen: 'OLIVES',
      station: 'cold',
      diet: vegan,
    }),
    dish('Bread and butter', 475, ['gluten', 'milk'], 'Sourdough from the bakery next door.', {
      kitchen: 'BREAD',
      station: 'cold',
      diet: vegetarian,
    }),
    dish('Rock oysters', 1050, ['molluscs', 'sulphites'], 'On ice, shallot vinegar and lemon.', {
      kitchen: 'OYSTERS',
      station: 'cold',
      choices: ['oysters'],
    }),
  ],
};
