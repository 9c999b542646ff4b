import { catalogue } from './texts.ts';

export const texts = catalogue({
  asTable: 'As a table',
  asChart: 'As a chart',
  picture: (title: string) => `${title}, as a chart. The same figures are there as a table.`,
});
