import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../../test/harness/api-client.ts';
import { openStore, type TestStore } from '../../../test/harness/open-store.ts';

let store: TestStore;
let manager: ApiClient;

beforeAll(async () => {
  store = await openStore();
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
});
afterAll(() => store.close());

interface Shown {
  readonly uuid: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly active: boolean;
  readonly effective_station_ids: readonly string[];
}
const products = async (): Promise<Shown[]> => (await manager.get('products?include_inactive=true')).body.data;
const dish = async (category: string, name: string): Promise<Shown> =>
  (await products()).find((one) => one.category === category && one.name === name) as Shown;
const bring = (dishes: readonly object[], more: object = {}) =>
  manager.must('POST', 'menu/import', { source: 'menu.csv', dishes, ...more });
const undo = ({ import_id }: { import_id: string }) => manager.must('POST', `menu/imports/${import_id}/undo`, {});
const stations = async () => (await manager.get('kitchen/stations')).body.stations;
const category = async (name: string) =>
  (await manager.get('menu/categories')).body.categories.find((one: { name: string }) => one.name === name);

test('a dish of a new menu can be sent to the kitchen at once, at the station most of its category names', async () => {
  await bring(
    [
      { name: 'Volcán', category: 'Del comal', price: 5.5, station: 'Comal' },
      { name: 'Quesadilla', category: 'Del comal', price: 6, station: 'comal ' },
      { name: 'Churros', category: 'Del comal', price: 4, station: 'Fryer' },
      { name: 'Agua fresca', category: 'Aguas', price: 3 },
    ],
    { station: 'Pass', categories: [{ name: 'Aguas', course: 0, color: '#123456' }] },
  );
  const byName = new Map((await stations()).map(({ id, name }: { id: string; name: string }) => [name, id]));
  const cooks = async (from: string, name: string) => (await dish(from, name)).effective_station_ids;
  expect(await cooks('Del comal', 'Quesadilla')).toEqual([byName.get('Comal')]);
  expect(await cooks('Del comal', 'Churros')).toEqual([byName.get('Fryer')]);
  expect(await cooks('Aguas', 'Agua fresca')).toEqual([byName.get('Pass')]);
  expect(await category('Del comal')).toMatchObject({ station_id: byName.get('Comal') });
  expect(await category('Aguas')).toMatchObject({ course: 0, color: '#123456' });
  const check = await manager.must('POST', 'orders', { order_type: 'takeaway' });
  const { uuid } = await dish('Aguas', 'Agua fresca');
  await manager.must('POST', `orders/${check.id}/lines`, { lines: [{ product_id: uuid, quantity: 1 }] });
  expect((await manager.post(`orders/${check.id}/fire`, {})).status).toBe(200);
});

test('an import taken back leaves what somebody has changed since, and says which dish that is', async () => {
  await bring([
    { name: 'Mole', category: 'Guisados', price: 9 },
    { name: 'Tinga', category: 'Guisados', price: 8 },
  ]);
  const second = await bring([
    { name: 'Mole', category: 'guisados', price: 10, description: 'Twenty-six things and a day.' },
    { name: 'TINGA', category: 'Guisados', price: 8.5 },
    { name: 'Birria', category: 'Guisados', price: 11 },
    { name: 'Chorizo', category: 'Guisados', price: 7 },
  ]);
  expect(second).toMatchObject({ added: 2, changed: 2, categories_added: [] });
  const birria = await dish('Guisados', 'Birria');
  await manager.must('PUT', `products/${birria.uuid}`, { price: 11.5 });
  const undone = await undo(second);
  expect(undone).toMatchObject({ taken_off: 1, put_back: 2, left: [{ uuid: birria.uuid, name: 'Birria' }] });
  expect(await dish('Guisados', 'Mole')).toMatchObject({ price: 9, description: null, active: true });
  expect(await dish('Guisados', 'Tinga')).toMatchObject({ price: 8, active: true });
  expect(await dish('Guisados', 'Birria')).toMatchObject({ price: 11.5, active: true });
  expect(await dish('Guisados', 'Chorizo')).toMatchObject({ active: false });
});

test('the same file after an import that was taken back brings the same dishes back', async () => {
  const menu = [{ name: 'Flan', category: 'Postres de la casa', price: 5, station: 'Pastry' }];
  const first = await bring(menu);
  const before = await dish('Postres de la casa', 'Flan');
  await undo(first);
  expect(await category('Postres de la casa')).toMatchObject({ active: false });
  expect((await stations()).find(({ name }: { name: string }) => name === 'Pastry')).toMatchObject({ active: false });
  const again = await bring(menu);
  expect(again).toMatchObject({ added: 1, changed: 0, categories_added: ['Postres de la casa'] });
  expect(again.stations_added).toEqual(['Pastry']);
  expect(await dish('Postres de la casa', 'Flan')).toEqual(before);
  expect(await undo(again)).toMatchObject({ taken_off: 1, put_back: 0, left: [] });
});

test('a category of an import stays as long as somebody else’s dish stands in it', async () => {
  const one = await bring([{ name: 'Pozole', category: 'Caldos', price: 8, station: 'Stove' }]);
  await bring([{ name: 'Menudo', category: 'Caldos', price: 8.5 }]);
  await undo(one);
  expect(await category('Caldos')).toMatchObject({ active: true, product_count: 1 });
  expect((await stations()).find(({ name }: { name: string }) => name === 'Stove')).toMatchObject({ active: true });
});

test('what a list does not say stays as it is, and a list that says nothing new changes nothing', async () => {
  const [{ name, category: from, price } = {}] = await products();
  const before = await dish(from as string, name as string);
  expect(await bring([{ name, category: from, price }])).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  expect(await dish(from as string, name as string)).toEqual(before);
});

test('a thousand dishes come in at once, once, and go again', async () => {
  const dishes = Array.from({ length: 1000 }, (_, at) => ({
    name: `Dish ${at}`,
    category: `Page ${at % 40}`,
    price: at / 100,
    vat_bps: 2000,
    kitchen_name: `D${at}`,
    description: 'As grandmother made it, with all that was in the garden that day. '.repeat(4).trim(),
    allergens: ['milk', 'eggs'],
    station: 'Kitchen',
  }));
  const body = { source: 'everything.csv', dishes };
  const sent = await manager.post('menu/import', body, { key: 'everything' });
  expect([sent.status, sent.body.data.added]).toEqual([201, 1000]);
  const again = await manager.post('menu/import', body, { key: 'everything' });
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body.data).toEqual(sent.body.data);
  expect(await undo(sent.body.data)).toMatchObject({ taken_off: 1000, left: [] });
});
