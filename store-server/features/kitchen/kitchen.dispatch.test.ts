import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { KitchenLine, KitchenTicket } from '#contract/kitchen.ts';
import { callerOf, staffActor } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import { defineCommand } from '../../commands/define.ts';
import type { Rejection } from '../../commands/perform.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import { interpret } from '../../hardware/lab/interpreter.ts';
import { plainText } from '../../hardware/lab/slip.ts';
import { printerModelById, printerModels } from '../../hardware/models/printer-models.ts';
import { escpos } from '../../hardware/printing/escpos.ts';
import { systemClock, systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { createPrintersFeature, type PrintPayload, unfinishedJobs } from '../printers/index.ts';
import { sendFireTickets, sendNotice, sendVoidSlip, stationById, stationByRef } from './index.ts';
import { addStation } from './kitchen.commands.ts';

const printers = createPrintersFeature({
  findStation: ({ tx }, ref) => stationByRef(tx.connection, ref, 'stations').id,
  stationName: (connection, id) => stationById(connection, id)?.name,
  draw: () => ({ svg: '', text: '' }),
  find: async () => ({ found: [], lookedAt: 0 }),
}).by;
const manager = callerOf(staffActor('m', 'manager', null));

/** Runs one of the kitchen's verbs as a later feature would. */
const send = defineCommand({
  name: 'toy.send',
  permission: null,
  input: z.custom<Parameters<typeof sendFireTickets>[0] extends infer Context ? (context: Context) => void : never>(),
  handle(context, verb) {
    verb(context);
    return null;
  },
});

let folder: string;
let core: Core;
let grill: string;
let fry: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-kitchen-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  const ids = createIds(systemClock.now, systemRandom);
  const businessDay = () => '2025-06-18';
  core = openCore({ file, clock: systemClock, ids, businessDay, reactions: new Map(), log: () => undefined });
  const station = async (name: string) => (await core.execute(addStation, manager, { name, color: '#1F4E79' })).data.id;
  [grill, fry] = [await station('Grill'), await station('Fry')];
});
afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

let port = 9_100;
const addPrinter = async (name: string, stations: string[], isReceipt = false) =>
  (
    await core.execute(printers.add, manager, {
      name,
      address: `tcp://127.0.0.1:${++port}`,
      model: 'fynlo-lab-80',
      stations,
      is_receipt_printer: isReceipt,
    })
  ).data;

/** What waits to be printed, as printer and words. */
function queued(): { printer: string; title: string; text: string }[] {
  const connection = core.connection();
  const names = new Map(
    connection.sqlite
      .prepare<[], { id: string; name: string }>('SELECT id, name FROM printer')
      .all()
      .map(({ id, name }) => [`printer:${id}`, name]),
  );
  const model = printerModelById('fynlo-lab-80') ?? printerModels[0];
  if (model === undefined) throw new Error('no models');
  return unfinishedJobs(connection)
    .sort((one, other) => one.n - other.n)
    .map(({ lane, payload }) => {
      const { title, ticket } = payload as PrintPayload;
      const [slip] = interpret(escpos(ticket, model), model).slips;
      return { printer: names.get(lane) ?? lane, title, text: slip === undefined ? '' : plainText(slip) };
    });
}

const check = {
  orderId: '0197b2c0-0000-7000-8000-000000000001',
  orderNumber: 12,
  orderType: 'dine_in',
  tableName: '7',
  covers: 2,
  serverName: 'Ana P.',
  allergies: [{ seat: 2, allergens: ['nuts'], note: null }],
  note: null,
};
const line = (kitchenName: string, ...stationIds: string[]): KitchenLine => ({
  lineId: '0197b2c0-0000-7000-8000-000000000002',
  quantity: 1,
  kitchenName,
  modifiers: [],
  note: null,
  seat: null,
  course: 2,
  stationIds,
});
const firing = (...lines: KitchenLine[]): KitchenTicket => ({ ...check, course: 2, lines, firedAt: 1_750_000_000_000 });
const fire = (ticket: KitchenTicket) => core.execute(send, manager, (context) => sendFireTickets(context, ticket));

test('each station gets one ticket with its own dishes and the allergies of the whole check first', async () => {
  await addPrinter('Grill printer', [grill]);
  await addPrinter('Fry printer', [fry]);
  await fire(firing(line('RIBEYE', grill), line('CHIPS', fry), line('BURGER', grill, fry)));
  const [first, second, ...more] = queued();
  expect(more).toEqual([]);
  expect([first?.printer, second?.printer]).toEqual(['Grill printer', 'Fry printer']);
  expect(first?.text.trimStart().startsWith('ALLERGY\n SEAT 2: NUTS')).toBe(true);
  expect(second?.text.trimStart().startsWith('ALLERGY\n SEAT 2: NUTS')).toBe(true);
  expect(first?.text).toMatch(/RIBEYE[\s\S]*BURGER[\s\S]*Also at: Fry/);
  expect(first?.text).not.toContain('CHIPS');
  expect(second?.text).toMatch(/CHIPS[\s\S]*BURGER[\s\S]*Also at: Grill/);
});

test('a station with two printers gets its ticket at both, two stations on one printer get one each', async () => {
  await addPrinter('Line', [grill, fry]);
  await addPrinter('Pass', [grill]);
  await fire(firing(line('RIBEYE', grill), line('CHIPS', fry)));
  expect(queued().map(({ printer }) => printer)).toEqual(['Line', 'Pass', 'Line']);
});

test('what waits at a printer that is removed goes to the one beside it, but no ticket that is there already', async () => {
  const { id } = await addPrinter('Line', [grill, fry]);
  await addPrinter('Pass', [grill]);
  await fire(firing(line('RIBEYE', grill), line('CHIPS', fry)));
  await core.execute(printers.remove, manager, { printer_id: id });
  expect(queued().map(({ printer, text }) => [printer, text.match(/RIBEYE|CHIPS/)?.[0]])).toEqual([
    ['Pass', 'RIBEYE'],
    ['Pass', 'CHIPS'],
  ]);
});

test('a station without a printer gets its ticket at the till, with the way to carry it on top', async () => {
  await addPrinter('Till', [], true);
  await addPrinter('Grill printer', [grill]);
  await fire(firing(line('RIBEYE', grill), line('CHIPS', fry)));
  const carried = queued().filter(({ printer }) => printer === 'Till');
  expect(carried).toHaveLength(1);
  expect(carried[0]?.text.trimStart()).toMatch(/^TAKE TO FRY\s+ALLERGY/);
});

test('with no printer at all the order is taken all the same: screens still show it', async () => {
  await fire(firing(line('RIBEYE', grill)));
  expect(queued()).toEqual([]);
});

test('a dish with nowhere to go is refused by name, before anything is sent anywhere', async () => {
  await addPrinter('Grill printer', [grill]);
  const refusal = await fire(firing(line('RIBEYE', grill), line('MYSTERY'))).catch((error: Rejection) => error);
  expect(refusal).toMatchObject({ problem: { code: 'NO_STATION', details: { product: 'MYSTERY' } } });
  expect(queued()).toEqual([]);
});

test('a void slip goes to every station that had the dish, on paper and as a fact for its screens', async () => {
  await addPrinter('Grill printer', [grill]);
  await addPrinter('Fry printer', [fry]);
  const slip = { ...check, line: line('BURGER', grill, fry, grill), reason: 'Mistake', voidedBy: 'Jo', voidedAt: 1 };
  await core.execute(send, manager, (context) => sendVoidSlip(context, slip));
  expect(queued().map(({ printer, title }) => [printer, title])).toEqual([
    ['Grill printer', 'Void, order 12'],
    ['Fry printer', 'Void, order 12'],
  ]);
  const facts = core
    .connection()
    .sqlite.prepare<[], { body: string; audience: string }>(
      `SELECT body, audience FROM journal_part WHERE kind = 'kitchen.void_slip'`,
    );
  expect(facts.all().map(({ body, audience }) => [audience, JSON.parse(body).station_ids])).toEqual([
    ['pos,kitchen,management', [grill, fry]],
  ]);
});

test('a notice goes once to each station that is named', async () => {
  await addPrinter('Grill printer', [grill]);
  const notice = { ...check, heading: 'MOVED', text: ['Table 3 is now table 7'], stationIds: [grill, grill], at: 1 };
  await core.execute(send, manager, (context) => sendNotice(context, notice));
  expect(queued().map(({ title }) => title)).toEqual(['MOVED, order 12']);
});
