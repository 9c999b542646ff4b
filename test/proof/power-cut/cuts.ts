import { cpSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../../harness/api-client.ts';
import { type AckLog, openAckLog } from '../lab/ack-log.ts';
import { type Evening, signIn } from '../lab/evening.ts';
import { exactlyOnce, inside, money, soundness } from '../lab/look-inside.ts';
import { createRandom, type Random } from '../lab/random.ts';
import { type ServerProcess, startServer } from '../lab/server.ts';
import { settle } from '../lab/settle.ts';
import { createWaiter, type Waiter } from '../lab/waiter.ts';
import { BenchFault, createVolume, type Volume } from './volume.ts';

export interface Bench {
  readonly folder: string;
  readonly cutter: string;
  readonly entry: string;
  readonly template: string;
  readonly evening: Evening;
  readonly random: Random;
}

export interface Verdict {
  readonly holds: boolean;
  readonly report: string;
}

/** When the power goes. */
const moments = ['service', 'checkpoint', 'closing', 'starting', 'first start'] as const;
type Moment = (typeof moments)[number];

/** Cuts before a disk is thrown away and a new one bought. */
const CUTS_PER_DISK = 10;
/** Faults of the bench itself that are put down to a busy machine; each is shown. */
const BENCH_FAULTS_BORNE = 2;

interface Restaurant {
  readonly volume: Volume;
  readonly dataDir: string;
  readonly acks: AckLog;
  readonly ackFile: string;
  readonly waiters: Waiter[];
  apis: ApiClient[];
  server: ServerProcess;
}

export async function realCuts(bench: Bench, cuts: number): Promise<Verdict> {
  const made = new Map<Moment, number>(moments.map((moment) => [moment, 0]));
  const tally = { acked: 0, inFlight: 0, came: 0, lateAndGone: 0, benchFaults: 0, cuts: 0 };
  const findings: string[] = [];

  for (let disk = 0; tally.cuts < cuts && findings.length === 0; disk += 1) {
    const place = await moveIn(bench, disk);
    try {
      for (let n = 0; n < CUTS_PER_DISK && tally.cuts < cuts && findings.length === 0; n += 1) {
        await oneCut(place);
      }
      findings.push(...inside(place.dataDir, money));
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!(error instanceof BenchFault)) findings.push(`cut ${tally.cuts}: ${text}`);
      else if (++tally.benchFaults > BENCH_FAULTS_BORNE) findings.push(`the bench does not work: ${text}`);
      console.log(`${error instanceof BenchFault ? 'bench fault' : 'failure'} after cut ${tally.cuts}: ${text}`);
    } finally {
      await moveOut(place, findings.length > 0);
    }
  }

  async function oneCut(place: Restaurant): Promise<void> {
    const moment = momentOf(bench.random);
    const seen = place.acks.count;
    const mark = await cutAt(moment, place, bench);
    tally.cuts += 1;
    tally.acked += mark - seen;
    made.set(moment, (made.get(moment) ?? 0) + 1);
    const image = path.join(bench.folder, 'last-cut.img');
    place.volume.copyTo(image);
    place.volume.mount();

    const wrong: string[] = [];
    if (moment === 'first start') wrong.push(...(await openedAtLast(bench, place.volume.mountPoint)));
    place.server = startServer(bench.entry, place.dataDir);
    if (moment === 'starting') await cutOnceMore(place, bench, image);
    const port = await place.server.ready();
    place.apis = place.apis.map((api, at) => sameClient(api, port, at));
    for (const [at, waiter] of place.waiters.entries()) {
      tally.inFlight += waiter.pending === null ? 0 : 1;
      const settled = await settle(waiter, place.apis[at] as ApiClient, mark, seen);
      tally.came += settled.came;
      tally.lateAndGone += settled.unackedByCut;
      wrong.push(...settled.findings, ...waiter.surprises.splice(0));
    }
    const acked = place.waiters.flatMap((waiter) => waiter.acked);
    wrong.push(...inside(place.dataDir, (connection) => [...soundness(connection), ...exactlyOnce(connection, acked)]));
    if (wrong.length === 0) return;
    const kept = path.join(bench.folder, `cut-${tally.cuts}.img`);
    renameSync(image, kept);
    const about = `cut ${tally.cuts} (${moment}), acknowledgements up to ${mark} were heard before it, image ${kept}, log ${place.ackFile}`;
    findings.push(...wrong.map((one) => `${about}: ${one}`));
  }

  const report = [
    `${tally.cuts} power cuts (${[...made].map(([moment, n]) => `${n} ${moment}`).join(', ')}), ` +
      `${tally.acked} requests acknowledged before them, ${findings.length === 0 ? 'none lost, every database sound' : 'SOMETHING IS WRONG'}`,
    `${tally.inFlight} were in flight, of which ${tally.came} had happened; ${tally.lateAndGone} were acknowledged while the ` +
      `power was already going and had not (the kernel says yes to a flush that it then forgets); ${tally.benchFaults} faults of the bench`,
    ...findings.slice(0, 20).map((finding) => `FOUND ${finding.slice(0, 2_000)}`),
    ...(findings.length > 0 ? [`kept for looking at: ${bench.folder}`] : []),
  ].join('\n');
  return { holds: findings.length === 0, report };
}

const momentOf = (random: Random): Moment => {
  const drawn = random.next();
  if (drawn < 0.5) return 'service';
  if (drawn < 0.65) return 'checkpoint';
  if (drawn < 0.8) return 'closing';
  return drawn < 0.9 ? 'starting' : 'first start';
};

/** A new disk with the restaurant as it stands before the doors open, and people at work in it. */
export async function moveIn(bench: Bench, disk: number | string): Promise<Restaurant> {
  const volume = createVolume(path.join(bench.folder, `disk-${disk}`), bench.cutter);
  const dataDir = path.join(volume.mountPoint, 'store');
  cpSync(bench.template, dataDir, { recursive: true });
  volume.sync();
  const ackFile = path.join(bench.folder, `acks-${disk}.jsonl`);
  const acks = openAckLog(ackFile);
  const server = startServer(bench.entry, dataDir);
  const port = await server.ready();
  const place: Restaurant = { volume, dataDir, acks, ackFile, server, waiters: [], apis: [] };
  place.apis = await Promise.all(bench.evening.devices.map((device, at) => signIn(port, device, at)));
  for (const [at, { name }] of bench.evening.devices.entries()) {
    const random = createRandom(bench.random.between(0, 2 ** 31));
    const api = (): ApiClient => place.apis[at] as ApiClient;
    place.waiters.push(createWaiter({ name, api, dishes: bench.evening.dishes, acks, random, pauseMs: 10 }));
  }
  return place;
}

export async function moveOut({ server, apis, acks, volume }: Restaurant, keep: boolean): Promise<void> {
  server.signal('SIGKILL');
  await server.ended;
  for (const api of apis) api.close();
  acks.close();
  await volume.remove();
  if (!keep) rmSync(`${volume.mountPoint}.img`, { force: true });
}

/**
 * Lets the restaurant work and cuts its power at the given moment. Afterwards the disk is unmounted.
 * @returns how many acknowledgements had been heard before the word was given to cut
 */
export async function cutAt(moment: Moment, place: Restaurant, bench: Bench): Promise<number> {
  const { random } = bench;
  const cutter = place.volume.armed();
  const stop = new AbortController();
  const working = place.waiters.map((waiter) => waiter.work(stop.signal));
  let beside: ServerProcess | null = null;
  await pause(random.between(50, 800));
  if (moment === 'checkpoint') await checkpointBegins(place.dataDir, 3_000);
  if (moment === 'closing') {
    place.server.signal('SIGTERM');
    await pause(random.between(0, 150));
  }
  if (moment === 'first start') {
    const fresh = freshFolder(place.volume.mountPoint);
    beside = startServer(bench.entry, fresh);
    await pause(random.between(50, 1_200));
  }
  const mark = place.acks.count;
  cutter.cut();
  await cutter.done;
  place.server.signal('SIGKILL');
  beside?.signal('SIGKILL');
  stop.abort();
  await Promise.all([place.server.ended, beside?.ended, ...working]);
  await place.volume.unmount();
  return mark;
}

/** Waits for the database file itself to be written to, which only a checkpoint does. */
async function checkpointBegins(dataDir: string, ms: number): Promise<void> {
  const file = path.join(dataDir, 'store.db');
  const before = statSync(file).mtimeMs;
  for (const until = performance.now() + ms; performance.now() < until; await new Promise(setImmediate)) {
    if (statSync(file).mtimeMs !== before) return;
  }
}

const freshFolder = (mountPoint: string): string => path.join(mountPoint, 'fresh');

/** A first start that was cut off, in the migration or in the middle of filling the demo in, is simply started again. */
async function openedAtLast({ entry }: Bench, mountPoint: string): Promise<string[]> {
  const folder = freshFolder(mountPoint);
  mkdirSync(folder, { recursive: true });
  const server = startServer(entry, folder);
  const api = new ApiClient(await server.ready());
  const wrong: string[] = [];
  for (const [who, path_, body] of [
    ['the owner', 'auth/login', { email: 'owner@demo.test', password: 'demo-owner-1' }],
    ['the server', 'auth/login', { email: 'server@demo.test', password: 'demo-server-1' }],
  ] as const) {
    const { status, text } = await api.post(path_, body);
    if (status !== 200) wrong.push(`after a cut first start ${who} could not sign in: ${status} ${text}`);
  }
  api.close();
  wrong.push(...inside(folder, soundness));
  server.signal('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
  return wrong;
}

/** The power goes again while the server starts after the last time. Nothing new was acknowledged. */
async function cutOnceMore(place: Restaurant, { entry, random }: Bench, image: string): Promise<void> {
  const cutter = place.volume.armed();
  await pause(random.between(30, 800));
  cutter.cut();
  await cutter.done;
  place.server.signal('SIGKILL');
  await place.server.ended;
  await place.volume.unmount();
  place.volume.copyTo(image);
  place.volume.mount();
  place.server = startServer(entry, place.dataDir);
}

function sameClient(old: ApiClient, port: number, at: number): ApiClient {
  old.close();
  const api = new ApiClient(port, '127.0.0.1', `127.0.0.${at + 2}`);
  api.device = old.device;
  api.token = old.token;
  return api;
}
