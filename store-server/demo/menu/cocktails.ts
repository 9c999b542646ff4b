import { type DemoCategory, dish } from './dish.ts';

const spirit = { choices: ['measure', 'mixer'] } as const;

export const cocktails: DemoCategory = {
  name: 'Cocktails and spirits',
  color: '#4B2E8B',
  course: 0,
  station: 'bar',
  prep: 5,
  dishes: [
    dish('Negroni', 1095, ['sulphites'], 'Gin, vermouth, bitter orange.', { kitchen: 'NEGRONI' }),
    dish('Espresso martini', 1150, [], 'Vodka, coffee liqueur, espresso.', { kitchen: 'ESP MARTINI' }),
    dish('Whisky sour', 1095, ['eggs', 'gluten'], 'Bourbon, lemon, egg white.', { kitchen: 'WHISKY SOUR' }),
    dish('Aperitivo spritz', 995, ['sulphites'], 'Bitter orange, prosecco, soda.', { kitchen: 'SPRITZ' }),
    dish('Margarita', 1095, [], 'Tequila, orange liqueur, lime, salt.', { kitchen: 'MARGARITA' }),
    dish('Bloody Mary', 1050, ['celery', 'fish'], 'Vodka, spiced tomato; the sauce holds anchovy.', {
      kitchen: 'BLOODY MARY',
    }),
    dish('Garden spritz (no alcohol)', 725, [], 'Cucumber, elderflower, soda.', { kitchen: 'NA SPRITZ' }),
    dish('London dry gin', 460, [], 'House pour.', { kitchen: 'GIN', ...spirit }),
    dish('Vodka', 450, [], 'House pour.', { kitchen: 'VODKA', ...spirit }),
    dish('Single malt whisky', 595, ['gluten'], 'Speyside, 12 years.', { kitchen: 'MALT 12', choices: ['measure'] }),
  ],
};
