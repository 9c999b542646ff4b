import type { ApiClient } from '../../harness/api-client.ts';
import type { Dice } from '../dice.ts';
import { type Heard, line, type Sending } from '../line.ts';
import type { Step } from './plan.ts';
import type { House, Outcome } from './play.ts';
import type { Ask, CheckSeen, Dish, DrawerSeen, Seen, TableSeen } from './words.ts';

/** The real server as a house: each ask is one request over a connection of its client. */
export interface Restaurant {
  readonly manager: ApiClient;
  readonly server: ApiClient;
  /** Id and pence of each dish. */
  readonly dishes: Readonly<Record<Dish, { readonly id: number; readonly price: number }>>;
  readonly section: string;
  /** Id by name. */
  readonly tables: Readonly<Record<string, string>>;
  /** The integer of the drawer. */
  readonly till: number;
}

const pence = (pounds: number): number => Math.round(pounds * 100);
const pounds = (amount: number): number => amount / 100;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape, looked at field by field
type Json = any;

/** Asks that only a manager may make here. */
const managers = new Set<Ask['do']>([
  'cancel',
  'refund',
  'open drawer',
  'move cash',
  'count',
  'close drawer',
  'look in drawer',
]);

interface Route {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** @param tables those of this history, by name */
export function overHttp(place: Restaurant, tables: readonly string[], at: Dice): House & { close(): void } {
  const wire = line(place.server.port);
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const underWay = new Set<Promise<unknown>>();

  const orderOf = (name: string): string => `orders/${ids.get(name) ?? name}`;
  const know = (id: string, name: string): void => {
    names.set(id, name);
    if (!name.includes('#')) ids.set(name, id);
  };
  const tableId = (name: string): string => place.tables[name] ?? name;

  function routeOf(ask: Ask): Route {
    const post = (path: string, body: object): Route => ({ method: 'POST', path, body });
    switch (ask.do) {
      case 'open':
        return post('orders', {
          order_type: 'dine_in',
          table_id: tableId(ask.table),
          customer_name: ask.name,
          covers: ask.covers,
        });
      case 'add': {
        const lines = ask.lines.map(({ dish, ...line }) => ({ ...line, product_id: place.dishes[dish].id }));
        return post(`${orderOf(ask.check)}/lines`, { lines });
      }
      case 'change': {
        const { quantity, seat } = ask;
        const body = { ...(quantity === undefined ? {} : { quantity }), ...(seat === undefined ? {} : { seat }) };
        return { method: 'PATCH', path: `${orderOf(ask.check)}/lines/${ask.line}`, body };
      }
      case 'fire':
        return post(`${orderOf(ask.check)}/fire`, ask.lines === undefined ? {} : { line_ids: ask.lines });
      case 'void':
        return post(`${orderOf(ask.check)}/lines/${ask.line}/void`, { reason: 'sent back' });
      case 'bump':
        return post(`${orderOf(ask.check)}/lines/${ask.line}/bump`, { to: ask.to });
      case 'move':
        return post(`${orderOf(ask.check)}/move`, { table_id: tableId(ask.table) });
      case 'cancel':
        return post(`${orderOf(ask.check)}/cancel`, { reason: 'they left' });
      case 'split':
        return post(`${orderOf(ask.check)}/splits`, { mode: 'even', ways: ask.ways });
      case 'pay': {
        const { method, share } = ask;
        const how = method === 'card' ? { reference: 'none' } : { config_id: place.till };
        const body = {
          method,
          amount: pounds(ask.amount),
          ...how,
          ...(share === undefined ? {} : { share_id: share }),
        };
        return post(`${orderOf(ask.check)}/payments`, body);
      }
      case 'refund':
        return post(`${orderOf(ask.check)}/refunds`, { amount: pounds(ask.amount), reason: 'cold', method: 'card' });
      case 'say':
        return { method: 'PUT', path: `restaurants/tables/${tableId(ask.table)}/status`, body: { status: ask.status } };
      case 'look':
        return { method: 'GET', path: orderOf(ask.check) };
      case 'look at floor':
        return { method: 'GET', path: `restaurants/floor-plan?section_id=${place.section}` };
      case 'look for special':
        return { method: 'GET', path: `products/${place.dishes.special.id}` };
      case 'open drawer':
        return post('pos/sessions', { config_id: place.till, opening_float: pounds(ask.float) });
      case 'move cash': {
        const body = { direction: ask.direction, amount: pounds(ask.amount), reason: 'change' };
        return post(`pos/sessions/${ask.session}/cash-movements`, body);
      }
      case 'count':
        return post(`pos/sessions/${ask.session}/count`, { counted_amount: pounds(ask.amount), closing: true });
      case 'close drawer':
        return post(`pos/sessions/${ask.session}/close`, { carry_over: true });
      case 'look in drawer':
        return { method: 'GET', path: `pos/sessions/${ask.session}` };
    }
  }

  function checkOf(order: Json): CheckSeen {
    know(order.id, order.customer_name);
    return {
      name: order.customer_name,
      status: order.check_status,
      table: order.table_number,
      covers: order.covers,
      lines: order.lines.map((one: Json) => ({
        id: one.id,
        price: pence(one.unit_price),
        quantity: one.quantity,
        seat: one.seat,
        status: one.status,
      })),
      total: pence(order.total_amount),
      paid: pence(order.amount_paid),
      due: pence(order.amount_due),
      refunded: pence(order.refunded_amount),
      shares: order.shares.map((share: Json) => ({
        id: share.id,
        total: pence(share.total_amount),
        due: pence(share.amount_due),
      })),
    };
  }

  const tableOf = (table: Json): TableSeen => ({
    table: table.name,
    status: table.status,
    openChecks: table.open_checks,
  });

  const drawerOf = (session: Json): DrawerSeen => ({
    session: session.uuid,
    state: session.state,
    expected: session.expected_amount === null ? null : pence(session.expected_amount),
    counted: session.counted_amount === null ? null : pence(session.counted_amount),
  });

  function floorOf(all: readonly Json[], wanted: readonly string[]): TableSeen[] {
    return wanted.map((name) => {
      const table = all.find((one) => one.name === name);
      for (const order of table.open_orders) know(order.id, order.name);
      return { ...tableOf(table), names: table.open_orders.map((order: Json) => order.name) };
    });
  }

  function seenOf(ask: Ask, { status, text }: Heard): Seen {
    const { data, error } = JSON.parse(text);
    if (error !== null) {
      const takenBy = error.code === 'TABLE_TAKEN' ? { takenBy: error.details.order_id as string } : {};
      if (status >= 500 || status === 401 || status === 429) throw new Error(`${ask.do}: ${status} ${text}`);
      return { status, code: error.code, ...takenBy };
    }
    switch (ask.do) {
      case 'pay':
        return { status, check: checkOf(data.order), applied: pence(data.amount), change: pence(data.change) };
      case 'refund':
        return { status, check: checkOf(data.order) };
      case 'say':
        return { status, tables: [tableOf(data)] };
      case 'look at floor':
        return { status, tables: floorOf(data.tables, ask.tables) };
      case 'look for special':
        return { status, left: data.remaining };
      case 'move cash':
        return { status };
      case 'open drawer':
      case 'count':
      case 'close drawer':
      case 'look in drawer':
        return { status, drawer: drawerOf(data) };
      case 'split':
        for (const [n, share] of data.shares.entries()) know(share.id, `${ask.name}#${n + 1}`);
        return { status, check: checkOf(data) };
      default:
        return { status, check: checkOf(data) };
    }
  }

  function sendingOf(ask: Ask): Sending {
    const { method, path, body } = routeOf(ask);
    const asManager = managers.has(ask.do) || (ask.do === 'void' && ask.manager);
    const { token } = asManager ? place.manager : place.server;
    const headers = { Authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'Idempotency-Key': at.uuid() }) };
    return { method, path: `/api/v1/${path}`, body, headers };
  }

  async function send(ask: Ask, lost: Step['lost']): Promise<Outcome> {
    const sending = sendingOf(ask);
    if (lost === 'no' || sending.method === 'GET') return { seen: seenOf(ask, await wire.send(sending)) };
    const heard = await wire.sendAndDrop(sending, at.between(0, 5));
    if (heard !== null) return { seen: seenOf(ask, heard) };
    if (lost === 'for good') return { seen: null };
    const seen = seenOf(ask, await wire.send(sending));
    // A refusal that could end differently is not kept under its key. The copy that broke may have been overtaken by
    // this one on another connection, and is then done after it.
    return { seen, stray: seen.status === 409 || seen.status === 403 };
  }

  return {
    tables,
    async send(_client, ask, lost) {
      const sent = send(ask, lost);
      underWay.add(sent);
      try {
        return await sent;
      } finally {
        underWay.delete(sent);
      }
    },
    async settle() {
      // Loopback in one process: what was written before a connection broke is read within a few turns.
      for (let n = 0; n < 20; n += 1) await turn();
      await place.server.get('/health');
    },
    nameOf: (id) => names.get(id) ?? id,
    close: () => wire.close(),
  };
}
