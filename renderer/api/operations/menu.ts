import {
  AddCategoryInput,
  AvailabilityBody,
  CategoryDto,
  ChangeCategoryBody,
  ChangedProductsDto,
  ChangeGroupBody,
  ChangeProductsBody,
  GroupBody,
  ListedProductDto,
  MenuProblemDto,
  ModifierGroupDto,
  OptionAvailabilityBody,
  ProductBody,
  ProductDto,
  ProductsQuery,
} from '#contract/menu.ts';
import { change, readList } from './define.ts';

const changes = ['menu.', 'stock.'];

export const menu = {
  products: readList('menu.products', '/api/v1/products', {
    query: ProductsQuery,
    answers: ListedProductDto,
    staleAfter: changes,
  }),
  problems: readList('menu.problems', '/api/v1/menu/problems', {
    answers: MenuProblemDto,
    staleAfter: ['menu.', 'station.', 'printer.'],
  }),
  categories: readList('menu.all_categories', '/api/v1/menu/categories', {
    answers: CategoryDto,
    staleAfter: ['menu.'],
  }),
  groups: readList('menu.modifier_groups', '/api/v1/menu/modifier-groups', {
    answers: ModifierGroupDto,
    staleAfter: ['menu.'],
  }),
  setAvailability: change('menu.set_availability', 'post', '/api/v1/products/:product_id/availability', {
    body: AvailabilityBody,
    answers: ProductDto,
  }),
  setOptionAvailability: change(
    'menu.set_option_availability',
    'post',
    '/api/v1/menu/options/:option_id/availability',
    { body: OptionAvailabilityBody, answers: ModifierGroupDto },
  ),
  changeProducts: change('menu.change_products', 'post', '/api/v1/menu/changes', {
    body: ChangeProductsBody,
    answers: ChangedProductsDto,
  }),
  addProduct: change('menu.add_product', 'post', '/api/v1/products', { body: ProductBody, answers: ProductDto }),
  removeProduct: change('menu.remove_product', 'delete', '/api/v1/products/:product_id', { answers: ProductDto }),
  addCategory: change('menu.add_category', 'post', '/api/v1/menu/categories', {
    body: AddCategoryInput,
    answers: CategoryDto,
  }),
  changeCategory: change('menu.change_category', 'put', '/api/v1/menu/categories/:category_id', {
    body: ChangeCategoryBody,
    answers: CategoryDto,
  }),
  addGroup: change('menu.add_modifier_group', 'post', '/api/v1/menu/modifier-groups', {
    body: GroupBody,
    answers: ModifierGroupDto,
  }),
  changeGroup: change('menu.change_modifier_group', 'put', '/api/v1/menu/modifier-groups/:group_id', {
    body: ChangeGroupBody,
    answers: ModifierGroupDto,
  }),
};
