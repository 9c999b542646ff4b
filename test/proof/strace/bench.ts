import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient, type Reply } from '../../harness/api-client.ts';
import type { Dish } from '../lab/evening.ts';
import { inside, unfinishedJobs } from '../lab/look-inside.ts';
import { type ServerProcess, startServer } from '../lab/server.ts';
import { attach, callsIn, type Tracer } from './tracer.ts';
import { between, isNothing, type Rows, rowsIn, wholeOrNothing } from './traces.ts';

export const deeds = ['create', 'pay'] as const;
export type Deed = (typeof deeds)[number];

/** A request that is ready to be sent, and what there was before it. */
export interface Attempt {
  readonly before: Rows;
  send(): Promise<Reply>;
}

/** What a deed leaves when nothing goes wrong, and how many calls to the disk it takes. */
export interface Measure {
  readonly whole: Rows;
  readonly writes: number;
  readonly syncs: number;
}

export type Verdict = 'whole' | 'nothing' | 'half';

/** The server under the loupe. What should not be goes to `findings`. */
export interface Bench {
  start(): Promise<void>;
  stop(): Promise<void>;
  ended(): Promise<unknown>;
  /** The next attempt at a deed, with an order before it where it is paying; nothing else writes meanwhile. */
  ready(deed: Deed): Promise<Attempt>;
  /** Makes one call to the disk go wrong, as strace writes it; null only counts them. */
  sabotage(inject: string | null): Promise<Tracer>;
  measure(deed: Deed): Promise<Measure>;
  /** Whether nothing of an attempt is there. */
  isGone(attempt: Attempt): boolean;
  /** After whatever happened: there is all or nothing of it, and after asking again there is all of it once. */
  checked(about: string, attempt: Attempt, whole: Rows): Promise<Verdict>;
}

/** A disk that failed is back within this time, without anybody's help. */
const RECOVERY_MS = 10_000;

export function openBench(
  entry: string,
  folder: string,
  { dishes, findings }: { readonly dishes: readonly Dish[]; readonly findings: string[] },
): Bench {
  const dataDir = path.join(folder, 'store');
  const log = path.join(folder, 'calls.txt');
  let made = 0;
  let server: ServerProcess;
  let api: ApiClient | null = null;

  async function start(): Promise<void> {
    const before = api;
    before?.close();
    server = startServer(entry, dataDir);
    api = new ApiClient(await server.ready());
    const manager = { email: 'manager@demo.test', password: 'demo-manager-1' };
    api.token = before?.token ?? (await api.must('POST', 'auth/login', manager)).access_token;
  }

  async function ready(deed: Deed): Promise<Attempt> {
    made += 1;
    const key = `trace-${made}`;
    const items = dishes.slice(0, 4).map(({ id }) => ({ product_id: id, quantity: 2 }));
    const ask = { method: 'orders', body: { order_type: 'takeaway', items } as object };
    if (deed === 'pay') {
      const { id, amount_due } = await client().must('POST', 'orders', ask.body);
      ask.method = `orders/${id}/payments`;
      ask.body = { method: 'cash', amount: amount_due, tendered: amount_due + 10 };
    }
    await idle();
    return { before: rowsIn(dataDir), send: () => client().post(ask.method, ask.body, { key }) };
  }

  function client(): ApiClient {
    if (api === null) throw new Error('The server was never started');
    return api;
  }

  /** Waits until nothing is being printed, so that the next write is the request's own. */
  async function idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; await pause(15)) quiet = inside(dataDir, unfinishedJobs) === 0 ? quiet + 1 : 0;
  }

  const sabotage = (inject: string | null): Promise<Tracer> => attach(server.pid, inject, log);

  async function measure(deed: Deed): Promise<Measure> {
    const { before, send } = await ready(deed);
    const tracer = await sabotage(null);
    const { status, text } = await send();
    await tracer.detach();
    if (status !== 201) throw new Error(`${deed} does not even work undisturbed: ${status} ${text}`);
    return { whole: between(before, rowsIn(dataDir)), ...callsIn(log) };
  }

  async function checked(about: string, { before, send }: Attempt, whole: Rows): Promise<Verdict> {
    const found = between(before, rowsIn(dataDir));
    const verdict = wholeOrNothing(found, whole);
    if (verdict === null) findings.push(`${about}: half done, ${JSON.stringify(found)} of ${JSON.stringify(whole)}`);
    const again = await sentUntilAnswered(send);
    const replayed = again.headers['idempotency-replayed'] === 'true';
    if (again.status !== 201) findings.push(`${about}: asked again, ${again.status} ${again.text}`);
    if (verdict !== null && replayed !== (verdict === 'whole')) {
      findings.push(`${about}: ${verdict}, yet replayed: ${replayed}`);
    }
    const now = between(before, rowsIn(dataDir));
    if (wholeOrNothing(now, whole) !== 'whole') findings.push(`${about}: after asking again ${JSON.stringify(now)}`);
    return verdict ?? 'half';
  }

  return {
    start,
    ready,
    sabotage,
    measure,
    checked,
    ended: () => server.ended,
    isGone: ({ before }) => isNothing(between(before, rowsIn(dataDir))),
    async stop() {
      api?.close();
      server?.signal('SIGKILL');
      await server?.ended;
    },
  };
}

async function sentUntilAnswered(send: () => Promise<Reply>): Promise<Reply> {
  for (const until = performance.now() + RECOVERY_MS; ; await pause(100)) {
    const reply = await send();
    if (reply.status !== 503 || performance.now() > until) return reply;
  }
}
