import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../../harness/api-client.ts';
import { inside, soundness } from '../lab/look-inside.ts';
import type { Random } from '../lab/random.ts';
import { type ServerProcess, startServer } from '../lab/server.ts';
import type { Bench, Restaurant } from './restaurant.ts';

/** When the power goes. */
export const moments = ['service', 'checkpoint', 'closing', 'starting', 'first start'] as const;
export type Moment = (typeof moments)[number];

export const momentOf = (random: Random): Moment => {
  const drawn = random.next();
  if (drawn < 0.5) return 'service';
  if (drawn < 0.65) return 'checkpoint';
  if (drawn < 0.8) return 'closing';
  return drawn < 0.9 ? 'starting' : 'first start';
};

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
export async function openedAtLast({ entry }: Bench, mountPoint: string): Promise<string[]> {
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
export async function cutOnceMore(place: Restaurant, { entry, random }: Bench, image: string): Promise<void> {
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
