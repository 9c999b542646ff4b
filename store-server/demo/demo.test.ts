import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allergens } from '#contract/allergens.ts';
import { presets, roles } from '#contract/permissions.ts';
import { type Core, openCore } from '../commands/core.ts';
import { openConnection } from '../db/connection.ts';
import { migrateSchema } from '../db/migrate.ts';
import { tables } from '../features/floor/index.ts';
import { stations } from '../features/kitchen/index.ts';
import { priceLine } from '../features/menu/index.ts';
import { catalogueOf } from '../features/menu/menu.catalogue.ts';
import { productsForDevices } from '../features/menu/menu.lists.ts';
import { menuProblems } from '../features/menu/menu.problems.ts';
import { printers, printersOfStation, receiptPrinter } from '../features/printers/index.ts';
import { foundStore, settingsOf } from '../features/settings/index.ts';
import { tills } from '../features/shifts/index.ts';
import { createAuth, createHashing, createStaffFeature, loadKeys } from '../features/staff/index.ts';
import { staffWithSecrets } from '../features/staff/staff.reads.ts';
import { verifyChain } from '../journal/verify.ts';
import { systemClock, systemRandom } from '../kernel/clock.ts';
import { createIds } from '../kernel/ids.ts';
import type { DemoAddresses } from './fill.ts';
import { seedDemo } from './seed.ts';
import { demoSignIns } from './staff.ts';

let folder: string;
let core: Core;
let staff: ReturnType<typeof createStaffFeature>['by'];
let seconds: number;
const ids = createIds(systemClock.now, systemRandom);
const pepper = Buffer.alloc(32, 7);
const hashing = createHashing(ids, pepper, { memoryCost: 64, timeCost: 1, parallelism: 1 });
const addresses = (from: number): DemoAddresses => ({
  grill: `tcp://127.0.0.1:${from}`,
  kitchen: `tcp://127.0.0.1:${from + 1}`,
  cold: `tcp://127.0.0.1:${from + 2}`,
  bar: `tcp://127.0.0.1:${from + 3}`,
  till: `tcp://127.0.0.1:${from + 4}`,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-demo-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  core = openCore({
    file,
    clock: systemClock,
    ids,
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
  });
  await foundStore(core, 'demo');
  const auth = createAuth({ keys: loadKeys(folder, ids), clock: systemClock, ids, hashing });
  staff = createStaffFeature(auth, {} as never).by;
  const start = performance.now();
  expect(await seedDemo(core, staff, addresses(41_000))).toBe('filled');
  seconds = (performance.now() - start) / 1000;
});

afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const menu = () => catalogueOf(core.connection());

test('the demo opens as one journaled command, in no time', () => {
  expect(core.head().seq).toBe(2);
  expect(verifyChain(core.connection())).toEqual({ ok: true, entries: 2 });
  expect(seconds).toBeLessThan(5);
});

test('it is a restaurant of real size', () => {
  const c = core.connection();
  expect(settingsOf(c).restaurant.name).toBe('The Harbour Kitchen');
  expect(menu().products.length).toBeGreaterThanOrEqual(115);
  expect(menu().products.length).toBeLessThanOrEqual(130);
  expect(menu().categories.length).toBeGreaterThanOrEqual(12);
  expect(stations(c).map((station) => station.name)).toEqual(['Grill', 'Kitchen', 'Cold & desserts', 'Bar']);
  expect(tables(c).map((table) => table.name)).toEqual(Array.from({ length: 40 }, (_, n) => String(n + 1)));
  expect(new Set(tables(c).map((table) => table.sectionId)).size).toBe(3);
  expect(tills(c).map((till) => till.alias)).toEqual([1]);
  expect(
    c.sqlite.prepare('SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM pos_session)').pluck().get(),
  ).toBe(0);
});

test('no two tables stand on each other', () => {
  const all = tables(core.connection());
  for (const a of all) {
    for (const b of all) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(a.id === b.id || apart, `tables ${a.name} and ${b.name}`).toBe(true);
    }
  }
});

test('twelve people in every role and job, and the three that the console names can sign in', async () => {
  const people = staffWithSecrets(core.connection());
  expect(people).toHaveLength(12);
  expect(new Set(people.map((one) => one.role))).toEqual(new Set(roles));
  expect(new Set(people.flatMap((one) => one.preset ?? []))).toEqual(new Set(presets));
  for (const [role, signIn] of Object.entries(demoSignIns)) {
    const who = people.find((one) => one.email === signIn.email);
    expect(await hashing.verifyPassword(who?.passwordHash ?? null, signIn.password), role).toBe(true);
    if ('pin' in signIn) expect(await hashing.verifyPin(who?.pinHash ?? null, who?.id ?? '', signIn.pin)).toBe(true);
  }
  expect(
    core.connection().sqlite.prepare("SELECT count(*) FROM journal_part WHERE body LIKE '%$argon2%'").pluck().get(),
  ).toBe(0);
});

test('every station has a printer and the till has one for receipts', () => {
  const c = core.connection();
  for (const station of stations(c)) expect(printersOfStation(c, station.id)).toHaveLength(1);
  expect(receiptPrinter(c, tills(c)[0]?.printerId ?? null)?.name).toBe('Receipt printer');
});

test('every dish can be ordered by a client that knows no choices, and is cooked somewhere', () => {
  const c = core.connection();
  for (const product of menu().products) {
    const line = priceLine(c, { product_ref: product.alias, quantity: 1, modifiers: [], fill_defaults: true });
    expect(line.unitPriceMinor, product.name).toBe(product.priceMinor);
    expect(line.stationIds.length, product.name).toBeGreaterThan(0);
    expect(line.kitchenName.length, product.name).toBeLessThanOrEqual(16);
    expect([0, 2000], product.name).toContain(line.vatBps);
    for (const allergen of line.allergens) expect(allergens).toContain(allergen);
  }
  expect(menuProblems(c)).toEqual([]);
});

test('the first sixty products of the list need no choice, as the older iPads expect', () => {
  const list = productsForDevices(core.connection());
  expect(list).toHaveLength(menu().products.length);
  for (const product of list.slice(0, 60)) {
    const line = { product_ref: product.id, quantity: 1, modifiers: [], fill_defaults: false };
    expect(priceLine(core.connection(), line).unitPriceMinor, product.name).toBe(Math.round(product.price * 100));
  }
  expect(list.every((product) => product.available && product.active && product.available_in_pos)).toBe(true);
  expect(new Set(list.map((product) => product.id)).size).toBe(list.length);
});

test('only cold food to take away is free of VAT', () => {
  const zero = menu().products.filter((product) => product.vatBps === 0);
  expect(new Set(zero.map((product) => menu().category(product.categoryId)?.name))).toEqual(
    new Set(['Cold counter to take away']),
  );
});

test('a burger’s salad asks for its dressing, three levels down', () => {
  const burger = menu().products.find((product) => product.name === 'Harbour burger')!;
  const pick = (name: string) =>
    menu()
      .groups.flatMap((group) => group.options)
      .find((one) => one.name === name)!.id;
  const picks = ['Side salad', 'House leaves', 'Ranch', 'Streaky bacon'].map((name) => ({
    option_id: pick(name),
    quantity: 1,
  }));
  const line = priceLine(core.connection(), {
    product_ref: burger.id,
    quantity: 1,
    modifiers: picks,
    fill_defaults: false,
  });
  expect(line.modifiers.map(({ kitchenName, depth }) => [kitchenName, depth])).toEqual([
    ['SIDE SALAD', 0],
    ['LEAVES', 1],
    ['RANCH', 2],
    ['+BACON', 0],
  ]);
  expect(line.unitPriceMinor).toBe(1695);
});

test('at the next start everything is still there, with its printers on their new ports', async () => {
  const before = menu().products;
  expect(await seedDemo(core, staff, addresses(42_000))).toBe('reused');
  expect(menu().products).toEqual(before);
  expect(printers(core.connection()).map((printer) => printer.address)).toEqual(Object.values(addresses(42_000)));
  const { seq } = core.head();
  await seedDemo(core, staff, addresses(42_000));
  expect(core.head().seq).toBe(seq);
});
