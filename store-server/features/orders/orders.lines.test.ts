import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeProduct } from '../menu/index.ts';
import { bumpLine, recallLine } from './orders.commands/bump-line.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { openRestaurant, type Who } from './orders.fixture.ts';

let house: Awaited<ReturnType<typeof openRestaurant>>;
let check: string;
beforeEach(async () => {
  house = await openRestaurant();
  check = (await house.open(house.tables[3], 4)).order.id;
});
afterEach(async () => {
  await house.close();
});

const lineId = (n: number): string => `00000000-0000-7000-9000-00000000000${n}`;
const burger = (more: object = {}) => ({
  product_id: house.menu.burger.id,
  quantity: 1,
  modifiers: [{ option_id: house.menu.rare }],
  ...more,
});
const remaining = () =>
  house.core.connection().sqlite.prepare('SELECT remaining FROM product WHERE id = ?').pluck().get(house.menu.cake.id);
const change = (line_id: string, fields: object, who: Who = 'server') =>
  house.run(changeLine, who, changeLine.input.parse({ order_id: check, line_id, ...fields }));
const fireAll = (fields: object = {}) => house.run(fire, 'server', { order_id: check, ...fields });
const statuses = (order: { lines: readonly { status: string }[] }) => order.lines.map(({ status }) => status);

describe('adding', () => {
  test('dishes with choices, seats and notes are priced by the menu and held', async () => {
    const { order } = await house.add(check, [
      burger({
        quantity: 2,
        seat: 2,
        note: 'no salt',
        modifiers: [{ option_id: house.menu.rare }, { option_id: house.menu.cheese }],
      }),
      { product_id: house.menu.lager.alias, quantity: 3 },
    ]);
    expect(order.lines).toMatchObject([
      {
        n: 1,
        productName: 'Burger',
        unitPriceMinor: 1149,
        grossMinor: 2298,
        quantity: 2,
        seat: 2,
        note: 'no salt',
        course: 2,
        status: 'held',
      },
      { n: 2, productName: 'Lager', unitPriceMinor: 450, grossMinor: 1350, seat: null, course: 0 },
    ]);
    // 36.48 of goods, 12.5 % service: 4.56.
    expect(order.sums).toMatchObject({ itemsTotal: 3648, service: 456, tax: 608, total: 4104 });
    expect([order.dueMinor, order.itemsCount]).toEqual([4104, 5]);
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.lines_added',
      body: { total_minor: 4104, items_count: 5, lines: [{ product_name: 'Burger', quantity: 2 }, { quantity: 3 }] },
    });
  });

  test('two devices add to the same check at once and both rounds are there', async () => {
    const round = (who: Who) => house.add(check, [{ product_id: house.menu.lager.id, quantity: 1 }], who);
    await Promise.all(Array.from({ length: 10 }, (_, n) => round(n % 2 === 0 ? 'server' : 'second')));
    const { order } = await round('server');
    expect(order.lines.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(order.itemsCount).toBe(11);
  });

  test('a line that a device sends twice is one line, even when it took the last portion', async () => {
    const round = [{ id: lineId(1), product_id: house.menu.cake.id, quantity: 3 }];
    await house.add(check, round);
    const facts = house.facts(check).length;
    const { order } = await house.add(check, round);
    expect(order.lines).toHaveLength(1);
    expect(remaining()).toBe(0);
    expect(house.facts(check)).toHaveLength(facts);
  });

  test('half of what is sent again may be new', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    const { order } = await house.add(check, [burger({ id: lineId(1) }), burger({ id: lineId(2) })]);
    expect(order.lines.map(({ id }) => id)).toEqual([lineId(1), lineId(2)]);
  });

  test('the id of one line cannot stand for another', async () => {
    const other = (await house.open(house.tables[0])).order.id;
    await house.add(check, [burger({ id: lineId(1) })]);
    const again = (more: object, order = check) =>
      house.refusal(house.add(order, [burger({ id: lineId(1), ...more })]));
    for (const more of [
      { quantity: 2 },
      { seat: 1 },
      { note: 'hot' },
      { modifiers: [{ option_id: house.menu.medium }] },
    ]) {
      expect(await again(more)).toMatchObject({ code: 'CONFLICT', field: 'lines.0.id' });
    }
    expect(await again({}, other)).toMatchObject({ code: 'CONFLICT' });
    expect(await again({ product_id: house.menu.chips.id, modifiers: [] })).toMatchObject({ code: 'CONFLICT' });
  });

  test('the last portions are sold once, and everybody hears that they are gone', async () => {
    await house.add(check, [{ product_id: house.menu.cake.id, quantity: 2 }]);
    const no = await house.refusal(house.add(check, [{ product_id: house.menu.cake.id, quantity: 2 }]));
    expect(no).toMatchObject({ code: 'LINE_SOLD_OUT', status: 409, details: { remaining: 1 } });
    await house.add(check, [{ product_id: house.menu.cake.id, quantity: 1 }]);
    expect(house.kinds(house.menu.cake.id).at(-1)).toBe('stock.sold_out');
  });

  test.each([
    ['a quantity of nought', { quantity: 0 }, 'lines.0.quantity', 422],
    ['a negative quantity', { quantity: -1 }, 'lines.0.quantity', 422],
    ['half a burger', { quantity: 0.5 }, 'lines.0.quantity', 422],
    ['a thousand burgers', { quantity: 1000 }, 'lines.0.quantity', 422],
    ['a number in words', { quantity: 'two' }, 'lines.0.quantity', 422],
    ['no quantity', { quantity: undefined }, 'lines.0.quantity', 422],
    ['a price of its own', { unit_price: 0.01 }, 'lines.0.unit_price', 422],
    ['a seat below the table', { seat: 0 }, 'lines.0.seat', 422],
    ['a note as long as a letter', { note: 'x'.repeat(201) }, 'lines.0.note', 422],
    [
      'a product of another restaurant',
      { product_id: '00000000-0000-7000-8000-00000000dead' },
      'lines.0.product_id',
      404,
    ],
    ['no way of cooking it', { modifiers: [] }, 'lines.0.modifiers', 422],
    ['an id that is none', { id: 'one' }, 'lines.0.id', 422],
  ])('%s is refused and nothing is added', async (_, more, field, expected) => {
    const { status, body } = await house.ask('POST', `/orders/${check}/lines`, { lines: [burger(more)] });
    expect([status, body.error.field]).toEqual([expected, field]);
    expect(house.count('order_line')).toBe(0);
  });

  test('a required choice that is missing is named with its dish', async () => {
    const { body } = await house.ask('POST', `/orders/${check}/lines`, { lines: [burger({ modifiers: [] })] });
    expect(body.error).toMatchObject({
      code: 'MODIFIER_REQUIRED',
      details: { group: 'Cooked', product: 'Burger', min: 1 },
    });
  });

  test('one bad line of a round takes the good ones along', async () => {
    const lines = [burger(), burger({ product_id: house.menu.cake.id, modifiers: [], quantity: 4 })];
    expect(await house.refusal(house.add(check, lines))).toMatchObject({
      code: 'LINE_SOLD_OUT',
      field: 'lines.1.quantity',
    });
    expect([house.count('order_line'), remaining()]).toEqual([0, 3]);
  });

  test('a check has room for five hundred lines and no more', async () => {
    const round = Array.from({ length: 100 }, () => ({ product_id: house.menu.lager.id, quantity: 1 }));
    for (let n = 0; n < 5; n += 1) await house.add(check, round);
    const no = await house.refusal(house.add(check, round.slice(0, 1)));
    expect(no).toMatchObject({ code: 'VALIDATION_ERROR', field: 'lines' });
  });
});

describe('changing', () => {
  test('a held line changes in everything, and its portions follow', async () => {
    await house.add(check, [{ id: lineId(1), product_id: house.menu.cake.id, quantity: 1 }, burger({ id: lineId(2) })]);
    await change(lineId(1), { quantity: 3, seat: 4, course: 1, note: 'candle' });
    expect(remaining()).toBe(0);
    const { order } = await change(lineId(1), { quantity: 2 });
    expect(order.lines[0]).toMatchObject({ quantity: 2, seat: 4, course: 1, note: 'candle', grossMinor: 1200 });
    expect(remaining()).toBe(1);
    expect(await house.refusal(change(lineId(1), { quantity: 4 }))).toMatchObject({ code: 'LINE_SOLD_OUT' });
    const other = await change(lineId(2), {
      modifiers: [{ option_id: house.menu.medium }, { option_id: house.menu.cheese }],
    });
    expect(other.order.lines[1]).toMatchObject({
      unitPriceMinor: 1149,
      modifiers: [{ name: 'Medium' }, { name: 'Cheese' }],
    });
    expect(house.facts(check).at(-1)).toMatchObject({ kind: 'order.line_changed', body: { changed: ['modifiers'] } });
  });

  test('a change that changes nothing is told to nobody', async () => {
    await house.add(check, [burger({ id: lineId(1), seat: 1 })]);
    const facts = house.facts(check).length;
    await change(lineId(1), { quantity: 1, seat: 1 });
    expect(house.facts(check)).toHaveLength(facts);
  });

  test('of a fired dish the seat is put right, a note goes to the kitchen, and the rest is refused', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    await fireAll();
    const slips = house.slips(house.grillPrinter).length;
    expect((await change(lineId(1), { seat: 3 })).order.lines[0]?.seat).toBe(3);
    expect(house.slips(house.grillPrinter)).toHaveLength(slips);
    await change(lineId(1), { note: 'no onion' });
    expect(house.slips(house.grillPrinter).at(-1)?.title).toBe('CHANGED, order 1');
    for (const fields of [{ quantity: 2 }, { course: 1 }, { modifiers: [{ option_id: house.menu.medium }] }]) {
      expect(await house.refusal(change(lineId(1), fields))).toMatchObject({
        code: 'ILLEGAL_TRANSITION',
        details: { state: 'fired', possible: expect.arrayContaining(['void', 'change_seat']) },
      });
    }
  });

  test('bad changes are refused at the edge', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    const patch = (json: object, id = lineId(1)) => house.ask('PATCH', `/orders/${check}/lines/${id}`, json);
    expect((await patch({ quantity: 0 })).body.error.field).toBe('quantity');
    expect((await patch({ colour: 'red' })).body.error).toMatchObject({ code: 'UNKNOWN_FIELD', field: 'colour' });
    expect((await patch({ quantity: 2 }, lineId(9))).body.error).toMatchObject({ code: 'NOT_FOUND', field: 'line_id' });
    const elsewhere = (await house.open(house.tables[0])).order.id;
    expect((await house.ask('PATCH', `/orders/${elsewhere}/lines/${lineId(1)}`, { quantity: 2 })).status).toBe(404);
  });
});

describe('firing', () => {
  test('each station gets a ticket with what is its own, allergies or not', async () => {
    await house.add(check, [
      burger(),
      { product_id: house.menu.chips.id, quantity: 1 },
      { product_id: house.menu.lager.id, quantity: 2 },
    ]);
    const { order } = await fireAll();
    expect(order.wireStatus).toBe('confirmed');
    expect(statuses(order)).toEqual(['fired', 'fired', 'fired']);
    expect([house.slips(house.grillPrinter), house.slips(house.barPrinter)].map((slips) => slips.length)).toEqual([
      1, 1,
    ]);
    expect(JSON.stringify(house.slips(house.barPrinter))).not.toContain('Burger');
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.fired',
      body: {
        old_status: 'pending',
        new_status: 'confirmed',
        course: null,
        lines: [{}, {}, { quantity: 2, station_ids: [house.menu.bar] }],
      },
    });
  });

  test('one course, or named dishes, go alone; what is gone does not go again', async () => {
    await house.add(check, [
      burger({ id: lineId(1) }),
      { id: lineId(2), product_id: house.menu.lager.id, quantity: 1 },
      burger({ id: lineId(3) }),
    ]);
    expect(statuses((await fireAll({ course: 0 })).order)).toEqual(['held', 'fired', 'held']);
    expect(statuses((await fireAll({ line_ids: [lineId(3), lineId(3)] })).order)).toEqual(['held', 'fired', 'fired']);
    expect(await house.refusal(fireAll({ course: 0 }))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { held_courses: [2] },
    });
    expect(await house.refusal(fireAll({ line_ids: [lineId(1), lineId(2)] }))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { line_id: lineId(2), state: 'fired' },
    });
    await fireAll();
    expect(await house.refusal(fireAll())).toMatchObject({ code: 'ILLEGAL_TRANSITION', status: 409 });
    expect(house.slips(house.grillPrinter)).toHaveLength(2);
  });

  test('two servers fire the same check at once and the kitchen cooks it once', async () => {
    await house.add(check, [burger()]);
    const both = await Promise.allSettled([fireAll(), fireAll()]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(house.slips(house.grillPrinter)).toHaveLength(1);
  });

  test('a dish that no station cooks stops the whole firing, loudly, until it is given one', async () => {
    await house.add(check, [burger(), { id: lineId(1), product_id: house.menu.apron.id, quantity: 1 }]);
    expect(await house.refusal(fireAll())).toMatchObject({ code: 'NO_STATION', details: { product: 'Apron' } });
    expect(house.slips(house.grillPrinter)).toEqual([]);
    expect(statuses((await house.add(check, [burger()])).order)).toEqual(['held', 'held', 'held']);

    await house.run(changeProduct, 'manager', { product_id: house.menu.apron.id, station_id: house.menu.bar });
    expect(statuses((await fireAll()).order)).toEqual(['fired', 'fired', 'fired']);
    await house.run(voidLine, 'manager', { order_id: check, line_id: lineId(1), reason: 'guest changed their mind' });
    expect(house.slips(house.barPrinter), 'its ticket, and that it is not wanted any more').toHaveLength(2);
  });

  test('bad firing is refused', async () => {
    const post = (json: unknown) => house.ask('POST', `/orders/${check}/fire`, json);
    await house.add(check, [burger()]);
    expect((await post({ course: 2, line_ids: [lineId(1)] })).body.error.field).toBe('line_ids');
    expect((await post({ line_ids: [] })).status).toBe(422);
    expect((await post({ line_ids: [lineId(8)] })).status).toBe(404);
    expect((await post({ course: -1 })).status).toBe(422);
    expect((await house.ask('POST', `/orders/${check}/fire`, {}, { Authorization: 'Bearer cook' })).status).toBe(403);
    expect((await post({})).status).toBe(200);
  });
});

describe('voiding', () => {
  const voiding = (id: string, who: Parameters<typeof house.run>[1] = 'server', reason = 'guest changed their mind') =>
    house.run(voidLine, who, { order_id: check, line_id: id, reason });

  test('a held dish comes off freely and its portions go back; nobody in the kitchen hears', async () => {
    await house.add(check, [{ id: lineId(1), product_id: house.menu.cake.id, quantity: 3 }]);
    const { order } = await voiding(lineId(1));
    expect(order).toMatchObject({ itemsCount: 0, dueMinor: 0, sums: { total: 0 } });
    expect(order.lines[0]).toMatchObject({ status: 'voided', voidReason: 'guest changed their mind' });
    expect(remaining()).toBe(3);
    expect(house.slips(house.grillPrinter)).toEqual([]);
  });

  test('a fired dish needs a manager’s yes for this very dish, and the kitchen gets a slip', async () => {
    await house.add(check, [burger({ id: lineId(1) }), burger({ id: lineId(2) })]);
    await fireAll();
    expect(await house.refusal(voiding(lineId(1)))).toMatchObject({
      code: 'APPROVAL_NEEDED',
      status: 403,
      details: { command: 'orders.void_line', target_id: lineId(1) },
    });
    const yes = house.approved('server', 'orders.void_line', lineId(1));
    expect(await house.refusal(voiding(lineId(2), yes))).toMatchObject({ code: 'APPROVAL_NEEDED' });
    const { order } = await voiding(lineId(1), yes);
    expect(statuses(order)).toEqual(['voided', 'fired']);
    expect(house.slips(house.grillPrinter).at(-1)?.title).toBe('Void, order 1');
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.line_voided',
      body: {
        gross_minor: 999,
        old_line_status: 'fired',
        reason: 'guest changed their mind',
        approved_by: '00000000-0000-7000-8000-000000000001',
      },
    });
    expect(await house.refusal(voiding(lineId(2), yes))).toMatchObject({
      code: 'APPROVAL_NEEDED',
      details: { reason: 'used' },
    });
    expect(await house.refusal(voiding(lineId(1), 'manager'))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  test('portions that were begun are not given back, and a served dish needs no slip', async () => {
    await house.add(check, [
      { id: lineId(1), product_id: house.menu.cake.id, quantity: 1 },
      { id: lineId(2), product_id: house.menu.cake.id, quantity: 1 },
    ]);
    await fireAll();
    await house.run(bumpLine, 'cook', { order_id: check, line_id: lineId(1), to: 'served' });
    await house.run(bumpLine, 'cook', { order_id: check, line_id: lineId(2), to: 'preparing' });
    const slips = house.slips(house.grillPrinter).length;
    await voiding(lineId(1), 'manager');
    expect(house.slips(house.grillPrinter)).toHaveLength(slips);
    await voiding(lineId(2), 'manager');
    expect(house.slips(house.grillPrinter)).toHaveLength(slips + 1);
    expect(remaining()).toBe(1);
  });

  test('a void says why', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    const post = (json: object) => house.ask('POST', `/orders/${check}/lines/${lineId(1)}/void`, json);
    for (const json of [{}, { reason: '' }, { reason: '  ' }, { reason: 'x'.repeat(201) }, { reason: 5 }]) {
      const { status, body } = await post(json);
      expect([status, body.error.field]).toEqual([422, 'reason']);
    }
    expect((await post({ reason: 'spilt' })).body.lines[0]).toMatchObject({ status: 'voided', void_reason: 'spilt' });
  });
});

describe('on the way to the table', () => {
  const bump = (to: 'preparing' | 'ready' | 'served', id = lineId(1)) =>
    house.run(bumpLine, 'cook', { order_id: check, line_id: id, to });

  test('started, ready, called back, served', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    await fireAll();
    expect((await bump('preparing')).order.wireStatus).toBe('preparing');
    const ready = (await bump('ready')).order;
    expect([ready.wireStatus, ready.lines[0]?.readyAt]).toEqual(['ready', Date.UTC(2025, 5, 18, 19, 30)]);
    const back = (await house.run(recallLine, 'cook', { order_id: check, line_id: lineId(1) })).order;
    expect([back.wireStatus, back.lines[0]?.readyAt]).toEqual(['preparing', null]);
    expect((await bump('served')).order.lines[0]).toMatchObject({ status: 'served', possible: ['recall', 'void'] });
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.line_moved',
      body: { old_line_status: 'preparing', new_line_status: 'served', old_status: 'preparing', new_status: 'served' },
    });
  });

  test('what was never fired is not ready, and a word that is none is refused', async () => {
    await house.add(check, [burger({ id: lineId(1) })]);
    expect(await house.refusal(bump('ready'))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { state: 'held', possible: ['fire', 'void'] },
    });
    const post = (path: string, json?: object) =>
      house.ask('POST', `/orders/${check}/lines/${lineId(1)}/${path}`, json, { Authorization: 'Bearer cook' });
    expect((await post('bump', { to: 'burnt' })).body.error.field).toBe('to');
    expect((await post('recall')).body.error.code).toBe('ILLEGAL_TRANSITION');
    await fireAll();
    expect((await post('bump', { to: 'ready' })).body.status).toBe('ready');
    expect((await post('recall')).body.status).toBe('preparing');
  });
});
