import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeSettings } from '#contract/settings.ts';
import { type Caller, callerOf, staffActor, systemCaller } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import type { Command } from '../../commands/define.ts';
import { Rejection } from '../../commands/perform.ts';
import { c2Orders } from '../../compat/c2-orders.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import type { BeforeWrite } from '../../db/row-writer.ts';
import { createRowWriter } from '../../db/row-writer.ts';
import { createRouteTable } from '../../http/api.ts';
import { createHttp, type Http } from '../../http/app.ts';
import { entriesAfter } from '../../journal/rows.ts';
import { systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import type { Problem } from '../../kernel/verdict.ts';
import { addSection, addTable, floorFeature } from '../floor/index.ts';
import { stationByRef } from '../kitchen/index.ts';
import { addStation } from '../kitchen/kitchen.commands.ts';
import { checkLedger } from '../ledger/index.ts';
import { setAvailability } from '../menu/menu.availability.commands.ts';
import { addCategory } from '../menu/menu.category.commands.ts';
import { addGroup } from '../menu/menu.group.commands.ts';
import { addProduct } from '../menu/menu.product.commands.ts';
import { takeAndSettle } from '../payments/index.ts';
import { createPrintersFeature } from '../printers/index.ts';
import { printerCommands } from '../printers/printers.commands.ts';
import { foundStore, storeIdentity } from '../settings/index.ts';
import { changeSettings } from '../settings/settings.commands.ts';
import { staffMemberTable } from '../staff/staff.schema.ts';
import { ordersFeature } from './index.ts';
import { addLines } from './orders.commands/add-lines.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';

/** A small restaurant with a grill, a bar and six tables, whose clock the test holds. */

const person = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
export const people = {
  manager: callerOf(staffActor(person(1), 'manager', null), { deviceId: null }),
  server: callerOf(staffActor(person(2), 'employee', 'server')),
  second: callerOf(staffActor(person(3), 'employee', 'server')),
  cook: callerOf(staffActor(person(4), 'employee', 'kitchen')),
} as const;
export type Who = keyof typeof people;

const names = { manager: 'Mina', server: 'Ana', second: 'Ben', cook: 'Carl' };

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape, looked at by expectations only
  readonly body: any;
}

function hire(file: string): void {
  const connection = openConnection(file);
  migrateSchema(connection);
  const rows = createRowWriter(connection);
  for (const [index, who] of (Object.keys(people) as Who[]).entries()) {
    const { id, role, preset } = people[who].actor;
    rows.insert(staffMemberTable, {
      id: id as string,
      alias: index + 1,
      firstName: names[who],
      lastName: 'Pérez',
      email: null,
      role: role as 'manager' | 'employee',
      preset,
      active: true,
      createdAt: 0,
    });
  }
  connection.sqlite.close();
}

async function buildMenu(core: Core) {
  const as = systemCaller();
  const station = async (name: string) => (await core.execute(addStation, as, { name, color: '#1F4E79' })).data.id;
  const grill = await station('Grill');
  const bar = await station('Bar');
  const category = async (name: string, station_id: string | null, course: number) =>
    (await core.execute(addCategory, as, { name, station_id, course })).data.category.id;
  const mains = await category('Mains', grill, 2);
  const drinks = await category('Drinks', bar, 0);
  const shop = await category('Shop', null, 3);
  const cooking = (
    await core.execute(addGroup, as, {
      name: 'Cooked',
      kind: 'choice',
      min: 1,
      max: 1,
      options: [{ name: 'Rare' }, { name: 'Medium', is_default: true }, { name: 'Well done' }],
    })
  ).data;
  const extras = (
    await core.execute(addGroup, as, {
      name: 'Extras',
      kind: 'extra',
      options: [{ name: 'Cheese', price_minor: 150 }],
    })
  ).data;
  const dish = async (name: string, category_id: string, price_minor: number, more: object = {}) =>
    (await core.execute(addProduct, as, { name, category_id, price_minor, vat_bps: 2000, ...more })).data.product;
  const menu = {
    burger: await dish('Burger', mains, 999, { modifier_group_ids: [cooking.id, extras.id] }),
    chips: await dish('Chips', mains, 450),
    churros: await dish('Churros', mains, 325, { course: 3 }),
    cake: await dish('Cake', mains, 600, { course: 3 }),
    lager: await dish('Lager', drinks, 450),
    tap: await dish('Tap water', drinks, 0, { vat_bps: 0 }),
    apron: await dish('Apron', shop, 1500),
  };
  await core.execute(setAvailability, as, { product_id: menu.cake.id, remaining: 3 });
  const [rare, medium, wellDone] = cooking.options.map(({ id }) => id) as [string, string, string];
  return { ...menu, rare, medium, wellDone, cheese: extras.options[0]!.id, grill, bar };
}

async function layFloor(core: Core) {
  const as = systemCaller();
  const section = (await core.execute(addSection, as, { name: 'Main', color: '#00A651' })).data.id;
  const tables: string[] = [];
  const place = { x: 0, y: 0, width: 80, height: 80, rotation: 0, shape: 'square' as const, seats: 4 };
  for (const name of ['1', '2', '3', '7', 'T8', 'T9']) {
    const { data } = await core.execute(addTable, as, { name, section_id: section, ...place });
    tables.push(data.id);
  }
  return { section, tables: tables as [string, string, string, string, string, string] };
}

async function setPrinters(core: Core, { grill, bar }: { grill: string; bar: string }) {
  const { add: addPrinter } = printerCommands(({ tx }, ref) => stationByRef(tx.connection, ref).id);
  const add = (name: string, port: number, stations: string[], is_receipt_printer: boolean) =>
    core.execute(addPrinter, systemCaller(), {
      name,
      address: `tcp://127.0.0.1:${port}`,
      model: 'generic-escpos-80',
      stations,
      is_receipt_printer,
    });
  return {
    grillPrinter: (await add('Grill printer', 9, [grill], false)).data.id,
    barPrinter: (await add('Bar printer', 10, [bar], false)).data.id,
    till: (await add('Till', 11, [], true)).data.id,
  };
}

/** The restaurant before service, built once per test process and copied for each test. */
let built: ReturnType<typeof build> | undefined;

async function build() {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-orders-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'store.db');
  hire(file);
  const now = () => Date.UTC(2025, 5, 18, 8, 0);
  const core = openCore({
    file,
    clock: { now, monotonic: now },
    ids: createIds(now, systemRandom),
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
  });
  await foundStore(core, 'restaurant');
  const menu = await buildMenu(core);
  const rooms = { menu, ...(await layFloor(core)), ...(await setPrinters(core, menu)) };
  await core.close();
  return { file, rooms };
}

export async function openRestaurant(options: { beforeWrite?: BeforeWrite } = {}) {
  built ??= build();
  const { file: template, rooms } = await built;
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-orders-'));
  const file = join(folder, 'store.db');
  copyFileSync(template, file);
  let now = Date.UTC(2025, 5, 18, 19, 30);
  let day = '2025-06-18';
  const clock = { now: () => now, monotonic: () => now };
  const ids = createIds(clock.now, systemRandom);
  const bugs: string[] = [];
  const log = (level: string, message: string, fields?: object) => {
    if (level === 'error') bugs.push(`${message} ${JSON.stringify(fields)}`);
  };
  const core = openCore({
    file,
    clock,
    ids,
    businessDay: () => day,
    reactions: new Map(),
    log,
    reopenMs: 0,
    ...options,
  });

  const run = async <I, O, P>(command: Command<I, O, P>, who: Who | Caller, input: I): Promise<O> =>
    (await core.execute(command, typeof who === 'string' ? people[who] : who, input)).data;
  const refusal = async (work: Promise<unknown>): Promise<Problem> => {
    const error = await work.then(
      () => new Error('it was allowed'),
      (reason: unknown) => reason,
    );
    if (error instanceof Rejection) return error.problem;
    throw error;
  };
  const facts = (entity?: string) =>
    [...entriesAfter(core.connection(), 0)].flatMap(({ parts }) =>
      parts
        .filter((part) => part.role === 'fact' && (entity === undefined || part.entityId === entity))
        .map((part) => ({ kind: part.kind, body: JSON.parse(part.body ?? '{}') })),
    );

  let http: Http | undefined;
  let port = 0;
  async function listen(): Promise<void> {
    const api = createRouteTable();
    floorFeature.routes(api);
    ordersFeature.routes(api);
    createPrintersFeature({
      findStation: () => '',
      stationName: () => undefined,
      draw: () => ({ svg: '', text: '' }),
      find: async () => ({ found: [], lookedAt: 0 }),
    }).routes(api);
    c2Orders.routes(api);
    http = createHttp({
      core,
      routes: api.routes,
      authenticate: async ({ bearer }) => {
        const who = people[bearer as Who];
        return { actor: who.actor, deviceId: null, sessionId: null, scope: `user:${who.actor.id}` };
      },
      restaurantId: () => storeIdentity(core.connection()).restaurantId,
      businessDay: () => day,
      clock,
      ids,
      log,
      version: '0',
      pid: 1,
      hosts: [],
      accepting: () => true,
      limits: { perSecond: 1_000_000 },
    });
    ({ port } = await http.listen('127.0.0.1', 0));
  }

  return {
    core,
    ...rooms,
    run,
    refusal,
    facts,
    bugs,
    kinds: (entity: string) => facts(entity).map(({ kind }) => kind),
    /** The titles of the slips queued so far, by printer. */
    slips: (printerId: string) =>
      core
        .connection()
        .sqlite.prepare<[string], { payload: string }>('SELECT payload FROM job WHERE lane = ? ORDER BY n')
        .all(`printer:${printerId}`)
        .map(({ payload }) => JSON.parse(payload) as { title: string; ticket: readonly object[] }),
    count: (table: string) =>
      core.connection().sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number,
    /** Every sentence of the ledger's own check; empty when the money adds up. */
    ledger: () => checkLedger(core.connection()),
    settings: (change: ChangeSettings) => run(changeSettings, 'manager', change),
    /** A check on a table, empty. */
    open: (tableId: string, covers = 2, who: Who | Caller = 'server') =>
      run(openOrderCommand, who, openInput({ table_id: tableId, covers })),
    add: (orderId: string, lines: object[], who: Who | Caller = 'server') =>
      run(addLines, who, addLines.input.parse({ order_id: orderId, lines })),
    /** A manager says yes: the caller with the grant, good for this command and target only. */
    approved(who: Who, command: string, targetId: string): Caller {
      const id = ids.next();
      core
        .connection()
        .sqlite.prepare(
          `INSERT INTO approval (id, approver_id, role, preset, device_id, command, target_id, expires_at, used_at)
           VALUES (?, ?, 'manager', NULL, NULL, ?, ?, ?, NULL)`,
        )
        .run(id, people.manager.actor.id, command, targetId, now + 60_000);
      return { ...people[who], approvalId: id };
    },
    /** A recorded card payment, in minor units. */
    pay: (orderId: string, amount: number, shareId: string | null = null) =>
      run(takeAndSettle, 'manager', {
        order_id: orderId,
        method: 'card',
        amount_minor: amount,
        tip_minor: 0,
        tendered_minor: null,
        reference: 'none',
        share_id: shareId,
        config_id: null,
      }),
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
    nextDay(name: string) {
      day = name;
      now += 86_400_000;
    },
    async ask(method: string, path: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
      if (http === undefined) await listen();
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { Authorization: 'Bearer server', 'Content-Type': 'application/json', ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      await http?.close(100);
      await core.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What our own screens send to open a check. */
export const openInput = (fields: object) => openOrderCommand.input.parse({ order_type: 'dine_in', ...fields });
