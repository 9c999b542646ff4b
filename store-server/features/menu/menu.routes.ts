import type { Ref } from '#contract/ids.ts';
import * as contract from '#contract/menu.ts';
import type { Api } from '../../http/api.ts';
import { setOptionAvailability } from './menu.availability.commands.ts';
import { changeProductsInput, groupInput } from './menu.bodies.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { addCategory, changeCategory } from './menu.category.commands.ts';
import { categoryDto, groupDto, listedProductDto } from './menu.dto.ts';
import { changeProducts } from './menu.edits.commands.ts';
import { addGroup, changeGroup } from './menu.group.commands.ts';
import { listCategories } from './menu.lists.ts';
import { menuProblems } from './menu.problems.ts';
import { productRoutes } from './menu.product.routes.ts';
import { insistGroup } from './menu.reads.ts';

const categories = { access: 'menu.read', answers: contract.CategoryDto, plural: 'categories' } as const;
const category = { answers: contract.CategoryDto, toDto: categoryDto } as const;
const group = { answers: contract.ModifierGroupDto, toDto: groupDto } as const;

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
    at.post('/changes', changeProducts, {
      summary: 'Change several products at once, or none, without overwriting what somebody else has changed',
      body: contract.ChangeProductsBody,
      answers: contract.ChangedProductsDto,
      toInput: changeProductsInput,
      toDto: (products) => ({ products: products.map(listedProductDto) }),
      status: 200,
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
