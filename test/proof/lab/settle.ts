import { isDeepStrictEqual } from 'node:util';
import type { ApiClient } from '../../harness/api-client.ts';
import { type Acked, type Step, truths, type Waiter } from './waiter.ts';

/** What came of the things that nobody was certain of. */
export interface Settled {
  /** What should not be, in sentences; empty when all is well. */
  readonly findings: string[];
  /** Not acknowledged, or only after the mark, and there. */
  readonly came: number;
  /** The same, and not there: done now, with the same key. */
  readonly gone: number;
  /** Acknowledged after the mark, and not there. */
  readonly unackedByCut: number;
}

const changed = (what: string, was: unknown, is: unknown): string =>
  `${what}: acknowledged ${JSON.stringify(was)} but found ${JSON.stringify(is)}`;

/**
 * Compares what a waiter was told with what the restarted server knows. Whatever was acknowledged up to the mark has to
 * be there and equal; the rest is asked for again under its old key, which answers as the first time or does it now, and
 * in that case there must be nothing of it yet.
 * @param mark number of the last acknowledgement that counts
 * @param seen number of the acknowledgement up to which checks were compared before
 */
export async function settle(waiter: Waiter, api: ApiClient, mark: number, seen: number): Promise<Settled> {
  const findings: string[] = [];
  const firm = waiter.acked.filter(({ n }) => n <= mark);
  const doubtful: { step: Step; answer: Acked | null }[] = [
    ...waiter.acked.filter(({ n }) => n > mark).map((answer) => ({ step: answer.step, answer })),
    ...(waiter.pending === null ? [] : [{ step: waiter.pending, answer: null }]),
  ];
  const touched = new Set(firm.filter(({ n }) => n > seen).map(({ order }) => order.id as string));
  waiter.acked = firm;
  waiter.pending = null;

  const last = firm.at(-1);
  if (last !== undefined) {
    const again = await waiter.send(last.step);
    if (again.headers['idempotency-replayed'] !== 'true' || again.status !== last.status) {
      findings.push(`${last.step.key}: a repeat was answered with ${again.status}, ${again.text}`);
    } else if (!isDeepStrictEqual(again.body.data, last.data)) {
      findings.push(changed(`${last.step.key} repeated`, last.data, again.body.data));
    }
  }

  let came = 0;
  let gone = 0;
  let unackedByCut = 0;
  for (const { step, answer } of doubtful) {
    const before = step.orderId === null ? null : await orderOf(api, step.orderId);
    const truth = truths(waiter.acked).get(step.orderId ?? '');
    const reply = await waiter.send(step);
    if (reply.status < 200 || reply.status > 299) {
      findings.push(`${step.key}: asked again, it was answered with ${reply.status}, ${reply.text}`);
      break;
    }
    const wasThere = reply.headers['idempotency-replayed'] === 'true';
    const { order } = waiter.note(step, reply);
    touched.add(order.id as string);
    if (wasThere) {
      came += 1;
      if (answer !== null && !isDeepStrictEqual(reply.body.data, answer.data)) {
        findings.push(changed(`${step.key} after the cut`, answer.data, reply.body.data));
      }
      continue;
    }
    gone += 1;
    if (before !== null && !isDeepStrictEqual(before, truth)) {
      findings.push(changed(`${step.key} was not done, and yet its order`, truth, before));
    }
    // Each waited for the one before, so with this one all later ones are gone.
    unackedByCut = doubtful.slice(doubtful.findIndex((one) => one.step === step)).filter((one) => one.answer).length;
    break;
  }

  const now = truths(waiter.acked);
  for (const id of touched) {
    const found = await orderOf(api, id);
    if (!isDeepStrictEqual(found, now.get(id))) findings.push(changed(`order ${id}`, now.get(id), found));
  }
  const latest = waiter.acked.at(-1);
  waiter.takeUp(latest?.order.check_status === 'open' ? latest.order : null);
  return { findings, came, gone, unackedByCut };
}

async function orderOf(api: ApiClient, id: string): Promise<unknown> {
  const { status, body } = await api.get(`orders/${id}`);
  return status === 200 ? body.data : status;
}
