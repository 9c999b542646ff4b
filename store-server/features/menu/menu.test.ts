import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { callerOf, staffActor, systemCaller } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { Rejection } from '../../commands/perform.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import { entriesAfter } from '../../journal/rows.ts';
import { systemClock, systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/verdict.ts';
import { giveBackPortions, priceLine, takePortions } from './index.ts';
import { putBackDue, setAvailability, setOptionAvailability } from './menu.availability.commands.ts';
import { addCategory, changeCategory } from './menu.category.commands.ts';
import { addGroup, changeGroup } from './menu.group.commands.ts';
import { productsForDevices, shownVersion } from './menu.lists.ts';
import { menuProblems } from './menu.problems.ts';
import { addProduct, changeProduct, removeProduct } from './menu.product.commands.ts';

let folder: string;
let core: Core;
let mains: string;
let today: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-menu-'));
  const file = join(folder, 'store.db');
  today = '2025-06-18';
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  core = openCore({
    file,
    clock: systemClock,
    ids: createIds(systemClock.now, systemRandom),
    businessDay: () => today,
    reactions: new Map(),
    log: () => undefined,
  });
  mains = (await core.execute(addCategory, manager, { name: 'Mains' })).data.category.id;
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const manager = callerOf(staffActor('00000000-0000-7000-8000-000000000001', 'manager', null));
const cook = callerOf(staffActor('00000000-0000-7000-8000-000000000002', 'employee', 'kitchen'));

const product = async (name: string, price: number, fields: Partial<z.input<typeof addProduct.input>> = {}) => {
  const input = { name, category_id: mains, price_minor: price, ...(fields as object) };
  return (await core.execute(addProduct, manager, input)).data.product;
};
const line = (id: string, quantity = 1, optionIds: readonly string[] = []) => ({
  product_ref: id,
  quantity,
  modifiers: optionIds.map((option_id) => ({ option_id, quantity: 1 })),
  fill_defaults: false,
});
const price = (...asked: Parameters<typeof line>) => priceLine(core.connection(), line(...asked));
const refusal = async (promise: Promise<unknown>): Promise<Problem> => {
  const error = await promise.then(
    () => new Error('it was allowed'),
    (reason: unknown) => reason,
  );
  if (error instanceof Rejection) return error.problem;
  throw error;
};
const thrown = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was allowed');
};
/** A till's order, as far as the menu is concerned. */
const orderOf = (work: (context: CommandContext) => void) =>
  core.execute(
    defineCommand({
      name: 'test.order',
      permission: null,
      input: z.null(),
      handle(context) {
        work(context);
        return null;
      },
    }),
    systemCaller(),
    null,
  );
const stockFacts = () =>
  [...entriesAfter(core.connection(), 0)].flatMap((entry) =>
    entry.parts.filter((part) => part.role === 'fact' && part.kind.startsWith('stock.')).map((part) => part.kind),
  );

test('the last ten portions under fifty orders at once: exactly ten are sold', async () => {
  const pie = await product('Fish pie', 1650);
  await core.execute(setAvailability, cook, { product_id: pie.id, remaining: 10 });
  const orders = await Promise.allSettled(
    Array.from({ length: 50 }, () => orderOf((context) => takePortions(context, pie.id, 1))),
  );
  expect(orders.filter((one) => one.status === 'fulfilled')).toHaveLength(10);
  const refused = orders.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Rejection).problem] : []));
  expect(new Set(refused.map((one) => one.code))).toEqual(new Set(['LINE_SOLD_OUT']));
  expect(refused[0]?.details).toEqual({ product_id: pie.id, product: 'Fish pie', remaining: 0 });
  const counted = ['stock.counted', 'stock.counted', 'stock.counted', 'stock.counted', 'stock.counted'];
  expect(stockFacts()).toEqual([...counted, 'stock.low', ...counted.slice(1), 'stock.sold_out']);
});

test('a dish that comes back to the pass is on the menu again, unless somebody took it off by hand', async () => {
  const pie = await product('Fish pie', 1650);
  await core.execute(setAvailability, cook, { product_id: pie.id, remaining: 2 });
  await orderOf((context) => takePortions(context, pie.id, 2));
  expect(thrown(() => price(pie.id)).code).toBe('LINE_SOLD_OUT');
  await orderOf((context) => giveBackPortions(context, pie.id, 1));
  expect(price(pie.id).unitPriceMinor).toBe(1650);
  expect(thrown(() => price(pie.id, 2)).details).toMatchObject({ remaining: 1 });

  await core.execute(setAvailability, cook, { product_id: pie.id, available: false });
  await orderOf((context) => giveBackPortions(context, pie.id, 1));
  expect(thrown(() => price(pie.id)).code).toBe('LINE_SOLD_OUT');
  await core.execute(setAvailability, cook, { product_id: pie.id, available: true });
  expect(price(pie.id, 99).unitPriceMinor).toBe(1650);
});

test('what is off for tonight is back on the next business day; what somebody took off until they put it back is not', async () => {
  const [soup, pie, tart] = [await product('Soup', 600), await product('Pie', 1_400), await product('Tart', 700)];
  const off = async (id: string, until?: 'day_end') =>
    (await core.execute(setAvailability, cook, { product_id: id, available: false, until })).data;
  const before = shownVersion(core.connection());
  expect(await off(soup.id, 'day_end')).toMatchObject({ soldOut: true, offDay: '2025-06-18' });
  await off(pie.id);
  // Off for tonight at first, then for longer: the last word counts, and is told.
  await off(tart.id, 'day_end');
  const between = shownVersion(core.connection());
  expect(await off(tart.id)).toMatchObject({ soldOut: true, offDay: null });
  expect(new Set([before, between, shownVersion(core.connection())]).size).toBe(3);
  expect(stockFacts()).toEqual(['stock.sold_out', 'stock.sold_out', 'stock.sold_out', 'stock.sold_out']);

  // Half past midnight still belongs to the evening.
  expect(await putBackDue(core, Date.parse('2025-06-18T23:30:00Z'))).toEqual([]);
  today = '2025-06-19';
  expect(await putBackDue(core, Date.parse('2025-06-19T03:01:00Z'))).toEqual([soup.id]);
  expect(await putBackDue(core, Date.parse('2025-06-19T03:02:00Z'))).toEqual([]);
  const available = productsForDevices(core.connection()).map(({ name, available: can }) => [name, can]);
  expect(Object.fromEntries(available)).toMatchObject({ Soup: true, Pie: false, Tart: false });
  expect(stockFacts().at(-1)).toBe('stock.back');
});

test('a new price counts within the command that sets it, and is forgotten when that command is refused', async () => {
  const pie = await product('Fish pie', 1650);
  const seen: number[] = [];
  const reprice = (to: number, then: 'commit' | 'refuse') =>
    orderOf((context) => {
      changeProduct.handle(context, { product_id: pie.id, price_minor: to }, undefined);
      seen.push(priceLine(context.tx.connection, line(pie.id)).unitPriceMinor);
      if (then === 'refuse') throw new Problem('CONFLICT');
    });
  const look = () =>
    orderOf((context) => void seen.push(priceLine(context.tx.connection, line(pie.id)).unitPriceMinor));
  await Promise.allSettled([reprice(1700, 'refuse'), look(), reprice(1800, 'commit'), look(), reprice(1900, 'refuse')]);
  expect(seen).toEqual([1700, 1650, 1800, 1800, 1900]);
  expect(price(pie.id).unitPriceMinor).toBe(1800);
});

test('a steak asks how it is cooked, and what it opens is asked too', async () => {
  const dressing = (
    await core.execute(addGroup, manager, { name: 'Dressing', kind: 'choice', options: [{ name: 'Ranch' }] })
  ).data;
  const side = (
    await core.execute(addGroup, manager, {
      name: 'Side',
      kind: 'choice',
      options: [
        { name: 'Chips', is_default: true },
        { name: 'Salad', price_minor: 100, nested_group_id: dressing.id },
      ],
    })
  ).data;
  const steak = await product('Ribeye', 2900, { modifier_group_ids: [side.id] });
  expect(thrown(() => price(steak.id))).toMatchObject({
    code: 'MODIFIER_REQUIRED',
    details: { group: 'Side', product: 'Ribeye', min: 1 },
  });
  const salad = side.options[1]!;
  expect(thrown(() => price(steak.id, 1, [salad.id])).details).toMatchObject({ group: 'Dressing' });
  const whole = price(steak.id, 1, [salad.id, dressing.options[0]!.id]);
  expect(whole.unitPriceMinor).toBe(3000);
  expect(whole.modifiers.map((one) => one.depth)).toEqual([0, 1]);
  expect(thrown(() => price(steak.id, 1, ['00000000-0000-7000-8000-0000000000ff']))).toMatchObject({
    code: 'VALIDATION_ERROR',
    field: 'modifiers.0.option_id',
  });

  await core.execute(setOptionAvailability, cook, { option_id: salad.alias, available: false });
  expect(thrown(() => price(steak.id, 1, [salad.id])).code).toBe('LINE_SOLD_OUT');
  const kept = await core.execute(changeGroup, manager, {
    group_id: side.id,
    options: [{ id: salad.id, name: 'Garden salad' }],
  });
  expect(kept.data.options.map(({ id, name, soldOut }) => [id, name, soldOut])).toEqual([
    [salad.id, 'Garden salad', true],
  ]);
});

test('choices that open each other for ever, or four levels deep, are refused', async () => {
  const groups: string[] = [];
  for (const level of [1, 2, 3]) {
    const nested = groups.at(-1);
    const input = { name: `Level ${level}`, kind: 'choice' as const };
    const options = [{ name: 'Yes', ...(nested === undefined ? {} : { nested_group_id: nested }) }];
    groups.push((await core.execute(addGroup, manager, { ...input, options })).data.id);
  }
  const fourth = core.execute(addGroup, manager, {
    name: 'Level 4',
    kind: 'choice',
    options: [{ name: 'Yes', nested_group_id: groups[2] as string }],
  });
  expect((await refusal(fourth)).details).toMatchObject({ reason: 'Choices can open choices 3 levels deep at most.' });
  const ring = core.execute(changeGroup, manager, {
    group_id: groups[0] as string,
    options: [{ name: 'Again', nested_group_id: groups[2] as string }],
  });
  expect((await refusal(ring)).details).toMatchObject({ reason: 'These choices would open each other for ever.' });
});

test.each([
  ['a size group of any number', { kind: 'size' as const, min: 0 }],
  ['more to pick than there is', { kind: 'choice' as const, min: 3, max: 3 }],
  ['a least above the most', { kind: 'extra' as const, min: 2, max: 1 }],
  ['more free than can be picked', { kind: 'extra' as const, max: 1, free_count: 2 }],
])('a group that no guest can satisfy is refused: %s', async (_, fields) => {
  const options = [{ name: 'One' }, { name: 'Two' }];
  const no = await refusal(core.execute(addGroup, manager, { name: 'Group', ...fields, options }));
  expect(no.code).toBe('VALIDATION_ERROR');
  expect(productsForDevices(core.connection())).toEqual([]);
});

test('what needs no choice comes first, what was taken off is not listed and cannot be sold', async () => {
  const group = (await core.execute(addGroup, manager, { name: 'Cooked', kind: 'choice', options: [{ name: 'Rare' }] }))
    .data;
  const steak = await product('Ribeye', 2900, { modifier_group_ids: [group.id], barcode: '5000000000017' });
  const pie = await product('Fish pie', 1650, { barcode: '5000000000017' });
  const chips = await product('Chips', 450);
  const names = () => productsForDevices(core.connection()).map((one) => one.name);
  expect(names()).toEqual(['Fish pie', 'Chips', 'Ribeye']);
  const problems = menuProblems(core.connection()).map(({ name, kind }) => `${name}: ${kind}`);
  expect(problems).toContain('Ribeye: no_default_choice');
  expect(problems).toContain('Ribeye: barcode_twice');
  expect(problems).toContain('Chips: no_station');
  expect(problems).not.toContain('Chips: barcode_twice');

  const before = shownVersion(core.connection());
  await core.execute(removeProduct, manager, { product_id: chips.alias });
  expect(shownVersion(core.connection())).not.toBe(before);
  expect(names()).toEqual(['Fish pie', 'Ribeye']);
  expect(thrown(() => price(chips.id)).code).toBe('NOT_FOUND');
  await core.execute(changeCategory, manager, { category_id: mains, active: false });
  expect(names()).toEqual([]);
  expect(thrown(() => price(pie.id)).code).toBe('NOT_FOUND');
  expect(thrown(() => price(steak.id)).code).toBe('NOT_FOUND');
});

test('a product takes course and station from its category and the one above, unless it has its own', async () => {
  core.connection().sqlite.exec(
    `INSERT INTO station VALUES ('00000000-0000-7000-8000-00000000000a', 1, 'Bar', '#112233', 1, 1),
      ('00000000-0000-7000-8000-00000000000b', 2, 'Grill', '#112233', 2, 1)`,
  );
  const drinks = await core.execute(addCategory, manager, { name: 'Drinks', course: 0, station_id: 1 });
  const wine = await core.execute(addCategory, manager, {
    name: 'Wine',
    course: 0,
    parent_id: drinks.data.category.alias,
  });
  const claret = await product('Claret', 700, { category_id: wine.data.category.id });
  expect(price(claret.id)).toMatchObject({ course: 0, stationIds: ['00000000-0000-7000-8000-00000000000a'] });
  await core.execute(changeProduct, manager, { product_id: claret.id, course: 3, also_station_ids: [2] });
  expect(price(claret.id)).toMatchObject({
    course: 3,
    stationIds: ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'],
  });
  const nowhere = core.execute(changeProduct, manager, { product_id: claret.id, station_id: 9 });
  expect(await refusal(nowhere)).toMatchObject({ code: 'NOT_FOUND', field: 'station_id' });
  const inside = core.execute(changeCategory, manager, {
    category_id: drinks.data.category.id,
    parent_id: wine.data.category.id,
  });
  expect((await refusal(inside)).field).toBe('parent_id');
});

test('a cook may take a dish off but not change the menu', async () => {
  const pie = await product('Fish pie', 1650);
  await core.execute(setAvailability, cook, { product_id: pie.id, available: false });
  const change = core.execute(changeProduct, cook, { product_id: pie.id, price_minor: 1 });
  expect((await refusal(change)).code).toBe('FORBIDDEN');
});
