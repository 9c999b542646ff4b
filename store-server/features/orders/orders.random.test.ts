import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rejection } from '../../commands/perform.ts';
import { verifyChain } from '../../journal/verify.ts';
import { addLines } from './orders.commands/add-lines.ts';
import { bumpLine } from './orders.commands/bump-line.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { removeService } from './orders.commands/remove-service.ts';
import { splitOrder } from './orders.commands/split-order.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { openInput, openRestaurant } from './orders.fixture.ts';
import { openOrderRows, ordersPage } from './orders.reads.ts';
import { orderView, viewOf } from './orders.view.ts';

type House = Awaited<ReturnType<typeof openRestaurant>>;

/** One thing that somebody does; the numbers choose a table, a check or a line among those there are. */
const action = fc.record({
  verb: fc.constantFrom(
    'open',
    'another',
    'add',
    'change',
    'void',
    'fire',
    'serve',
    'move',
    'split',
    'service',
    'pay',
    'cancel',
  ),
  a: fc.nat(5),
  b: fc.nat(8),
  quantity: fc.integer({ min: 1, max: 3 }),
});
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;

const every = (house: House) =>
  ordersPage(house.core.connection(), { status: 'all', before: Number.MAX_SAFE_INTEGER, limit: 200 });

/** Does it, or is refused: anything but a refusal is a bug and fails the test. */
async function act(house: House, { verb, a, b, quantity }: Action): Promise<void> {
  const connection = house.core.connection();
  const table_id = house.tables[a] as string;
  const orders = every(house);
  const order = orders[b % Math.max(1, orders.length)];
  const at = { order_id: order?.id ?? 1 };
  const view = order === undefined ? undefined : orderView(connection, order.id);
  const line = view?.lines[a % Math.max(1, view.lines.length)];
  const line_id = line?.id ?? '00000000-0000-7000-8000-00000000dead';
  const dish = {
    product_id: [house.menu.cake.id, house.menu.chips.id, house.menu.lager.id][b % 3] as string,
    quantity,
  };
  const doing = {
    open: () => house.run(openOrderCommand, 'server', openInput({ table_id, covers: quantity })),
    another: () =>
      house.run(
        openOrderCommand,
        'server',
        openInput({ table_id, if_taken: 'another', fire: 'as_set', lines: [dish] }),
      ),
    add: () => house.run(addLines, 'server', addLines.input.parse({ ...at, lines: [{ ...dish, seat: quantity }] })),
    change: () => house.run(changeLine, 'server', { ...at, line_id, quantity, seat: quantity }),
    void: () => house.run(voidLine, 'manager', { ...at, line_id, reason: 'x' }),
    fire: () => house.run(fire, 'server', at),
    serve: () =>
      house.run(bumpLine, 'cook', { ...at, line_id, to: a % 2 === 0 ? ('preparing' as const) : ('served' as const) }),
    move: () => house.run(moveOrder, 'server', { ...at, table_id }),
    split: () =>
      house.run(splitOrder, 'server', {
        ...at,
        split: a % 2 === 0 ? { mode: 'seats' } : { mode: 'even', ways: quantity + 1 },
      }),
    service: () => house.run(removeService, 'manager', at),
    pay: () => {
      const share = view?.shares[a % Math.max(1, view.shares.length)];
      const due = share?.dueMinor ?? view?.dueMinor ?? 0;
      return house.pay(
        order?.id ?? line_id,
        quantity === 1 ? Math.max(1, Math.trunc(due / 2)) : due,
        share?.id ?? null,
      );
    },
    cancel: () => house.run(cancelOrder, 'manager', { ...at, reason: 'x' }),
  };
  await doing[verb]().catch((error: unknown) => {
    if (!(error instanceof Rejection)) throw error;
  });
}

/** What is always true, whatever people do. */
function insistAllIsWell(house: House): void {
  const connection = house.core.connection();
  const { sqlite } = connection;
  const open = openOrderRows(connection);
  const tables = sqlite.prepare('SELECT id, status, open_checks FROM dining_table').all() as {
    id: string;
    status: string;
    open_checks: number;
  }[];
  for (const table of tables) {
    const checks = open.filter(({ tableId }) => tableId === table.id).length;
    expect([table.open_checks, table.status === 'occupied']).toEqual([checks, checks > 0]);
  }
  const orders = every(house).map((order) => viewOf(connection, order));
  expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(orders.map((_, n) => orders.length - n));
  for (const { sums, shares, money, dueMinor, status } of orders) {
    if (shares.length > 0 && status === 'open') {
      expect(shares.reduce((sum, share) => sum + share.dueMinor, 0)).toBe(dueMinor);
    }
    if (status === 'open') expect(money.paidMinor === 0 || money.paidMinor < sums.total).toBe(true);
    if (status === 'closed') expect(money.paidMinor).toBeGreaterThanOrEqual(sums.total);
    if (status === 'cancelled') expect([sums.total, money.paidMinor]).toEqual([0, 0]);
  }
  // Three cakes were baked: each is on the counter, on a check, or was begun before it was voided.
  const cakes = orders.flatMap(({ lines }) => lines).filter(({ productId }) => productId === house.menu.cake.id);
  const standing = cakes.reduce((sum, one) => (one.status === 'voided' ? sum : sum + one.quantity), 0);
  const voided = cakes.reduce((sum, one) => (one.status === 'voided' ? sum + one.quantity : sum), 0);
  const left = sqlite.prepare('SELECT remaining FROM product WHERE id = ?').pluck().get(house.menu.cake.id) as number;
  expect(left).toBeGreaterThanOrEqual(0);
  expect(left + standing).toBeLessThanOrEqual(3);
  expect(left + standing + voided).toBeGreaterThanOrEqual(3);
}

test('whatever people do, in whatever order and at once: tables, numbers, shares, portions and money agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 5, maxLength: 16 }),
      async (rounds) => {
        const house = await openRestaurant();
        try {
          for (const round of rounds) {
            await Promise.all(round.map((one) => act(house, one)));
            insistAllIsWell(house);
          }
          expect(house.ledger()).toEqual([]);
          expect(verifyChain(house.core.connection()).ok).toBe(true);
        } finally {
          await house.close();
        }
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
