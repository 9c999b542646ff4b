import { type DemoCategory, dish } from './dish.ts';

const pint = { choices: ['beerSize'] } as const;
const house = { choices: ['houseWineSize'] } as const;
const fine = { choices: ['fineWineSize'] } as const;

export const beers: DemoCategory = {
  name: 'Beer and cider',
  color: '#B8860B',
  course: 0,
  station: 'bar',
  prep: 2,
  dishes: [
    dish('Harbour pale ale', 560, ['gluten'], 'Draught, 4.2 %.', { kitchen: 'PALE', ...pint }),
    dish('Best bitter', 520, ['gluten'], 'Cask, 3.9 %.', { kitchen: 'BITTER', ...pint }),
    dish('Lager', 575, ['gluten'], 'Draught, 4.6 %.', { kitchen: 'LAGER', ...pint }),
    dish('Stout', 590, ['gluten'], 'Draught, 4.3 %.', { kitchen: 'STOUT', ...pint }),
    dish('Dry cider', 545, ['sulphites'], 'Draught, 4.8 %.', { kitchen: 'CIDER', ...pint }),
    dish('Alcohol-free lager 330 ml', 425, ['gluten'], 'Bottle, 0.0 %.', {
      kitchen: 'AF LAGER',
      barcode: '5000000000208',
    }),
    dish('Wheat beer 500 ml', 625, ['gluten'], 'Bottle, 5.4 %.', { kitchen: 'WHEAT BEER', barcode: '5000000000215' }),
    dish('Gluten-free IPA 330 ml', 545, [], 'Can, 5.0 %; brewed and tested gluten free.', {
      kitchen: 'GF IPA',
      barcode: '5000000000222',
    }),
  ],
};

export const wines: DemoCategory = {
  name: 'Wine',
  color: '#722F37',
  course: 0,
  station: 'bar',
  prep: 2,
  dishes: [
    dish('House white', 680, ['sulphites'], 'Trebbiano, Italy.', { kitchen: 'HSE WHITE', ...house }),
    dish('Sauvignon blanc', 790, ['sulphites'], 'Marlborough, New Zealand.', { kitchen: 'SAUV BLANC', ...house }),
    dish('English Bacchus', 950, ['sulphites'], 'Kent.', { kitchen: 'BACCHUS', ...fine }),
    dish('House red', 680, ['sulphites'], 'Merlot, Chile.', { kitchen: 'HSE RED', ...house }),
    dish('Malbec', 825, ['sulphites'], 'Mendoza, Argentina.', { kitchen: 'MALBEC', ...house }),
    dish('Provence rosé', 895, ['sulphites'], 'France.', { kitchen: 'ROSE', ...fine }),
    dish('Prosecco, glass', 750, ['sulphites'], '125 ml.', { kitchen: 'PROSECCO GL' }),
    dish('English sparkling, bottle', 4950, ['sulphites'], 'Kent, traditional method.', { kitchen: 'ENG SPARK BTL' }),
  ],
};
