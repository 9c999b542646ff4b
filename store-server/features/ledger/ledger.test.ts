import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { systemCaller } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import { defineCommand } from '../../commands/define.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import { systemClock, systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { minor } from '../../kernel/money.ts';
import { accountBalance, checkInvariants, checkLedger, checkOrder, ledgerTotals, post } from './index.ts';

const postEntry = defineCommand({
  name: 'test.post',
  permission: null,
  input: z.object({
    kind: z.enum(['payment', 'sale', 'float']),
    orderId: z.string().optional(),
    sessionId: z.string().optional(),
    postings: z.array(
      z.object({
        account: z.string(),
        amountMinor: z.number(),
        vatBps: z.number().optional(),
      }),
    ),
  }),
  handle: (context, input) =>
    post(context, {
      kind: input.kind,
      orderId: input.orderId ?? null,
      sessionId: input.sessionId ?? null,
      occurredAt: context.now,
      postings: input.postings.map(({ vatBps, ...posting }) => ({
        ...posting,
        ...(vatBps ? { vatBps } : {}),
      })),
    }),
});

const sale = [
  { account: 'open_checks', amountMinor: 2224 },
  { account: 'sales_net', amountMinor: -1853, vatBps: 2000 },
  { account: 'vat', amountMinor: -371, vatBps: 2000 },
];

let folder: string;
let core: Core;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-ledger-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  core = openCore({
    file,
    clock: systemClock,
    ids: createIds(systemClock.now, systemRandom),
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
  });
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const posted = (input: Parameters<typeof postEntry.handle>[1]) => core.execute(postEntry, systemCaller(), input);

test('an entry that does not balance is a bug, and leaves nothing', async () => {
  const off = [
    { account: 'card', amountMinor: 1000 },
    { account: 'open_checks', amountMinor: -999 },
  ];
  await expect(posted({ kind: 'payment', postings: off })).rejects.toThrow('off by 1');
  await expect(
    posted({
      kind: 'payment',
      postings: [{ account: 'card', amountMinor: 0.5 }],
    }),
  ).rejects.toThrow();
  expect(core.connection().sqlite.prepare('SELECT count(*) FROM ledger_entry').pluck().get()).toBe(0);
});

test('a float put into a drawer comes out of the safe', async () => {
  const sessionId = 'session-1';
  await posted({
    kind: 'float',
    sessionId,
    postings: [
      { account: `cash:${sessionId}`, amountMinor: 15_000 },
      { account: 'safe', amountMinor: -15_000 },
      { account: 'rounding', amountMinor: 0 },
    ],
  });
  expect(accountBalance(core.connection(), `cash:${sessionId}`, { sessionId })).toBe(15_000);
  expect(ledgerTotals(core.connection(), { businessDay: '2025-06-18' })).toHaveLength(2);
  expect(checkLedger(core.connection())).toEqual([]);
});

test('a sale is compared with what its lines come to, and one that is owed is not settled', async () => {
  await posted({ kind: 'sale', orderId: 'o1', postings: sale });
  const lines = {
    netItems: minor(1853),
    vat: minor(370),
    service: minor(0),
    total: minor(2223),
  };
  expect(checkOrder(core.connection(), 'o1', lines)).toEqual([
    'order o1: it is settled although 2224 is still open',
    'order o1: VAT: 371, should be 370',
  ]);
});

test('money in the ledger that no payment tells of is found, for the check and for the day', async () => {
  await posted({ kind: 'sale', orderId: 'o1', postings: sale });
  const taken = [
    { account: 'card', amountMinor: 2224 },
    { account: 'open_checks', amountMinor: -2224 },
  ];
  await posted({ kind: 'payment', orderId: 'o1', postings: taken });
  const day = 'day 2025-06-18: card in the ledger: 2224, should be 0';
  const order = 'order o1: charges, tips and credits against payments, refunds and what is open: 2224, should be 0';
  expect(checkInvariants(core.connection())).toEqual([order, day]);
  expect(checkInvariants(core.connection(), { businessDay: '2025-06-18' })).toEqual([day]);
  expect(checkInvariants(core.connection(), { orderId: 'o1' })).toEqual([order]);
});

test('an entry that was bent behind our back is named', async () => {
  await posted({ kind: 'sale', orderId: 'o1', postings: sale });
  const { sqlite } = core.connection();
  expect(() => sqlite.exec('UPDATE ledger_posting SET amount_minor = 1')).toThrow('the ledger is never changed');
  expect(() => sqlite.exec('DELETE FROM ledger_posting')).toThrow('the ledger is never deleted');
  sqlite.exec('DROP TRIGGER ledger_posting_is_never_changed');
  sqlite.exec(`UPDATE ledger_posting SET amount_minor = amount_minor - 1 WHERE account = 'vat'`);
  expect(checkLedger(core.connection())[0]).toContain('does not balance, it is off by -1');
});

test('a check that was settled twice is named', async () => {
  await posted({ kind: 'sale', orderId: 'o1', postings: sale });
  await posted({ kind: 'sale', orderId: 'o1', postings: sale });
  expect(checkLedger(core.connection())).toContain('order o1: it was settled 2 times');
});
