import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doTask } from '../../store-server/backups/tasks.ts';
import type { BeforeWrite } from '../../store-server/db/row-writer.ts';
import { createLab, type Lab } from '../../store-server/demo/lab.ts';
import { openDemo } from '../../store-server/demo/open-demo.ts';
import { printers } from '../../store-server/features/printers/index.ts';
import type { PracticeDesk } from '../../store-server/features/staff/index.ts';
import { findPrinters } from '../../store-server/hardware/discovery/find-printers.ts';
import type { VirtualPrinter } from '../../store-server/hardware/lab/virtual-printer.ts';
import type { Page } from '../../store-server/http/pages.ts';
import { systemRandom } from '../../store-server/kernel/clock.ts';
import { createIds } from '../../store-server/kernel/ids.ts';
import type { Log } from '../../store-server/log.ts';
import type { LinkPace } from '../../store-server/relay-link/link.ts';
import { createStoreServer, type StoreServer, type StoreServerDeps } from '../../store-server/server.ts';
import { ApiClient } from './api-client.ts';
import { type HeldClock, heldClock } from './held-clock.ts';

/** Short time-outs for virtual printers that stall on cue. */
const printerTimeouts = { connectMs: 500, statusMs: 200, stallMs: 500, settleMs: 20, goodbyeMs: 200 };
const relayPace: Partial<LinkPace> = {
  requestMs: 2_000,
  gatherMs: 5,
  firstRetryMs: 10,
  longestRetryMs: 100,
  noteMs: 50,
};
const DAY_MS = 86_400_000;
const noSnapshots = { firstMs: DAY_MS, everyMs: DAY_MS, afterCloseMs: DAY_MS };
/** The least argon2 takes; its strength is tested on its own. */
const hashCost = { memoryCost: 8, timeCost: 1, parallelism: 1 };

export interface TestStore {
  readonly server: StoreServer;
  readonly clock: HeldClock;
  readonly lab: Lab;
  readonly dataDir: string;
  readonly restaurantId: string;
  /** Lines the server logged at warn or error, for looking at when a test fails. */
  readonly complaints: readonly string[];
  /** What the person at the console read. */
  readonly said: readonly string[];
  /** A client of its own, signed in as nobody. */
  client(): ApiClient;
  /** A client signed in by e-mail and password. */
  signedIn(email: string, password: string): Promise<ApiClient>;
  /** The virtual printer of this name, such as `Grill printer`. */
  printer(name: string): VirtualPrinter;
  /** Stops this server and opens the same folder again, with other options if any. The old handle is of no use afterwards. */
  restart(changed?: OpenStoreOptions): Promise<TestStore>;
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** What the wall clock shows; a Wednesday evening by default. */
  readonly at?: string;
  /** Without it: the demo restaurant in a fresh folder. */
  readonly dataDir?: string;
  /** A restaurant with nobody and nothing in it yet. */
  readonly empty?: boolean;
  readonly beforeWrite?: BeforeWrite;
  /** The port to listen on; a free one by default. */
  readonly port?: number;
  /** Pages beside the API, such as the manager's window. */
  readonly pages?: () => readonly Page[];
  /** The relay to belong to, as on the command line. */
  readonly relay?: string;
  readonly claim?: string;
  readonly relayPace?: Partial<LinkPace>;
  /** Requests a second from one address, for tests in which that address is a whole restaurant. */
  readonly perSecond?: number;
  readonly backups?: NonNullable<StoreServerDeps['backups']>;
  /** Where to listen; the loopback only by default. */
  readonly host?: string;
  readonly networkCards?: NonNullable<StoreServerDeps['networkCards']>;
  /** Who can open practice data in this store's place; nobody by default. */
  readonly practice?: PracticeDesk;
}

/** A folder with the demo restaurant already filled in, made once per test process and copied for each store. */
let template: Promise<string> | null = null;

async function demoFolder(): Promise<string> {
  template ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fynlo-template-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const store = await run(folder, heldClock('2025-06-18T08:00:00Z'), {});
    await store.close();
    return folder;
  })();
  const from = await template;
  const to = mkdtempSync(join(tmpdir(), 'fynlo-store-'));
  cpSync(from, to, { recursive: true });
  return to;
}

/** Opens a real store in this process: real database file, real ports, real bytes to virtual printers. */
export async function openStore(options: OpenStoreOptions = {}): Promise<TestStore> {
  const fresh = options.dataDir === undefined;
  const folder = options.dataDir ?? (options.empty ? mkdtempSync(join(tmpdir(), 'fynlo-empty-')) : await demoFolder());
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  return run(folder, heldClock(options.at ?? '2025-06-18T18:00:00Z'), options, fresh);
}

async function run(dataDir: string, clock: HeldClock, options: OpenStoreOptions, ours = false): Promise<TestStore> {
  const { empty = false, port = 0, pages, beforeWrite, perSecond, relay = null, claim = null } = options;
  const { host = '127.0.0.1', networkCards, practice } = options;
  const said: string[] = [];
  const complaints: string[] = [];
  const log: Log = (level, message, fields = {}) => {
    if (level === 'warn' || level === 'error') complaints.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  const lab = createLab(clock);
  const server = await createStoreServer({
    config: { demo: !empty, dataDir, host, port, compatPort: 0, mdns: false, relay, claim },
    clock,
    ids: createIds(clock.now, systemRandom),
    log,
    version: '0.0.0-test',
    pid: process.pid,
    say: (sentence) => void said.push(sentence),
    relayPace: { ...relayPace, ...options.relayPace },
    folderWaitMs: 2_000,
    printerTimeouts,
    findPrinters: (tell) => findPrinters({ places: lab.places(), listenMs: 0, tell }),
    hashCost,
    // Snapshots only where a test asks for them, and in this thread: a new one has to read all sources first.
    backups: { doTask, drives: () => [], ...options.backups, times: { ...noSnapshots, ...options.backups?.times } },
    ...(networkCards === undefined ? {} : { networkCards }),
    ...(practice === undefined ? {} : { practice }),
    ...(pages === undefined ? {} : { pages }),
    ...(beforeWrite === undefined ? {} : { beforeWrite }),
    ...(perSecond === undefined ? {} : { httpLimits: { perSecond } }),
  });
  if (!empty) await openDemo(server, lab);
  const clients: ApiClient[] = [];
  const stop = async () => {
    for (const client of clients) client.close();
    await server.stop();
    await lab.close();
  };
  const store: TestStore = {
    server,
    clock,
    lab,
    dataDir,
    restaurantId: server.restaurantId,
    complaints,
    said,
    client() {
      const client = new ApiClient(server.port);
      clients.push(client);
      return client;
    },
    async signedIn(email, password) {
      const client = store.client();
      const { access_token } = await client.must('POST', 'auth/login', { email, password });
      client.token = access_token;
      return client;
    },
    printer(name) {
      const row = printers(server.core.connection()).find((one) => one.name === name);
      const virtual = row === undefined ? undefined : lab.printers().get(row.id);
      if (virtual === undefined) throw new Error(`There is no virtual printer called ${name}`);
      return virtual;
    },
    async restart(changed = {}) {
      await stop();
      return run(dataDir, clock, { ...options, ...changed }, ours);
    },
    async close() {
      await stop();
      if (ours) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return store;
}
