import type { Ref } from '#contract/ids.ts';
import * as contract from '#contract/menu.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { setAvailability } from './menu.availability.commands.ts';
import { changeProductInput, productInput } from './menu.bodies.ts';
import { productDto } from './menu.dto.ts';
import { listCategories, listProducts, productsForDevices } from './menu.lists.ts';
import { addProduct, changeProduct, removeProduct } from './menu.product.commands.ts';
import { insistCategory, productView } from './menu.reads.ts';

const products = {
  access: 'menu.read',
  answers: contract.ListedProductDto,
  plural: 'products',
  tolerant: true,
} as const;
const product = { answers: contract.ProductDto, toDto: productDto, tolerant: true } as const;

const ofCategory = ({ connection }: ReadContext, ref: Ref) => {
  const { id } = insistCategory(connection, ref);
  return listProducts(connection, (one) => one.onMenu && one.categoryId === id);
};

/** Products, under the paths that the older clients know too. */
export const productRoutes = (api: Api): void =>
  api.router('/api/v1/products', (at) => {
    at.get('/mobile', ({ connection }) => productsForDevices(connection), {
      ...products,
      operation: 'menu.products_for_devices',
      summary: 'The menu for tills and iPads, what needs no choice first',
    });
    at.get('/categories', ({ connection }) => listCategories(connection, false), {
      access: 'menu.read',
      answers: contract.CategoryDto,
      plural: 'categories',
      operation: 'menu.product_categories',
      summary: 'The categories of the menu, under the older clients’ path',
      tolerant: true,
    });
    at.get('/category/:category_id', (context, { params }) => ofCategory(context, params['category_id'] as Ref), {
      ...products,
      operation: 'menu.products_of_category',
      summary: 'The products of one category',
    });
    at.get(
      '',
      ({ connection }, { query }) => listProducts(connection, (one) => one.onMenu || query.include_inactive === true),
      {
        ...products,
        operation: 'menu.products',
        summary: 'Every product; with include_inactive also what was taken off',
        query: contract.ProductsQuery,
      },
    );
    at.get(
      '/:product_id',
      ({ connection }, { params }) => productDto(productView(connection, params['product_id'] as Ref)),
      {
        operation: 'menu.product',
        summary: 'One product with its choices',
        access: 'menu.read',
        answers: contract.ProductDto,
        tolerant: true,
      },
    );
    at.post('', addProduct, {
      ...product,
      summary: 'Add a product',
      body: contract.ProductBody,
      toInput: productInput,
    });
    at.put('/:product_id', changeProduct, {
      ...product,
      summary: 'Change the given fields of a product',
      body: contract.ChangeProductBody,
      toInput: changeProductInput,
    });
    at.delete('/:product_id', removeProduct, { ...product, summary: 'Take a product off the menu for good' });
    at.post('/:product_id/availability', setAvailability, {
      answers: contract.ProductDto,
      toDto: productDto,
      status: 200,
      summary: 'Take a product off for tonight, put it back, or count its last portions',
      body: contract.AvailabilityBody,
    });
  });
