import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../journal/verify.ts';
import { addLines } from './orders.commands/add-lines.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { splitOrder } from './orders.commands/split-order.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { openInput, openRestaurant } from './orders.fixture.ts';

let fault: (() => void) | undefined;
let house: Awaited<ReturnType<typeof openRestaurant>>;
beforeEach(async () => {
  fault = undefined;
  house = await openRestaurant({ beforeWrite: () => fault?.() });
});
afterEach(async () => {
  await house.close();
});

/** Every row of every table, so that nothing can be half there. */
function everything(): string {
  const { sqlite } = house.core.connection();
  const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  return JSON.stringify(
    tables.map((name) =>
      sqlite
        .prepare(`SELECT * FROM "${String(name)}"`)
        .raw()
        .all(),
    ),
  );
}

/** Fails before the first, second, … statement until the work gets through, and returns how many failures that took. */
async function failEverywhere(work: () => Promise<unknown>): Promise<number> {
  const before = everything();
  for (let k = 1; ; k += 1) {
    let n = 0;
    fault = () => {
      n += 1;
      if (n === k) throw new Error('power cut');
    };
    const outcome = await work().then(
      () => 'done',
      (error: Error) => error.message,
    );
    fault = undefined;
    if (outcome === 'done') return k - 1;
    expect(outcome).toBe('power cut');
    expect(everything() === before, `statement ${k} left something behind`).toBe(true);
  }
}

test('wherever an order breaks off, nothing of it is there: no line, portion, ticket, posting or fact', async () => {
  const cake = { product_id: house.menu.cake.id, quantity: 1 };
  const line = { id: '00000000-0000-7000-9000-000000000001', product_id: house.menu.burger.id, quantity: 2 };
  const open = openInput({
    table_id: house.tables[0],
    lines: [cake, { ...line, modifiers: [{ option_id: house.menu.rare }] }],
    fire: 'as_set',
    client_total_minor: 1,
  });
  const failures: Record<string, number> = {};
  const through = async (name: string, work: () => Promise<unknown>) => {
    failures[name] = await failEverywhere(work);
  };
  await through('open', () => house.run(openOrderCommand, 'server', open));
  const [{ id }] = house.core.connection().sqlite.prepare('SELECT id FROM orders').all() as [{ id: string }];
  const as = { order_id: id };
  await through('add', () => house.run(addLines, 'server', addLines.input.parse({ ...as, lines: [cake] })));
  const held = house.facts(id).at(-1)?.body.lines[0].line_id as string;
  await through('change', () => house.run(changeLine, 'server', { ...as, line_id: held, note: 'candle' }));
  await through('fire', () => house.run(fire, 'server', as));
  await through('split', () => house.run(splitOrder, 'server', { ...as, split: { mode: 'even', ways: 2 } }));
  await through('move', () => house.run(moveOrder, 'server', { ...as, table_id: house.tables[1] }));
  await through('void', () => house.run(voidLine, 'manager', { ...as, line_id: held, reason: 'dropped' }));
  const { order } = await house.run(
    openOrderCommand,
    'server',
    openInput({ table_id: house.tables[2], lines: [cake] }),
  );
  await through('cancel', () => house.run(cancelOrder, 'manager', { order_id: order.id, reason: 'left' }));
  const due = (await house.ask('GET', `/orders/${id}`)).body.amount_due;
  await through('pay', () => house.pay(id, Math.round(due * 100)));

  for (const [name, count] of Object.entries(failures)) expect(count, name).toBeGreaterThan(3);
  expect(house.ledger()).toEqual([]);
  expect(verifyChain(house.core.connection()).ok).toBe(true);
});
