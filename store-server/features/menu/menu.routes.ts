import { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import * as contract from '#contract/menu.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { setAvailability, setOptionAvailability } from './menu.availability.commands.ts';
import { changeProductInput, groupInput, productInput } from './menu.bodies.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { addCategory, changeCategory } from './menu.category.commands.ts';
import { categoryDto, groupDto, productDto } from './menu.dto.ts';
import { addGroup, changeGroup } from './menu.group.commands.ts';
import { listCategories, listProducts, productsForDevices } from './menu.lists.ts';
import { menuProblems } from './menu.problems.ts';
import { addProduct, changeProduct, removeProduct } from './menu.product.commands.ts';
import { insistCategory, insistGroup, productView } from './menu.reads.ts';

const products = { access: 'menu.read', answers: contract.ProductDto, plural: 'products', tolerant: true } as const;
const categories = { access: 'menu.read', answers: contract.CategoryDto, plural: 'categories' } as const;
const product = { answers: contract.ProductDto, toDto: productDto, tolerant: true } as const;
const category = { answers: contract.CategoryDto, toDto: categoryDto } as const;
const group = { answers: contract.ModifierGroupDto, toDto: groupDto } as const;

const ProductsQuery = z.object({ include_inactive: z.stringbool().optional() });

const ofCategory = ({ connection }: ReadContext, ref: Ref) => {
  const { id } = insistCategory(connection, ref);
  return listProducts(connection, (one) => one.onMenu && one.categoryId === id);
};

const productRoutes = (api: Api): void =>
  api.router('/api/v1/products', (at) => {
    at.get('/mobile', ({ connection }) => productsForDevices(connection), {
      ...products,
      operation: 'menu.products_for_devices',
      summary: 'The menu for tills and iPads, what needs no choice first',
    });
    at.get('/categories', ({ connection }) => listCategories(connection, false), {
      ...categories,
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
        query: ProductsQuery,
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

const menuOnly = (api: Api): void =>
  api.router('/api/v1/menu', (at) => {
    at.get('/categories', ({ connection }) => listCategories(connection, true), {
      ...categories,
      operation: 'menu.all_categories',
      summary: 'Every category, those off the menu included',
    });
    at.post('/categories', addCategory, { ...category, summary: 'Add a category', body: contract.AddCategoryInput });
    at.put('/categories/:category_id', changeCategory, {
      ...category,
      summary: 'Change the given fields of a category',
      body: contract.ChangeCategoryBody,
      toInput: ({ params, body }) => contract.ChangeCategoryInput.parse({ ...(body as object), ...params }),
    });
    at.get('/modifier-groups', ({ connection }) => catalogueOf(connection).groups.map(groupDto), {
      operation: 'menu.modifier_groups',
      summary: 'Every group of choices',
      access: 'menu.read',
      answers: contract.ModifierGroupDto,
      plural: 'modifier_groups',
    });
    at.get(
      '/modifier-groups/:group_id',
      ({ connection }, { params }) => groupDto(insistGroup(connection, params['group_id'] as Ref)),
      {
        operation: 'menu.modifier_group',
        summary: 'One group of choices',
        access: 'menu.read',
        answers: contract.ModifierGroupDto,
      },
    );
    at.post('/modifier-groups', addGroup, {
      ...group,
      summary: 'Add a group of choices',
      body: contract.GroupBody,
      toInput: ({ body }) => groupInput(body) as never,
    });
    at.put('/modifier-groups/:group_id', changeGroup, {
      ...group,
      summary: 'Change a group of choices; options that are left out leave the menu',
      body: contract.ChangeGroupBody,
      toInput: ({ params, body }) => ({ ...groupInput(body), group_id: params['group_id'] as Ref }),
    });
    at.post('/options/:option_id/availability', setOptionAvailability, {
      ...group,
      status: 200,
      summary: 'Take one option off for tonight or put it back',
      body: contract.OptionAvailabilityBody,
    });
    at.get('/problems', ({ connection }) => menuProblems(connection), {
      operation: 'menu.problems',
      summary: 'What on the menu will go wrong at the till or in the kitchen',
      access: 'menu.change',
      answers: contract.MenuProblemDto,
      plural: 'problems',
    });
  });

export function menuRoutes(api: Api): void {
  productRoutes(api);
  menuOnly(api);
  api.router('/api/v1/categories', (at) => {
    at.get('', ({ connection }) => listCategories(connection, false), {
      ...categories,
      operation: 'menu.categories',
      summary: 'The categories of the menu',
      tolerant: true,
    });
  });
}
