import { type Caller, callerOf, staffActor } from '../../commands/caller.ts';
import { createRouteTable } from '../../http/api.ts';
import { createHttp, type Http } from '../../http/app.ts';
import { systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { ordersFeature } from '../orders/index.ts';
import { openRestaurant, people } from '../orders/orders.fixture.ts';
import { paymentsFeature, refundPayment, takeAndSettle } from '../payments/index.ts';
import { storeIdentity } from '../settings/index.ts';
import { addTill, countDrawer, openShift, shiftsFeature } from '../shifts/index.ts';
import { checkMoney, reportsFeature } from './index.ts';

/** A restaurant with a till: its drawer, its payments and its reports, by command and over real HTTP. */

export const cashier = callerOf(staffActor('00000000-0000-7000-8000-000000000005', 'employee', 'cashier'));
const callers: Readonly<Record<string, Caller>> = { ...people, cashier };

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape, looked at by expectations only
  readonly body: any;
}

type PaymentInput = Parameters<typeof takeAndSettle.handle>[1];
type RefundInput = Parameters<typeof refundPayment.handle>[1];

export async function openEvening() {
  const restaurant = await openRestaurant();
  const { core, run } = restaurant;
  const day = { now: '2025-06-18' };
  let http: Http | undefined;
  let port = 0;

  async function listen(): Promise<void> {
    const api = createRouteTable();
    for (const feature of [ordersFeature, shiftsFeature, paymentsFeature, reportsFeature]) feature.routes(api);
    const clock = { now: () => restaurant.now(), monotonic: () => restaurant.now() };
    http = createHttp({
      core,
      routes: api.routes,
      authenticate: async ({ bearer }) => {
        const { actor } = callers[bearer ?? ''] ?? people.server;
        return { actor, deviceId: null, sessionId: null, scope: `user:${actor.id}` };
      },
      restaurantId: () => storeIdentity(core.connection()).restaurantId,
      businessDay: () => day.now,
      clock,
      ids: createIds(clock.now, systemRandom),
      log: () => undefined,
      version: '0',
      pid: 1,
      hosts: [],
      accepting: () => true,
      limits: { perSecond: 1_000_000 },
    });
    ({ port } = await http.listen('127.0.0.1', 0));
  }

  return {
    ...restaurant,
    till: restaurant.till,
    /** A new drawer, with the till printer. */
    addTill: (name: string) => run(addTill, 'manager', { name, printer_id: null }),
    openShift: (float: number | null = 15_000, till: number | null = null) =>
      run(openShift, cashier, { config_id: till, opening_float_minor: float }),
    count: (session: string, counted: number, closing = false) =>
      run(countDrawer, cashier, { session_id: session, counted_minor: counted, denominations: null, closing }),
    /** Minor units; cash unless said otherwise. */
    pay: (order: string, payment: Partial<PaymentInput>, who: Caller = people.server) =>
      run(takeAndSettle, who, {
        order_id: order,
        method: 'cash',
        amount_minor: 0,
        tendered_minor: null,
        tip_minor: 0,
        reference: null,
        share_id: null,
        config_id: null,
        ...payment,
      } as PaymentInput),
    refund: (order: string, back: Partial<RefundInput>, who: Caller = people.manager) =>
      run(refundPayment, who, {
        order_id: order,
        share_id: null,
        lines: null,
        amount_minor: null,
        reason: 'cold',
        method: null,
        config_id: null,
        ...back,
      } as RefundInput),
    /** Every sentence about money that does not add up, in the ledger, the drawers and the sealed days. */
    money: () => checkMoney(core.connection()),
    /** How many pulses went to a drawer. */
    pulses: () =>
      core.connection().sqlite.prepare("SELECT count(*) FROM job WHERE kind = 'drawer'").pluck().get() as number,
    nextDay(name: string) {
      day.now = name;
      restaurant.nextDay(name);
    },
    async ask(who: string, method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
      if (http === undefined) await listen();
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${who}`, 'Content-Type': 'application/json', ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      return { status: response.status, body: await response.json() } as Answered;
    },
    async close() {
      await http?.close(100);
      await restaurant.close();
    },
  };
}

export type Evening = Awaited<ReturnType<typeof openEvening>>;
