import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient, type Reply } from '../../harness/api-client.ts';
import { type Evening, prepareEvening } from '../lab/evening.ts';
import { inside, money, soundness } from '../lab/look-inside.ts';
import { openPrinterRoom } from '../lab/paper.ts';
import { buildServer, type ServerProcess, startServer } from '../lab/server.ts';
import { attach, callsIn, whyNoTrace } from './tracer.ts';
import { between, isNothing, type Rows, rowsIn, wholeOrNothing } from './traces.ts';

/**
 * Creating an order and paying it, with the server killed at each write to its disk, and with each write and each flush
 * failing: afterwards all of it is there (order, lines, ledger, journal, jobs, receipt) or nothing of it, and asked
 * again with the same key it is there once.
 *
 *   node test/proof/strace/run.ts [places for each, default all]
 */
const places = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-strace-'));
const dataDir = path.join(folder, 'store');
const log = path.join(folder, 'calls.txt');
const findings: string[] = [];
const deeds = ['create', 'pay'] as const;
type Deed = (typeof deeds)[number];

let made = 0;
let server: ServerProcess;
let api: ApiClient;
let evening: Evening;

async function start(entry: string): Promise<void> {
  const token = api?.token ?? null;
  api?.close();
  server = startServer(entry, dataDir);
  api = new ApiClient(await server.ready());
  api.token = token;
}

/** One request, ready to be sent; for paying there is an order first. */
async function ready(deed: Deed): Promise<() => Promise<Reply>> {
  made += 1;
  const key = `trace-${made}`;
  const items = evening.dishes.slice(0, 4).map(({ id }) => ({ product_id: id, quantity: 2 }));
  const order = { order_type: 'takeaway', items };
  if (deed === 'create') return () => api.post('orders', order, { key });
  const { id, amount_due } = await api.must('POST', 'orders', order);
  const body = { method: 'cash', amount: amount_due, tendered: amount_due + 10 };
  return () => api.post(`orders/${id}/payments`, body, { key });
}

/** Evenly spread places from 1 to `last`, the first and the last among them. */
function spread(last: number): number[] {
  if (last <= places) return Array.from({ length: last }, (_, n) => n + 1);
  return [
    ...new Set(Array.from({ length: places }, (_, n) => 1 + Math.round((n * (last - 1)) / Math.max(1, places - 1)))),
  ];
}

/** What one of these leaves when nothing goes wrong, and how many calls it takes. */
async function undisturbed(deed: Deed): Promise<{ whole: Rows; writes: number; syncs: number }> {
  const send = await ready(deed);
  await idle();
  const before = rowsIn(dataDir);
  const tracer = await attach(server.pid, null, log);
  const { status, text } = await send();
  await tracer.detach();
  if (status !== 201) throw new Error(`${deed} does not even work undisturbed: ${status} ${text}`);
  return { whole: between(before, rowsIn(dataDir)), ...callsIn(log) };
}

/** Waits until nothing is being printed, so that the next write is the request's own. */
async function idle(): Promise<void> {
  for (let quiet = 0; quiet < 3; await pause(15)) {
    const waiting = inside(
      dataDir,
      ({ sqlite }) =>
        sqlite.prepare<[], { n: number }>("SELECT count(*) AS n FROM job WHERE state NOT IN ('done', 'dead')").get()?.n,
    );
    quiet = waiting === 0 ? quiet + 1 : 0;
  }
}

/** After whatever happened: there is all or nothing of it, and after asking again there is all of it once. */
async function checked(about: string, before: Rows, whole: Rows, send: () => Promise<Reply>): Promise<string> {
  const found = between(before, rowsIn(dataDir));
  const verdict = wholeOrNothing(found, whole);
  if (verdict === null) findings.push(`${about}: half done, ${JSON.stringify(found)} of ${JSON.stringify(whole)}`);
  const again = await sentUntilAnswered(send);
  const replayed = again.headers['idempotency-replayed'] === 'true';
  if (again.status !== 201) findings.push(`${about}: asked again, ${again.status} ${again.text}`);
  if (verdict !== null && replayed !== (verdict === 'whole'))
    findings.push(`${about}: ${verdict}, yet replayed: ${replayed}`);
  const now = between(before, rowsIn(dataDir));
  if (wholeOrNothing(now, whole) !== 'whole') findings.push(`${about}: after asking again ${JSON.stringify(now)}`);
  return verdict ?? 'half';
}

/** A disk that failed is back within ten seconds, without anybody's help. */
async function sentUntilAnswered(send: () => Promise<Reply>): Promise<Reply> {
  for (const until = performance.now() + 10_000; ; await pause(100)) {
    const reply = await send();
    if (reply.status !== 503 || performance.now() > until) return reply;
  }
}

async function kills(entry: string, deed: Deed): Promise<string> {
  const { whole, writes } = await undisturbed(deed);
  const ended = { whole: 0, nothing: 0, half: 0, answered: 0 };
  // Past what it took just now: after a restart the log begins anew, and right after the commit the printing begins.
  const tried = spread(Math.ceil(writes * 1.4));
  for (const place of tried) {
    const send = await ready(deed);
    await idle();
    const before = rowsIn(dataDir);
    const tracer = await attach(server.pid, `pwrite64:signal=SIGKILL:when=${place}`, log);
    const answer = await send().catch(() => null);
    if (answer !== null) {
      ended.answered += 1;
      server.signal('SIGKILL');
    }
    await server.ended;
    await tracer.detach();
    const about = `${deed}, killed at write ${place} of ${writes}`;
    await start(entry);
    if (answer !== null && isNothing(between(before, rowsIn(dataDir)))) findings.push(`${about}: answered, and gone`);
    const verdict = await checked(about, before, whole, send);
    ended[verdict as 'whole' | 'nothing' | 'half'] += 1;
  }
  return (
    `${deed}: killed at ${tried.length} places among its ${writes} writes and a little beyond: ${ended.nothing} times nothing was there, ${ended.whole} times all ` +
    `(${ended.answered} of them answered), ${ended.half} times half`
  );
}

async function failures(deed: Deed): Promise<string> {
  const { whole, writes, syncs } = await undisturbed(deed);
  const bad = [
    ...spread(syncs).map((place) => `fsync,fdatasync:error=EIO:when=${place}`),
    ...spread(writes).map((place) => `pwrite64:error=${place % 2 === 0 ? 'ENOSPC' : 'EIO'}:when=${place}`),
  ];
  const ended = { whole: 0, nothing: 0, half: 0, refused: 0 };
  for (const inject of bad) {
    const send = await ready(deed);
    await idle();
    const before = rowsIn(dataDir);
    const tracer = await attach(server.pid, inject, log);
    const reply = await send();
    await tracer.detach();
    const about = `${deed}, ${inject}`;
    if (reply.status === 503) {
      ended.refused += 1;
      if (reply.body.error?.code !== 'STORE_READ_ONLY') findings.push(`${about}: ${reply.text}`);
      if (!(Number(reply.headers['retry-after']) > 0)) findings.push(`${about}: 503 without Retry-After`);
    } else if (reply.status !== 201) findings.push(`${about}: ${reply.status} ${reply.text}`);
    if (reply.status === 201 && isNothing(between(before, rowsIn(dataDir))))
      findings.push(`${about}: answered, and gone`);
    const verdict = await checked(about, before, whole, send);
    ended[verdict as 'whole' | 'nothing' | 'half'] += 1;
  }
  return (
    `${deed}: ${bad.length} failing writes and flushes: ${ended.refused} refused as STORE_READ_ONLY and written when asked ` +
    `again; ${ended.nothing} times nothing was there, ${ended.whole} times all, ${ended.half} times half`
  );
}

async function prove(): Promise<void> {
  const entry = buildServer(folder);
  mkdirSync(dataDir);
  const room = await openPrinterRoom(5);
  try {
    evening = await prepareEvening(entry, dataDir, { devices: 0, printers: room.addresses });
    server = startServer(entry, dataDir);
    api = new ApiClient(await server.ready());
    const body = { email: 'manager@demo.test', password: 'demo-manager-1' };
    api.token = (await api.must('POST', 'auth/login', body)).access_token;
    for (const deed of deeds) {
      console.log(await kills(entry, deed));
      console.log(await failures(deed));
      findings.push(...inside(dataDir, (connection) => [...soundness(connection), ...money(connection)]));
    }
  } finally {
    api?.close();
    server?.signal('SIGKILL');
    await server?.ended;
    await room.close();
  }
}

const obstacle = whyNoTrace();
if (obstacle === undefined) {
  const from = performance.now();
  try {
    await prove();
  } catch (error) {
    findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  console.log(`${((performance.now() - from) / 1000).toFixed(0)} s`);
} else {
  console.log(`SKIP ${obstacle}`);
}
for (const finding of findings.slice(0, 20)) console.log(`FOUND ${finding.slice(0, 1_500)}`);
if (findings.length === 0) {
  rmSync(folder, { recursive: true, force: true });
} else {
  console.log(`kept for looking at: ${folder}`);
  process.exitCode = 1;
}
