import { AvailabilityBody, ListedProductDto, MenuProblemDto, ProductDto } from '#contract/menu.ts';
import { change, readList } from './define.ts';

export const menu = {
  products: readList('menu.products', '/api/v1/products', {
    answers: ListedProductDto,
    staleAfter: ['menu.', 'stock.'],
  }),
  problems: readList('menu.problems', '/api/v1/menu/problems', {
    answers: MenuProblemDto,
    staleAfter: ['menu.', 'station.', 'printer.'],
  }),
  setAvailability: change('menu.set_availability', 'post', '/api/v1/products/:product_id/availability', {
    body: AvailabilityBody,
    answers: ProductDto,
  }),
};
