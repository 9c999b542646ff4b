import { type DemoCategory, dish, vegan, vegetarian } from './dish.ts';

/**
 * Cold food to take away is zero-rated, cakes too; hot food, crisps, sweets and soft drinks are not
 * (HMRC, VAT Notice 709/1, catering and takeaway food; VAT Notice 701/14, food products).
 * So only cold sandwiches, salads, bread and cakes stand here, for eating off the premises.
 */
export const takeaway: DemoCategory = {
  name: 'Cold counter to take away',
  color: '#3A7CA5',
  course: 2,
  station: 'cold',
  vatBps: 0,
  prep: 3,
  dishes: [
    dish('Crab sandwich to go', 895, ['crustaceans', 'gluten', 'eggs', 'mustard'], 'White crab, granary.', {
      kitchen: 'TA CRAB SW',
    }),
    dish('Prawn sandwich to go', 725, ['crustaceans', 'gluten', 'eggs', 'mustard', 'celery'], 'Marie Rose, granary.', {
      kitchen: 'TA PRAWN SW',
    }),
    dish('Ham and mustard sandwich to go', 595, ['gluten', 'mustard', 'milk'], 'Thick-cut ham, white bloomer.', {
      kitchen: 'TA HAM SW',
    }),
    dish('Cheese and pickle sandwich to go', 575, ['gluten', 'milk', 'sulphites'], 'Cheddar, white bloomer.', {
      kitchen: 'TA CHEESE SW',
      diet: vegetarian,
    }),
    dish('Falafel salad box to go', 795, ['sesame', 'mustard'], 'Houmous, leaves, pickles.', {
      kitchen: 'TA FALAFEL',
      diet: vegan,
    }),
    dish('Sourdough loaf', 450, ['gluten'], 'Whole, 800 g.', {
      kitchen: 'LOAF',
      diet: vegan,
      barcode: '5000000000307',
    }),
    dish('Carrot cake slice to go', 395, ['gluten', 'eggs', 'milk', 'nuts'], 'Walnuts, cream cheese icing.', {
      kitchen: 'TA CARROT CAKE',
      diet: vegetarian,
    }),
    dish('Chocolate brownie to go', 375, ['eggs', 'milk', 'soya', 'gluten'], 'Baked here.', {
      kitchen: 'TA BROWNIE',
      diet: vegetarian,
    }),
  ],
};
