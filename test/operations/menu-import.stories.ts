import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];
const nobody = '00000000-0000-7000-8000-00000000dead';

/** One more dish in a category that is there: the least that an import can be. */
const oneDish = () => {
  files += 1;
  return { source: 'one.csv', dishes: [{ name: `Whelks ${files}`, category: 'Starters', price: 4.5 }] };
};

let files = 0;
/** A list that nobody has brought in before. */
const list = () => {
  files += 1;
  const dishes = [
    { name: 'Carnitas', category: `Tacos ${files}`, price: 3.5, station: `Plancha ${files}` },
    { name: 'Horchata', category: `Aguas ${files}`, price: 2.95, vat_bps: 2000, station: 'bar' },
  ];
  return { source: `menu-${files}.csv`, dishes };
};

export const stories = {
  'menu.import': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const menu = list();
      const reply = await client.post('menu/import', menu);
      expect([reply.status, reply.body.data]).toMatchObject([
        201,
        {
          source: menu.source,
          added: 2,
          changed: 0,
          unchanged: 0,
          categories_added: menu.dishes.map(({ category }) => category),
          stations_added: [menu.dishes[0]?.station],
          undone: false,
        },
      ]);
      const dearer = { ...menu, dishes: menu.dishes.map((dish, at) => (at === 0 ? { ...dish, price: 4 } : dish)) };
      expect(await client.must('POST', 'menu/import', dearer)).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const menu = list();
      const send = async (change: object) => told(await client.post('menu/import', { ...menu, ...change }));
      const dish = { name: 'Whelks', category: 'Shellfish', price: 4.5 };
      const dishes = async (...given: object[]) => send({ dishes: given });
      expect(await dishes()).toEqual([422, 'VALIDATION_ERROR', 'dishes']);
      expect(await dishes(dish, { ...dish, name: ' WHELKS ' })).toEqual([422, 'VALIDATION_ERROR', 'dishes.1.name']);
      expect(await dishes({ ...dish, price: 4.555 })).toEqual([422, 'VALIDATION_ERROR', 'dishes.0.price']);
      expect(await dishes({ ...dish, price: '4.55' })).toEqual([422, 'VALIDATION_ERROR', 'dishes.0.price']);
      expect(await dishes({ ...dish, category: '' })).toEqual([422, 'VALIDATION_ERROR', 'dishes.0.category']);
      expect(await dishes({ ...dish, allergens: ['gravel'] })).toEqual([
        422,
        'VALIDATION_ERROR',
        'dishes.0.allergens.0',
      ]);
      expect(await dishes({ ...dish, cost: 1 })).toEqual([422, 'UNKNOWN_FIELD', 'dishes.0.cost']);
      const many = Array.from({ length: 1001 }, (_, at) => ({ ...dish, name: `Whelk ${at}` }));
      expect(await dishes(...many)).toEqual([422, 'VALIDATION_ERROR', 'dishes']);
      expect(await send({ source: undefined })).toEqual([422, 'VALIDATION_ERROR', 'source']);
      expect(told(await (await server(store)).post('menu/import', menu))).toEqual([403, 'FORBIDDEN', null]);
      const names = (await client.get('menu/categories')).body.categories.map(({ name }: { name: string }) => name);
      expect(names).not.toContain('Shellfish');
    },
  },
  'menu.imports': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const menu = oneDish();
      const { import_id } = await client.must('POST', 'menu/import', menu);
      const { imports } = (await client.get('menu/imports')).body;
      expect(imports[0]).toMatchObject({ import_id, source: menu.source, added: 1, undone: false });
      expect(imports[0].imported_by).toEqual(expect.any(String));
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).get('menu/imports'))).toEqual([403, 'FORBIDDEN', null]);
      expect(told(await (await manager(store)).get('menu/imports?all=yes'))).toEqual([422, 'UNKNOWN_FIELD', 'all']);
    },
  },
  'menu.undo_import': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const menu = oneDish();
      const { import_id, on_menu } = await client.must('POST', 'menu/import', menu);
      const undone = await client.must('POST', `menu/imports/${import_id}/undo`, {});
      expect(undone).toEqual({ import_id, taken_off: 1, put_back: 0, left: [], on_menu: on_menu - 1 });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const undo = async (as: ApiClient, id: string) => told(await as.post(`menu/imports/${id}/undo`, {}));
      expect(await undo(client, nobody)).toEqual([404, 'NOT_FOUND', 'import_id']);
      expect(await undo(client, '7')).toEqual([422, 'VALIDATION_ERROR', 'import_id']);
      const { import_id } = await client.must('POST', 'menu/import', list());
      expect(await undo(await server(store), import_id)).toEqual([403, 'FORBIDDEN', null]);
      await client.must('POST', `menu/imports/${import_id}/undo`, {});
      expect(await undo(client, import_id)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    },
  },
};
