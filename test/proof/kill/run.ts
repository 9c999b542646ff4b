import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from '../../harness/api-client.ts';
import { openAckLog } from '../lab/ack-log.ts';
import { type Evening, prepareEvening, reconnected, signIn } from '../lab/evening.ts';
import { createScreen } from '../lab/listener.ts';
import { exactlyOnce, inside, money, soundness, unfinishedJobs } from '../lab/look-inside.ts';
import { openPrinterRoom, type PrinterRoom } from '../lab/paper.ts';
import { createRandom, type Random } from '../lab/random.ts';
import { buildServer, latestServer, type ServerProcess, startServer } from '../lab/server.ts';
import { settle } from '../lab/settle.ts';
import { createWaiter, type Order, truths } from '../lab/waiter.ts';

/**
 * Kills the server in the middle of service, again and again, and looks whether everything that it had acknowledged is
 * there, once, and whether paper and screens go on as if nothing had happened.
 *
 *   node test/proof/kill/run.ts [kills] [seed]
 */
const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const KILLS_PER_EVENING = 25;
const WAITERS = 6;

const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-kill-'));
const random = createRandom(seed);
const tally = { killed: 0, whileStarting: 0, acked: 0, inFlight: 0, came: 0, slips: 0, marked: 0, kicks: 0, heard: 0 };
const findings: string[] = [];

async function evening(entry: string, template: string, plan: Evening, room: PrinterRoom, n: number, count: number) {
  const dataDir = path.join(folder, `evening-${n}`);
  cpSync(template, dataDir, { recursive: true });
  const acks = openAckLog(path.join(folder, `acks-${n}.jsonl`));
  const own = createRandom(random.between(0, 2 ** 31));
  room.clear();

  let server = startServer(entry, dataDir);
  let port = await server.ready();
  const screen = createScreen(plan.restaurantId);
  await screen.connect(port);
  let apis = await Promise.all(plan.devices.map((device, at) => signIn(port, device, at)));
  const waiters = plan.devices.map(({ name }, at) =>
    createWaiter({
      name,
      api: () => apis[at] as ApiClient,
      dishes: plan.dishes,
      acks,
      random: createRandom(own.between(0, 2 ** 31)),
      pauseMs: 25,
    }),
  );

  for (let kill = 1; kill <= count && findings.length === 0; kill += 1) {
    const seen = acks.count;
    const stop = new AbortController();
    const working = waiters.map((waiter) => waiter.work(stop.signal));
    await pause(own.between(20, 800));
    server.signal('SIGKILL');
    stop.abort();
    await Promise.all([server.ended, ...working]);
    tally.killed += 1;
    tally.acked += acks.count - seen;

    server = await startedAgain(entry, dataDir, own);
    port = await server.ready();
    await screen.connect(port);
    apis = apis.map((api, at) => reconnected(api, port, at));
    const mark = acks.count;
    for (const [at, waiter] of waiters.entries()) {
      tally.inFlight += waiter.pending === null ? 0 : 1;
      const settled = await settle(waiter, apis[at] as ApiClient, mark, seen);
      tally.came += settled.came;
      findings.push(...settled.findings, ...waiter.surprises.splice(0));
    }
    const acked = waiters.flatMap((waiter) => waiter.acked);
    findings.push(...inside(dataDir, (connection) => [...soundness(connection), ...exactlyOnce(connection, acked)]));
  }

  const printed = await allPrinted(dataDir, 60_000);
  const fired = waiters.flatMap(({ acked }) =>
    [...truths(acked).values()].flatMap(({ lines }) =>
      lines.filter(({ status }: Order) => status !== 'held').map(({ note }: Order) => note as string),
    ),
  );
  findings.push(
    ...(printed ? [] : ['after a minute there were still slips that had not come out']),
    ...inside(dataDir, (connection) => [...money(connection), ...room.findings(connection, fired)]),
    ...(await screen.findings(dataDir)),
  );
  const { slips, marked, kicks } = room.counts();
  tally.slips += slips;
  tally.marked += marked;
  tally.kicks += kicks;
  tally.heard += screen.heard();
  server.signal('SIGTERM');
  const { code } = await server.ended;
  if (code !== 0) findings.push(`the server ended with ${code} at SIGTERM: ${server.state()}`);
  for (const api of apis) api.close();
  acks.close();
  if (findings.length === 0) rmSync(dataDir, { recursive: true, force: true });
}

/** Every tenth time it is killed once more while it starts. */
async function startedAgain(entry: string, dataDir: string, own: Random): Promise<ServerProcess> {
  const server = startServer(entry, dataDir);
  if (!own.chance(0.1)) return server;
  await pause(own.between(50, 600));
  server.signal('SIGKILL');
  await server.ended;
  tally.whileStarting += 1;
  return startServer(entry, dataDir);
}

async function allPrinted(dataDir: string, ms: number): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await pause(50)) {
    if (inside(dataDir, unfinishedJobs) === 0) return true;
  }
  return false;
}

const from = performance.now();
const entry = buildServer(folder);
const room = await openPrinterRoom(5);
try {
  const template = path.join(folder, 'template');
  mkdirSync(template);
  const plan = await prepareEvening(entry, template, { devices: WAITERS, printers: room.addresses });
  for (let n = 0; tally.killed < kills && findings.length === 0; n += 1) {
    await evening(entry, template, plan, room, n, Math.min(KILLS_PER_EVENING, kills - tally.killed));
  }
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  findings.push(`${text}; ${latestServer()}`);
}
await room.close();
const seconds = (performance.now() - from) / 1000;
console.log(
  `${tally.killed} kills in service and ${tally.whileStarting} while starting, ${tally.acked} requests acknowledged, ` +
    `${findings.length === 0 ? 'none' : 'SOME'} lost or half done; ${tally.inFlight} were in flight, of which ${tally.came} had happened`,
);
console.log(
  `${tally.slips} slips came out, ${tally.marked} of them marked as a possible repeat; the drawer opened ${tally.kicks} times; ` +
    `a screen heard ${tally.heard} events across the restarts`,
);
console.log(`${(seconds / Math.max(1, tally.killed)).toFixed(2)} s a kill, seed ${seed}`);
if (findings.length > 0) {
  for (const finding of findings.slice(0, 20)) console.log(`FOUND ${finding.slice(0, 1_500)}`);
  console.log(`kept for looking at: ${folder}`);
  process.exitCode = 1;
} else {
  rmSync(folder, { recursive: true, force: true });
}
