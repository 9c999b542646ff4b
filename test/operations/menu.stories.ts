import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

/** The stories of a file share one demo store, so each makes for itself what it changes. */
const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');

const refused = (reply: Reply, status: number, code: string, field: string | null): void => {
  expect([reply.status, reply.body.error.code, reply.body.error.field]).toEqual([status, code, field]);
  expect(reply.body.error.details.error_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(reply.body.detail).toBe(reply.body.message);
};

let made = 0;
/** A name that no other story uses. */
function fresh(what: string): string {
  made += 1;
  return `${what} ${made}`;
}
const newDish = (client: ApiClient, more: object = {}) =>
  client.must('POST', 'products', { name: fresh('Whelks'), category_id: 1, price: 4.5, ...more });
const newGroup = (client: ApiClient, options: readonly object[]) =>
  client.must('POST', 'menu/modifier-groups', { name: fresh('Cut'), kind: 'choice', options });

/** A read that needs a sign-in, and a path that names nothing. */
const readsOnlyWhenSignedIn = (path: string) => async (store: TestStore) => {
  refused(await store.client().get(path), 401, 'AUTHENTICATION_ERROR', null);
};
const unknownId = (path: string, field: string) => async (store: TestStore) => {
  refused(await (await server(store)).get(path), 404, 'NOT_FOUND', field);
  await readsOnlyWhenSignedIn(path)(store);
};

export const stories = {
  'menu.products_for_devices': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('products/mobile');
      expect(body.products).toEqual(body.data);
      const [first] = body.data;
      expect(first).toMatchObject({ available: true, active: true, available_in_pos: true, category: 'Starters' });
      expect([typeof first.id, typeof first.price, typeof first.name]).toEqual(['number', 'number', 'string']);
      for (const product of body.data.slice(0, 60)) expect(product.needs_choice, product.name).toBe(false);
    },
    badInput: readsOnlyWhenSignedIn('products/mobile'),
  },
  'menu.product_categories': {
    success: async (store: TestStore) => {
      const client = await server(store);
      expect((await client.get('products/categories')).body.data).toEqual((await client.get('categories')).body.data);
    },
    badInput: readsOnlyWhenSignedIn('products/categories'),
  },
  'menu.categories': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('categories');
      expect(body.categories[0]).toMatchObject({ id: 1, name: 'Starters', active: true });
    },
    badInput: readsOnlyWhenSignedIn('categories'),
  },
  'menu.products_of_category': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('products/category/3');
      expect(new Set(body.data.map((product: { category_id: number }) => product.category_id))).toEqual(new Set([3]));
    },
    badInput: unknownId('products/category/999', 'category_id'),
  },
  'menu.products': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newDish(client, { active: false });
      const ids = (list: Reply) => list.body.data.map((product: { id: number }) => product.id);
      expect(ids(await client.get('products'))).not.toContain(id);
      expect(ids(await client.get('products?include_inactive=true'))).toContain(id);
    },
    badInput: async (store: TestStore) => {
      const reply = await (await server(store)).get('products?include_inactive=perhaps');
      refused(reply, 422, 'VALIDATION_ERROR', 'include_inactive');
    },
  },
  'menu.product': {
    success: async (store: TestStore) => {
      const client = await server(store);
      const steak = (await client.get('products/category/3')).body.data[0];
      const { body } = await client.get(`products/${steak.uuid}`);
      expect(body.data.id).toBe(steak.id);
      expect(body.modifier_groups[0]).toMatchObject({ name: 'How cooked', min: 1, max: 1 });
    },
    badInput: unknownId('products/99999', 'product_id'),
  },
  'menu.add_product': {
    success: async (store: TestStore) => {
      const dish = await newDish(await manager(store), { image_url: 'whelks.jpg', is_active: true, cost: 1.2 });
      expect(dish).toMatchObject({ price: 4.5, vat_bps: 2000, image: 'whelks.jpg', available: true });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const body = { name: 'Whelks', category_id: 1, price: 4.5 };
      refused(await client.post('products', { ...body, price: 4.555 }), 422, 'VALIDATION_ERROR', 'price');
      refused(await client.post('products', { ...body, price: -1 }), 422, 'VALIDATION_ERROR', 'price');
      refused(await client.post('products', { ...body, name: ' ' }), 422, 'VALIDATION_ERROR', 'name');
      refused(
        await client.post('products', { ...body, allergens: ['gravel'] }),
        422,
        'VALIDATION_ERROR',
        'allergens.0',
      );
      refused(await client.post('products', { ...body, category_id: 999 }), 404, 'NOT_FOUND', 'category_id');
      refused(await client.post('products', { ...body, station_id: 999 }), 404, 'NOT_FOUND', 'station_id');
      refused(await (await server(store)).post('products', body), 403, 'FORBIDDEN', null);
    },
  },
  'menu.change_products': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const [one, other] = [await newDish(client), await newDish(client)];
      const { products } = await client.must('POST', 'menu/changes', {
        changes: [
          { product_id: one.uuid, set: { price: 5.25, vat_bps: 0 }, seen: { price: 4.5, vat_bps: one.vat_bps } },
          { product_id: other.id, set: { active: false, station_id: null, allergens: ['milk', 'eggs', 'milk'] } },
        ],
      });
      expect(products).toMatchObject([
        { uuid: one.uuid, price: 5.25, vat_bps: 0, name: one.name },
        { uuid: other.uuid, active: false, price: 4.5, allergens: ['milk', 'eggs'] },
      ]);
      // What is already as somebody wants it is no conflict, whoever set it.
      const again = { product_id: one.uuid, set: { price: 5.25 }, seen: { price: 4.5 } };
      expect((await client.post('menu/changes', { changes: [again] })).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const [one, other] = [await newDish(client), await newDish(client)];
      const change = (...changes: object[]) => client.post('menu/changes', { changes });
      const good = { product_id: one.uuid, set: { price: 9 } };
      await client.must('PUT', `products/${other.id}`, { price: 6 });
      const late = await change(good, { product_id: other.uuid, set: { price: 7 }, seen: { price: 4.5 } });
      refused(late, 409, 'VERSION_CONFLICT', null);
      const conflict = { product_id: other.uuid, field: 'price', seen: 4.5, now: 6 };
      expect(late.body.error.details.conflicts).toEqual([conflict]);
      refused(await change(good, { product_id: 99_999, set: {} }), 404, 'NOT_FOUND', 'changes.1.product_id');
      const nowhere = { product_id: other.uuid, set: { category_id: 99_999 } };
      refused(await change(good, nowhere), 404, 'NOT_FOUND', 'changes.1.set.category_id');
      refused(await change({ ...good, set: { price: -1 } }), 422, 'VALIDATION_ERROR', 'changes.0.set.price');
      const unknown = await change({ ...good, set: { allergens: ['kryptonite'] } });
      refused(unknown, 422, 'VALIDATION_ERROR', 'changes.0.set.allergens.0');
      refused(await change(), 422, 'VALIDATION_ERROR', 'changes');
      refused(await (await server(store)).post('menu/changes', { changes: [good] }), 403, 'FORBIDDEN', null);
      expect((await client.must('GET', `products/${one.id}`)).price).toBe(4.5);
    },
  },
  'menu.change_product': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const before = await newDish(client);
      const after = await client.must('PUT', `products/${before.id}`, { price: 5.25 });
      expect(after).toEqual({ ...before, price: 5.25 });
      expect(await client.must('PUT', `products/${before.uuid}`, after)).toEqual({ ...after, course: after.course });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newDish(client);
      refused(await client.put(`products/${id}`, { vat_bps: 20.5 }), 422, 'VALIDATION_ERROR', 'vat_bps');
      const twice = { modifier_group_ids: [1, 1] };
      refused(await client.put(`products/${id}`, twice), 422, 'VALIDATION_ERROR', 'modifier_group_ids');
      refused(await client.put('products/99999', { price: 1 }), 404, 'NOT_FOUND', 'product_id');
    },
  },
  'menu.remove_product': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newDish(client);
      expect(await client.must('DELETE', `products/${id}`)).toMatchObject({ id, active: false, available: false });
      expect((await client.get(`products/${id}`)).body.active).toBe(false);
    },
    badInput: async (store: TestStore) => {
      refused(await (await manager(store)).delete('products/99999'), 404, 'NOT_FOUND', 'product_id');
      refused(await (await server(store)).delete('products/1'), 403, 'FORBIDDEN', null);
    },
  },
  'menu.set_availability': {
    success: async (store: TestStore) => {
      const { id } = await newDish(await manager(store));
      const client = await server(store);
      const say = (body: object) => client.must('POST', `products/${id}/availability`, body);
      expect(await say({ remaining: 3 })).toMatchObject({ available: true, remaining: 3 });
      expect(await say({ available: false })).toMatchObject({ available: false, remaining: 0 });
      expect(await say({ available: true })).toMatchObject({ available: true, remaining: null });
      expect(await say({ available: false, until: 'day_end' })).toMatchObject({
        available: false,
        back_tomorrow: true,
      });
      expect(await say({ available: false, until: 'undone' })).toMatchObject({
        available: false,
        back_tomorrow: false,
      });
    },
    badInput: async (store: TestStore) => {
      const client = await server(store);
      const say = (body: object) => client.post('products/1/availability', body);
      for (const body of [{}, { available: true, remaining: 2 }]) {
        expect((await say(body)).body.error.code).toBe('VALIDATION_ERROR');
      }
      refused(await say({ remaining: -1 }), 422, 'VALIDATION_ERROR', 'remaining');
      refused(await say({ remaining: 2.5 }), 422, 'VALIDATION_ERROR', 'remaining');
      refused(await say({ available: false, until: 'later' }), 422, 'VALIDATION_ERROR', 'until');
      refused(await say({ remaining: 2, until: 'day_end' }), 422, 'VALIDATION_ERROR', 'until');
      refused(await say({ remaining: 2, sure: true }), 422, 'UNKNOWN_FIELD', 'sure');
      refused(await client.post('products/99999/availability', { remaining: 1 }), 404, 'NOT_FOUND', 'product_id');
    },
  },
  'menu.all_categories': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await client.must('POST', 'menu/categories', { name: fresh('Specials'), active: false });
      const ids = (list: Reply) => list.body.data.map((category: { id: number }) => category.id);
      expect(ids(await client.get('menu/categories'))).toContain(id);
      expect(ids(await client.get('categories'))).not.toContain(id);
    },
    badInput: readsOnlyWhenSignedIn('menu/categories'),
  },
  'menu.add_category': {
    success: async (store: TestStore) => {
      const name = fresh('Specials');
      const made = await (await manager(store)).must('POST', 'menu/categories', { name, course: 1, station_id: 2 });
      expect(made).toMatchObject({ name, course: 1, product_count: 0, active: true });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      refused(await client.post('menu/categories', { name: 'starters' }), 409, 'CONFLICT', 'name');
      refused(await client.post('menu/categories', { name: 'x', color: 'red' }), 422, 'VALIDATION_ERROR', 'color');
      refused(await client.post('menu/categories', { name: 'x', colour: '#112233' }), 422, 'UNKNOWN_FIELD', 'colour');
      refused(await client.post('menu/categories', { name: 'x', parent_id: 999 }), 404, 'NOT_FOUND', 'parent_id');
    },
  },
  'menu.change_category': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const before = await client.must('POST', 'menu/categories', { name: fresh('Specials') });
      const after = await client.must('PUT', `menu/categories/${before.id}`, { ...before, sort_order: 7 });
      expect(after).toEqual({ ...before, sort_order: 7 });
      // Somebody else has moved it meanwhile: whoever renames it takes nothing away from them.
      const path = `menu/categories/${before.id}`;
      const name = fresh('Tonight');
      expect(await client.must('PUT', path, { name, seen: { name: before.name } })).toEqual({ ...after, name });
      expect((await client.put(path, { name, seen: { name: before.name } })).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      refused(await client.put('menu/categories/2', { name: 'Starters' }), 409, 'CONFLICT', 'name');
      refused(await client.put('menu/categories/1', { parent_id: 1 }), 422, 'VALIDATION_ERROR', 'parent_id');
      refused(await client.put('menu/categories/999', { course: 1 }), 404, 'NOT_FOUND', 'category_id');
      const late = await client.put('menu/categories/2', {
        course: 3,
        active: true,
        seen: { course: 9, active: false },
      });
      refused(late, 409, 'VERSION_CONFLICT', null);
      expect(late.body.error.details.keys).toEqual(['course']);
    },
  },
  'menu.modifier_groups': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('menu/modifier-groups');
      const size = body.modifier_groups.find((group: { kind: string }) => group.kind === 'size');
      expect(size).toMatchObject({ min: 1, max: 1, free_count: 0 });
    },
    badInput: readsOnlyWhenSignedIn('menu/modifier-groups'),
  },
  'menu.modifier_group': {
    success: async (store: TestStore) => {
      const client = await server(store);
      const { id, alias } = (await client.get('menu/modifier-groups')).body.data[0];
      expect((await client.get(`menu/modifier-groups/${alias}`)).body.id).toBe(id);
    },
    badInput: unknownId('menu/modifier-groups/99999', 'group_id'),
  },
  'menu.add_modifier_group': {
    success: async (store: TestStore) => {
      const group = await newGroup(await manager(store), [
        { name: 'Thin' },
        { name: 'Thick', price: 0.5, is_default: true },
      ]);
      expect(group.options[1]).toMatchObject({ name: 'Thick', price: 0.5, is_default: true, available: true });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const add = (more: object) =>
        client.post('menu/modifier-groups', { name: 'Cut', kind: 'choice', options: [{ name: 'Thin' }], ...more });
      refused(await add({ kind: 'wish' }), 422, 'VALIDATION_ERROR', 'kind');
      refused(await add({ min: 2, max: 2 }), 422, 'VALIDATION_ERROR', 'options');
      refused(await add({ min: 2, max: 1 }), 422, 'VALIDATION_ERROR', 'min');
      refused(
        await add({ options: [{ name: 'Thin', prices_by_size: { 9999: 1 } }] }),
        422,
        'VALIDATION_ERROR',
        'options.0.prices_by_size',
      );
      refused(
        await add({ options: [{ name: 'Thin', nested_group_id: 9999 }] }),
        404,
        'NOT_FOUND',
        'options.0.nested_group_id',
      );
    },
  },
  'menu.change_modifier_group': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const before = await newGroup(client, [{ name: 'Thin' }, { name: 'Thick', price: 0.5 }]);
      const path = `menu/modifier-groups/${before.id}`;
      expect(await client.must('PUT', path, before)).toEqual(before);
      const after = await client.must('PUT', path, { options: [{ ...before.options[1], price: 0.75 }] });
      expect(after.options).toEqual([{ ...before.options[1], price: 0.75 }]);
      // Whoever saw it as it is may change it; so may whoever wants what it has become.
      expect((await client.must('PUT', path, { max: 2, seen: after })).max).toBe(2);
      expect((await client.put(path, { max: 2, seen: { max: 1 } })).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const one = await newGroup(client, [{ name: 'Thin' }]);
      const other = await newGroup(client, [{ name: 'Thick' }]);
      const change = (body: object) => client.put(`menu/modifier-groups/${one.id}`, body);
      const foreign = { id: other.options[0].id, name: 'Thick' };
      refused(await change({ options: [foreign] }), 422, 'VALIDATION_ERROR', 'options.0.id');
      const ring = { name: 'Again', nested_group_id: one.id };
      refused(await change({ options: [ring] }), 422, 'VALIDATION_ERROR', 'options');
      const late = await change({ name: 'Thin cut', seen: { ...other, name: 'Thinner' } });
      refused(late, 409, 'VERSION_CONFLICT', null);
      expect(late.body.error.details.keys).toEqual(['name', 'options']);
      refused(await client.put('menu/modifier-groups/99999', { name: 'x' }), 404, 'NOT_FOUND', 'group_id');
    },
  },
  'menu.set_option_availability': {
    success: async (store: TestStore) => {
      const group = await newGroup(await manager(store), [{ name: 'Thin' }, { name: 'Thick' }]);
      const client = await server(store);
      const path = `menu/options/${group.options[0].alias}/availability`;
      expect((await client.must('POST', path, { available: false })).options[0].available).toBe(false);
      expect((await client.must('POST', path, { available: true })).options[0].available).toBe(true);
    },
    badInput: async (store: TestStore) => {
      const client = await server(store);
      refused(
        await client.post('menu/options/1/availability', { available: 'no' }),
        422,
        'VALIDATION_ERROR',
        'available',
      );
      refused(await client.post('menu/options/99999/availability', { available: true }), 404, 'NOT_FOUND', 'option_id');
    },
  },
  'menu.problems': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id: category_id } = await client.must('POST', 'menu/categories', { name: fresh('Nowhere') });
      const { id } = await newDish(client, { category_id });
      const found = (await client.get('menu/problems')).body.problems;
      expect(found.filter((one: { product_id: number }) => one.product_id === id)).toMatchObject([
        { kind: 'no_station' },
      ]);
    },
    badInput: async (store: TestStore) => {
      refused(await (await server(store)).get('menu/problems'), 403, 'FORBIDDEN', null);
    },
  },
};
