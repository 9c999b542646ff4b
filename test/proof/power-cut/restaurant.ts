import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ApiClient } from '../../harness/api-client.ts';
import { type AckLog, openAckLog } from '../lab/ack-log.ts';
import { type Evening, signIn } from '../lab/evening.ts';
import { createRandom, type Random } from '../lab/random.ts';
import { type ServerProcess, startServer } from '../lab/server.ts';
import { createWaiter, type Waiter } from '../lab/waiter.ts';
import { createVolume, type Volume } from './volume.ts';

/** What every cut is made with. */
export interface Bench {
  readonly folder: string;
  readonly cutter: string;
  readonly entry: string;
  readonly template: string;
  readonly evening: Evening;
  readonly random: Random;
}

/** A restaurant on a disk of its own, at work. */
export interface Restaurant {
  readonly volume: Volume;
  readonly dataDir: string;
  readonly acks: AckLog;
  readonly ackFile: string;
  readonly waiters: Waiter[];
  apis: ApiClient[];
  server: ServerProcess;
}

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
