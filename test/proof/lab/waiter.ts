import type { ApiClient, Reply } from '../../harness/api-client.ts';
import type { AckLog } from './ack-log.ts';
import type { Dish } from './evening.ts';
import type { Random } from './random.ts';

/** One request that changes something, with the key under which it may be repeated. */
export interface Step {
  readonly kind: 'open' | 'lines' | 'fire' | 'pay';
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The check it is about; null for the one that opens it. */
  readonly orderId: string | null;
}

// Orders are looked at as they came: whether they are equal is all that matters.
// biome-ignore lint/suspicious/noExplicitAny: an order of unknown shape
export type Order = any;

export interface Acked {
  /** Its number in the acknowledgement log. */
  readonly n: number;
  readonly step: Step;
  readonly status: number;
  /** The envelope's `data`. */
  readonly data: unknown;
  /** The check as it stood after this step. */
  readonly order: Order;
}

/** What a guest of this waiter is going to do. */
interface Plan {
  rounds: number;
  fires: boolean;
  readonly pays: 'cash' | 'card' | 'both';
  readonly tips: boolean;
}

export interface Waiter {
  readonly name: string;
  /** Everything that was acknowledged, in order. */
  acked: Acked[];
  /** Sent, and nothing heard: it may have happened or not. */
  pending: Step | null;
  /** Answers that should not have come. */
  readonly surprises: string[];
  /** Serves guests one after another until told to stop or until the server is gone. */
  work(stop: AbortSignal): Promise<void>;
  /** Goes on with another check, or with this one as it turned out to be. */
  takeUp(order: Order | null): void;
  send(step: Step): Promise<Reply>;
  note(step: Step, reply: Reply): Acked;
}

/** Each check as the last acknowledgement about it showed it. */
export const truths = (acked: readonly Acked[]): Map<string, Order> =>
  new Map(acked.map(({ order }) => [order.id as string, order]));

export interface WaiterNeeds {
  readonly name: string;
  /** The way to the server as it runs now. */
  readonly api: () => ApiClient;
  readonly dishes: readonly Dish[];
  readonly acks: AckLog;
  readonly random: Random;
  /** The longest pause between two steps, ms. */
  readonly pauseMs: number;
}

const orderIn = (step: Step, data: unknown): Order => (step.kind === 'pay' ? (data as { order: Order }).order : data);

export function createWaiter({ name, api, dishes, acks, random, pauseMs }: WaiterNeeds): Waiter {
  let made = 0;
  let order: Order | null = null;
  let plan: Plan = planFor(random);
  const waiter: Waiter = { name, acked: [], pending: null, surprises: [], work, takeUp, send, note };
  return waiter;

  function takeUp(next: Order | null): void {
    order = next;
    plan = planFor(random);
  }

  function send({ method, path, body, key }: Step): Promise<Reply> {
    return api().ask(method, path, body, { key });
  }

  function note(step: Step, reply: Reply): Acked {
    const { status, body } = reply;
    const { data } = body;
    const n = acks.note({ waiter: name, at: Date.now(), status, ...step, data });
    const acked = { n, step, status, data, order: orderIn(step, data) };
    waiter.acked.push(acked);
    return acked;
  }

  async function work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const step = nextStep();
      waiter.pending = step;
      let reply: Reply;
      try {
        reply = await send(step);
      } catch {
        return; // The server is gone, or so it seems from here.
      }
      if (reply.status < 200 || reply.status > 299) {
        if (reply.status !== 503)
          waiter.surprises.push(`${name} ${step.method} ${step.path}: ${reply.status} ${reply.text}`);
        return;
      }
      waiter.pending = null;
      ({ order } = note(step, reply));
      if (order.check_status !== 'open') takeUp(null);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, random.between(0, pauseMs)));
    }
  }

  function nextStep(): Step {
    made += 1;
    const key = `proof-${name}-${made}`;
    if (order === null) {
      const body = { order_type: random.pick(['takeaway', 'counter', 'bar'] as const), covers: random.between(1, 6) };
      return { kind: 'open', key, method: 'POST', path: 'orders', body, orderId: null };
    }
    const orderId = order.id as string;
    const at = (kind: Step['kind'], what: string, body: unknown): Step => ({
      kind,
      key,
      method: 'POST',
      path: `orders/${orderId}/${what}`,
      body,
      orderId,
    });
    if (plan.rounds > 0 || order.lines.length === 0) {
      plan.rounds -= 1;
      return at('lines', 'lines', { lines: lines() });
    }
    const isHeld = order.lines.some(({ status }: Order) => status === 'held');
    if (plan.fires && isHeld) {
      plan.fires = false;
      return at('fire', 'fire', {});
    }
    const due = order.amount_due as number;
    const share = plan.pays === 'both' && order.payments.length === 0 && due > 1 ? Math.round(due * 50) / 100 : due;
    const byCard = plan.pays === 'card' || (plan.pays === 'both' && order.payments.length === 0);
    const tip = plan.tips ? { tip_amount: 1.5 } : {};
    return at(
      'pay',
      'payments',
      byCard
        ? { method: 'card', amount: share, reference: 'none', ...tip }
        : { method: 'cash', amount: share, tendered: Math.ceil(share + 5) },
    );
  }

  function lines(): object[] {
    return Array.from({ length: random.between(1, 4) }, (_, n) => ({
      product_id: random.pick(dishes).id,
      quantity: random.between(1, 3),
      // Once on paper, it tells which line it was, whatever else the kitchen calls it.
      note: `z${name}q${made}q${n}z`,
    }));
  }
}

const planFor = (random: Random): Plan => ({
  rounds: random.between(1, 2),
  fires: random.chance(0.4),
  pays: random.pick(['cash', 'card', 'both'] as const),
  tips: random.chance(0.3),
});
