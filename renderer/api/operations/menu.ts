import { AvailabilityBody, ListedProductDto, ProductDto } from '#contract/menu.ts';
import { change, readList } from './define.ts';

export const menu = {
  products: readList('menu.products', '/api/v1/products', {
    answers: ListedProductDto,
    staleAfter: ['menu.', 'stock.'],
  }),
  setAvailability: change('menu.set_availability', 'post', '/api/v1/products/:product_id/availability', {
    body: AvailabilityBody,
    answers: ProductDto,
  }),
};
