import { afterEach, beforeEach, expect, test } from 'vitest';
import { SectionDto, TableDto } from '#contract/floor.ts';
import { openRestaurant } from '../orders/orders.fixture.ts';
import { addSection, changeSection } from './floor.commands/sections.ts';
import { setTableStatus } from './floor.commands/set-status.ts';
import { addTable, changeTable } from './floor.commands/tables.ts';

let house: Awaited<ReturnType<typeof openRestaurant>>;
beforeEach(async () => {
  house = await openRestaurant();
});
afterEach(async () => {
  await house.close();
});

const plan = async (query = '') => (await house.ask('GET', `/restaurants/floor-plan${query}`)).body;
const tableOn = async (id: string) => (await plan()).tables.find((table: { id: string }) => table.id === id);

test('an older iPad reads the floor plan: both names for seats, the section by id and whole', async () => {
  const body = await plan();
  expect(body.tables).toHaveLength(6);
  expect(body.tables[3]).toMatchObject({
    id: house.tables[3],
    mobile_id: 4,
    name: '7',
    display_name: '7',
    seats: 4,
    capacity: 4,
    status: 'available',
    section_id: house.section,
    section_name: 'Main',
    section: { id: house.section, name: 'Main', color: '#00A651' },
    position: { x: 0, y: 0 },
    current_order: null,
    server: null,
    occupied_since: null,
    stats: { orders_today: 0, revenue_today: 0 },
  });
  expect(body.sections).toEqual([
    expect.objectContaining({ id: house.section, name: 'Main', color: '#00A651', table_count: 6, total_capacity: 24 }),
  ]);
  expect(body.data.tables).toEqual(body.tables);
  for (const table of body.tables) expect(TableDto.loose().parse(table)).toEqual(table);
  for (const section of body.sections) expect(SectionDto.strict().parse(section)).toEqual(section);
});

test('the plan of one section shows its tables only, by uuid or by number, whatever else the client asks', async () => {
  const bar = (await house.run(addSection, 'manager', { name: 'Bar', color: '#123456' })).id;
  await house.run(addTable, 'manager', addTable.input.parse({ name: 'B1', section_id: bar }));
  expect((await plan(`?section_id=${bar}&colour=all`)).tables.map((table: { name: string }) => table.name)).toEqual([
    'B1',
  ]);
  expect((await plan('?section_id=2')).tables).toHaveLength(1);
  expect((await plan('?section_id=99')).error.code).toBe('NOT_FOUND');
});

test('a table with guests shows their check, who serves them and since when', async () => {
  const { order } = await house.open(house.tables[3], 4);
  await house.add(order.id, [{ product_id: house.menu.chips.id, quantity: 2 }]);
  expect(await tableOn(house.tables[3])).toMatchObject({
    status: 'occupied',
    current_order: { id: order.id, name: 'Order 1', amount: 10.13, order_number: 1 },
    server: { name: 'Ana P.' },
    occupied_since: '2025-06-18T19:30:00.000Z',
    open_checks: 1,
    stats: { orders_today: 1, revenue_today: 0 },
  });
});

test('an older iPad sets a status with whatever it has in hand', async () => {
  const set = (json: object) => house.ask('PUT', `/restaurants/tables/${house.tables[0]}/status`, json);
  const { status, body } = await set({ status: 'occupied', server_id: 3, guest_count: 2, mood: 'good' });
  expect([status, body.status, body.server]).toEqual([
    200,
    'occupied',
    { id: '00000000-0000-7000-8000-000000000003', name: 'Ben P.' },
  ]);
  expect(house.facts(house.tables[0]).at(-1)).toMatchObject({
    kind: 'table.status_changed',
    body: { old_status: 'available', new_status: 'occupied', guest_count: 2, open_checks: 0, order_id: null },
  });
  await set({ status: 'cleaning' });
  const madeUp = await set({ status: 'occupied', server_id: 's1', guest_count: 2 });
  expect([madeUp.status, madeUp.body.status]).toEqual([200, 'occupied']);
  expect((await set({ status: 'available' })).body).toMatchObject({
    status: 'available',
    server: null,
    occupied_since: null,
  });
  expect((await set({ status: 'blocked' })).body.status).toBe('out_of_order');
});

test('saying what a table already is changes nothing and is told to nobody', async () => {
  const before = house.facts(house.tables[0]).length;
  await house.run(setTableStatus, 'server', { table_id: house.tables[0], status: 'available' });
  expect(house.facts(house.tables[0])).toHaveLength(before);
});

test.each([
  ['a status there is none of', { status: 'burning' }, 'status', 422],
  ['no status', {}, 'status', 422],
  ['a server nobody knows', { status: 'occupied', server_id: 77 }, 'server_id', 404],
  ['half a guest', { status: 'occupied', guest_count: 1.5 }, 'guest_count', 422],
  ['fewer guests than none', { status: 'occupied', guest_count: -1 }, 'guest_count', 422],
])('a table is refused %s', async (_, json, field, expected) => {
  const { status, body } = await house.ask('PUT', `/restaurants/tables/${house.tables[0]}/status`, json);
  expect([status, body.error.field]).toEqual([expected, field]);
  expect((await tableOn(house.tables[0])).status).toBe('available');
});

test('a table under an open check cannot be called free, and an unknown one not at all', async () => {
  await house.open(house.tables[0]);
  const no = await house.ask('PUT', `/restaurants/tables/${house.tables[0]}/status`, { status: 'available' });
  expect([no.status, no.body.error.code, no.body.error.details.state]).toEqual([409, 'ILLEGAL_TRANSITION', 'occupied']);
  const unknown = await house.ask('PUT', '/restaurants/tables/t1/status', { status: 'available' });
  expect([404, 422]).toContain(unknown.status);
  expect((await house.ask('PUT', '/restaurants/tables/99/status', { status: 'available' })).status).toBe(404);
});

test('the kitchen does not run the floor', async () => {
  const no = await house.refusal(house.run(setTableStatus, 'cook', { table_id: house.tables[0], status: 'reserved' }));
  expect(no.code).toBe('FORBIDDEN');
});

test('a manager draws the floor: sections and tables, each name once', async () => {
  const section = await house.run(addSection, 'manager', { name: 'Terrace', color: '#00AA00' });
  const table = await house.run(addTable, 'manager', addTable.input.parse({ name: 'T20', section_id: section.alias }));
  expect(table).toMatchObject({ alias: 7, seats: 4, status: 'available', section: { name: 'Terrace' } });
  const again = addTable.input.parse({ name: 't20', section_id: section.id });
  expect(await house.refusal(house.run(addTable, 'manager', again))).toMatchObject({ code: 'CONFLICT', field: 'name' });
  expect(await house.refusal(house.run(addSection, 'manager', { name: 'terrace', color: '#00AA00' }))).toMatchObject({
    code: 'CONFLICT',
  });
  expect(await house.refusal(house.run(addTable, 'server', { ...again, name: 'X' }))).toMatchObject({
    code: 'FORBIDDEN',
  });
  const moved = await house.run(changeTable, 'manager', {
    table_id: table.id,
    x: 40,
    name: 'T21',
    section_id: house.section,
  });
  expect(moved).toMatchObject({ x: 40, y: 0, name: 'T21', section: { name: 'Main' } });
  expect(await house.run(changeSection, 'manager', { section_id: section.id, sort_order: 9 })).toMatchObject({
    name: 'Terrace',
    sortOrder: 9,
    tableCount: 0,
  });
});

test('a table is taken off the floor when it is empty, and put back under its name', async () => {
  await house.open(house.tables[0]);
  const off = { table_id: house.tables[0], active: false };
  expect(await house.refusal(house.run(changeTable, 'manager', off))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  const closing = house.run(changeSection, 'manager', { section_id: house.section, active: false });
  expect(await house.refusal(closing)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  await house.run(changeTable, 'manager', { ...off, table_id: house.tables[1] });
  expect((await plan()).tables).toHaveLength(5);
  expect((await house.ask('PUT', '/restaurants/tables/2/status', { status: 'reserved' })).status).toBe(404);
  await house.run(changeTable, 'manager', { table_id: 2, active: true });
  expect((await plan()).tables).toHaveLength(6);
});

test.each([
  ['no name', { section_id: 1 }, 'name'],
  ['a name longer than older clients keep', { name: 'x'.repeat(21), section_id: 1 }, 'name'],
  ['no section', { name: 'N' }, 'section_id'],
  ['a colour that is none', { name: 'N', section_id: 1, colour: 'red' }, 'colour'],
  ['nought seats', { name: 'N', section_id: 1, seats: 0 }, 'seats'],
  ['a shape there is none of', { name: 'N', section_id: 1, shape: 'star' }, 'shape'],
])('a table with %s is refused and nothing is drawn', async (_, json, field) => {
  const headers = { Authorization: 'Bearer manager' };
  const { status, body } = await house.ask('POST', '/restaurants/tables', json, headers);
  expect([status, body.error.field]).toEqual([422, field]);
  expect(house.count('dining_table')).toBe(6);
});

test('the sections as older iPads list them', async () => {
  const { body } = await house.ask('GET', '/restaurants/sections?x=1');
  expect(body.sections).toEqual(body.data);
  expect(body.data).toMatchObject([{ name: 'Main', table_count: 6 }]);
});
