import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { quantile } from './rounds.ts';

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly token: string | null;
}

/** Latencies of one stretch of load, in ms from the moment at which each request was due. */
export interface Stretch {
  readonly p50: number;
  readonly p99: number;
  readonly sent: number;
  /** Answers that were not a 2xx, and requests that got none. */
  readonly failed: number;
}

/**
 * Sends requests on schedule, whether earlier ones have been answered or not: a server that stalls is not asked less
 * for it, and the wait that it causes is counted.
 */
export async function openLoop(
  target: Target,
  perSecond: number,
  ms: number,
  body: (n: number) => object,
): Promise<Stretch> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const latencies: number[] = [];
  let failed = 0;
  const total = Math.max(1, Math.round((perSecond * ms) / 1000));
  const send = (n: number, due: number): Promise<void> =>
    new Promise((resolve) => {
      const payload = JSON.stringify(body(n));
      const done = (isGood: boolean) => {
        latencies.push(performance.now() - due);
        if (!isGood) failed += 1;
        resolve();
      };
      const asking = request(
        {
          host: '127.0.0.1',
          port: target.port,
          path: target.path,
          method: 'POST',
          agent,
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(payload),
            'Idempotency-Key': randomUUID(),
            ...(target.token === null ? {} : { Authorization: `Bearer ${target.token}` }),
          },
        },
        (response) => {
          response.resume();
          response.once('end', () => done((response.statusCode ?? 500) < 300));
        },
      );
      asking.once('error', () => done(false));
      asking.end(payload);
    });

  const from = performance.now() + 20;
  const under: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    const due = from + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(send(n, due));
  }
  await Promise.all(under);
  agent.destroy();
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), sent: total, failed };
}
