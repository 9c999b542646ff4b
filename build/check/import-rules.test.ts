import { describe, expect, test } from 'vitest';
import { brokenImportRules, placeOf } from './import-rules.ts';
import { packageHomes, rooms } from './import-table.ts';
import { parseSource } from './source.ts';

const messages = (file: string, code: string) =>
  brokenImportRules([parseSource(file, code)]).map(({ message }) => message);

const s = 'store-server';
const orders = `${s}/features/orders`;
// One import that each room may make, and one that it may not: loosening or tightening a row breaks a line here.
const examples: [file: string, allowed: string, refused: string][] = [
  [`${s}/contract/orders.ts`, "import { z } from 'zod'", "import { minor } from '../kernel/money.ts'"],
  [`${s}/kernel/vat.ts`, "import { Bps } from '#contract/money.ts'", "import { openTx } from '../db/tx.ts'"],
  [
    `${s}/commands/job.schema.ts`,
    "import { uuid } from '../db/columns.ts'",
    "import { append } from '../journal/append.ts'",
  ],
  [`${s}/db/tx.ts`, "import { sha } from '../kernel/hashing.ts'", "import { append } from '../journal/append.ts'"],
  [`${s}/journal/tail.ts`, "import { rows } from './rows.ts'", "import { orders } from '../features/orders/index.ts'"],
  [`${s}/journal/append.ts`, "import { tx } from '../db/tx.ts'", "import { execute } from '../commands/execute.ts'"],
  [
    `${s}/commands/execute.ts`,
    "import { append } from '../journal/append.ts'",
    "import { run } from '../jobs/runner.ts'",
  ],
  [
    `${s}/jobs/runner.ts`,
    "import { execute } from '../commands/execute.ts'",
    "import { send } from '../hardware/printing/send.ts'",
  ],
  [
    `${s}/hardware/models/printer-models.ts`,
    "import type { Wire } from '../printing/ports.ts'",
    "import { send } from '../printing/send.ts'",
  ],
  [
    `${s}/hardware/printing/send.ts`,
    "import { text } from './ticket.ts'",
    "import { orders } from '../../features/orders/index.ts'",
  ],
  [
    `${s}/http/envelope.ts`,
    "import { execute } from '../commands/execute.ts'",
    "import { orders } from '../features/orders/index.ts'",
  ],
  [`${s}/realtime/rooms.ts`, "import { tail } from '../journal/tail.ts'", "import { api } from '../http/api.ts'"],
  [
    `${s}/sync/upload.ts`,
    "import { execute } from '../commands/execute.ts'",
    "import { orders } from '../features/orders/index.ts'",
  ],
  [
    `${s}/relay-link/link.ts`,
    "import { tail } from '../journal/tail.ts'",
    "import { send } from '../hardware/printing/send.ts'",
  ],
  [
    `${s}/compat/odoo.ts`,
    "import { orders } from '../features/orders/index.ts'",
    "import { total } from '../features/orders/orders.rules.ts'",
  ],
  [
    `${orders}/orders.rules.ts`,
    "import type { Check } from './orders.reads.ts'",
    "import { checkById } from './orders.reads.ts'",
  ],
  [
    `${orders}/orders.schema.ts`,
    "import { uuid } from '../../db/columns.ts'",
    "import { menu } from '../menu/index.ts'",
  ],
  [
    `${orders}/orders.reads.ts`,
    "import { menu } from '../menu/index.ts'",
    "import { execute } from '../../commands/execute.ts'",
  ],
  [
    `${orders}/orders.commands.ts`,
    "import type { Wire } from '../../hardware/printing/ports.ts'",
    "import { tcp } from '../../hardware/printing/wires/tcp.ts'",
  ],
  [
    `${orders}/orders.fire.ts`,
    "import { menu } from '../menu/index.ts'",
    "import { take } from '../payments/index.ts'",
  ],
  [
    `${orders}/orders.tickets.ts`,
    "import { text } from '../../hardware/printing/ticket.ts'",
    "import { tx } from '../../db/tx.ts'",
  ],
  [`${orders}/orders.routes.ts`, "import type { Api } from '../../http/api.ts'", "import { tx } from '../../db/tx.ts'"],
  [`${orders}/index.ts`, "export * from './orders.commands.ts'", "import { minor } from '../../kernel/money.ts'"],
  [
    `${s}/server.ts`,
    "import { orders } from './features/orders/index.ts'",
    "import { total } from './features/orders/orders.rules.ts'",
  ],
  [
    `${s}/status-page/pages.ts`,
    "import type { Lab } from '../demo/lab.ts'",
    "import { openDemo } from '../demo/open-demo.ts'",
  ],
  [
    `${s}/backups/shelf.ts`,
    "import { settings } from '../features/settings/index.ts'",
    "import { settingsOf } from '../features/settings/settings.reads.ts'",
  ],
  [
    `${s}/manager-window/pages.ts`,
    "import type { Page } from '../http/pages.ts'",
    "import { api } from '../http/api.ts'",
  ],
  ['renderer/api/client.ts', "import { OrderDto } from '#contract/orders.ts'", "import { Sign } from '#ui/signs.tsx'"],
  [
    'renderer/ui/signs.tsx',
    "import { useLive } from '#api/live.ts'",
    "import { Overview } from '../manager/overview/screen.tsx'",
  ],
  [
    'renderer/manager/overview/screen.tsx',
    "import { Sign } from '#ui/signs.tsx'",
    "import { money } from '../../../store-server/kernel/money.ts'",
  ],
  [
    'renderer/console/sales/screen.tsx',
    "import { useAsk } from '#api/ask.ts'",
    "import { Overview } from '../../manager/overview/screen.tsx'",
  ],
  [
    `${s}/demo/menu.ts`,
    "import { menu } from '../features/menu/index.ts'",
    "import { menu } from '../features/menu/menu.commands.ts'",
  ],
  [
    'main/desktop.ts',
    "import type { Service } from '#contract/host.ts'",
    "import { money } from '../store-server/kernel/money.ts'",
  ],
  [
    'main/electron-shell.ts',
    "import { app } from 'electron'",
    "import { money } from '../store-server/kernel/money.ts'",
  ],
  [`${s}/http/answer.ts`, "import type { Route } from './route.ts'", "import { api } from './api.ts'"],
  [`${s}/log.ts`, "import pino from 'pino'", "import { tail } from './journal/tail.ts'"],
  [
    'cloud-relay/server.ts',
    "import { success } from '../store-server/http/answer.ts'",
    "import { tail } from '../store-server/journal/tail.ts'",
  ],
  [
    'build/check/run.ts',
    "import { routes } from '../../store-server/http/routes.ts'",
    "import { store } from '../../test/harness/store.ts'",
  ],
];

describe.each(examples)('%s', (file, allowed, refused) => {
  test(`may: ${allowed}`, () => expect(messages(file, allowed)).toEqual([]));
  test(`may not: ${refused}`, () => expect(messages(file, refused)).toHaveLength(1));
});

test('every room has its two examples', () => {
  expect(new Set(examples.map(([file]) => placeOf(file)?.room))).toEqual(new Set(Object.keys(rooms)));
});

test('a refusal says where to go instead', () => {
  expect(messages(`${orders}/orders.commands.ts`, "import { take } from '../payments/index.ts'")[0]).toContain(
    'the later feature payments (../payments/index.ts). Call an earlier feature through its index.ts',
  );
});

test('only the index of another feature is a door, even for types', () => {
  expect(messages(`${orders}/orders.commands.ts`, "import type { P } from '../menu/menu.reads.ts'")[0]).toContain(
    'the inside of menu',
  );
});

test('what a type-only row allows must really be gone at run time', () => {
  const file = `${orders}/orders.rules.ts`;
  expect(messages(file, "import { type Check } from './orders.reads.ts'")).toEqual([]);
  expect(messages(file, "import { type Check, load } from './orders.reads.ts'")).toHaveLength(1);
  expect(messages(file, "export * from './orders.reads.ts'")).toHaveLength(1);
  expect(messages(file, "export type { Check } from './orders.reads.ts'")).toEqual([]);
  expect(messages(file, "const load = await import('./orders.reads.ts')")).toHaveLength(1);
});

test('a part may grow into a folder of its name', () => {
  expect(placeOf(`${orders}/orders.rules/void-line.ts`)).toEqual({ room: 'feature.rules', feature: 'orders' });
  expect(placeOf(`${orders}/orders.shares.rules.ts`)).toEqual({ room: 'feature.rules', feature: 'orders' });
});

test('nobody outside the tests leans on a test', () => {
  expect(messages(`${s}/server.ts`, "import { x } from '../test/harness/store.ts'")).toHaveLength(1);
  expect(messages(`${s}/server.test.ts`, "import { x } from '../test/harness/store.ts'")).toEqual([]);
});

test('a new folder, feature or package needs its row first', () => {
  expect(messages(`${s}/loyalty/points.ts`, '')[0]).toContain('"loyalty" has no row');
  expect(messages('shop/index.ts', '')[0]).toContain('no room');
  expect(messages(`${s}/features/tips/tips.commands.ts`, "import { m } from '../menu/index.ts'")[0]).toContain(
    'no place in featureOrder',
  );
  expect(messages(`${s}/http/api.ts`, "import x from 'left-pad'")[0]).toContain('left-pad has no home');
});

test.each(Object.entries(packageHomes).filter(([, homes]) => homes !== 'everywhere'))('%s stays at home', (name) => {
  expect(messages(`${s}/kernel/money.ts`, `import x from '${name}'`)).toHaveLength(1);
  expect(messages(`${s}/kernel/money.ts`, `import x from '${name}/sub/path'`)).toHaveLength(1);
});

test('a feature reaches no disk, network or process by itself', () => {
  expect(messages(`${orders}/orders.commands.ts`, "import { writeFileSync } from 'node:fs'")[0]).toContain(
    'come in as arguments',
  );
  expect(messages(`${s}/db/open.ts`, "import { writeFileSync } from 'node:fs'")).toEqual([]);
});

test('a circle is told once, and one of types only is none', () => {
  const circle = (b: string) => [
    parseSource(`${s}/kernel/a.ts`, "import { b } from './b.ts'"),
    parseSource(`${s}/kernel/b.ts`, "import { c } from './c.ts'"),
    parseSource(`${s}/kernel/c.ts`, b),
  ];
  expect(brokenImportRules(circle("import { a } from './a.ts'"))).toEqual([
    expect.objectContaining({
      message: `A circle: ${s}/kernel/a.ts -> ${s}/kernel/b.ts -> ${s}/kernel/c.ts -> ${s}/kernel/a.ts`,
    }),
  ]);
  expect(brokenImportRules(circle("import type { a } from './a.ts'"))).toEqual([]);
});
