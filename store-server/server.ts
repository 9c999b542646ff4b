import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BackupDeps, openBackups } from './backups/open-backups.ts';
import { insistSound } from './backups/open-sound.ts';
import { createBusinessClock } from './business-clock.ts';
import { systemCaller } from './commands/caller.ts';
import { type Core, openCore } from './commands/core.ts';
import { RECEIPT_KEPT_MS } from './commands/receipts.ts';
import type { Config } from './config.ts';
import { openConnection } from './db/connection.ts';
import { sealFile } from './db/file-seal.ts';
import { lockFolder } from './db/folder-lock.ts';
import { migrateSchema } from './db/migrate.ts';
import type { BeforeWrite } from './db/row-writer.ts';
import { putBackDue } from './features/menu/index.ts';
import type { FindPrinters } from './features/printers/index.ts';
import { firstOpenDay, sealDueDays } from './features/reports/index.ts';
import { branchOff, foundStore, settingsOf, storeIdentity } from './features/settings/index.ts';
import {
  type Auth,
  createAuth,
  createHashing,
  type HashCost,
  loadKeys,
  type PracticeDesk,
} from './features/staff/index.ts';
import { createFeatures } from './features.ts';
import { type Announcer, announce } from './hardware/discovery/announce.ts';
import { findPrinters } from './hardware/discovery/find-printers.ts';
import { type NetworkCard, networkCards } from './hardware/discovery/network-cards.ts';
import { whereReached } from './hardware/discovery/where-reached.ts';
import type { WireTimeouts } from './hardware/printing/wires/tcp.ts';
import { createRouteTable } from './http/api.ts';
import { createHttp, type HttpLimits } from './http/app.ts';
import type { Page } from './http/pages.ts';
import type { Route } from './http/route.ts';
import { lastBusinessDay } from './journal/tail.ts';
import type { Clock } from './kernel/clock.ts';
import { sha256 } from './kernel/hashing.ts';
import type { Ids } from './kernel/ids.ts';
import { createLiveSummary } from './live-summary.ts';
import type { Log } from './log.ts';
import { createLongReads } from './long-reads.ts';
import { platformMay } from './platform-may.ts';
import { openPrintDesk, type PrintDesk } from './print-desk.ts';
import { reactions } from './reactions.ts';
import { createRealtime } from './realtime/sockets.ts';
import { createBelonging } from './relay-link/belong.ts';
import { loadStoreKey } from './relay-link/key.ts';
import { createRelayLink, type LinkPace } from './relay-link/link.ts';
import { membership } from './relay-link/relay.reads.ts';
import { socketIdentity } from './socket-identity.ts';

export interface StoreServerDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly pid: number;
  /** Pages beside the API, made once the store is open. */
  readonly pages?: (store: { core: Core; auth: Auth }) => readonly Page[];
  /** Ms to wait for a data folder that another server is just letting go. */
  readonly folderWaitMs?: number;
  readonly printerTimeouts?: WireTimeouts;
  /** Where to look for printers, for tests; the store's own network otherwise. */
  readonly findPrinters?: FindPrinters;
  /** The network cards of this computer, for tests; as the system has them otherwise. */
  readonly networkCards?: () => readonly NetworkCard[];
  /** Other limits for tests, in which one address sends what a whole restaurant would. */
  readonly httpLimits?: Partial<HttpLimits>;
  /** Cheaper hashing for tests. */
  readonly hashCost?: HashCost;
  /** Shorter waits on the way to the relay, for tests. */
  readonly relayPace?: Partial<LinkPace>;
  /** For the person at the console; a log line where there is none. */
  readonly say?: (sentence: string) => void;
  /** Other times, another disk and another pair of hands for snapshots, for tests. */
  readonly backups?: Pick<BackupDeps, 'times' | 'disk' | 'doTask' | 'drives'>;
  /** Who can open practice data in this store's place, or end them; nobody if left out. */
  readonly practice?: PracticeDesk;
  /** Test hook: called before every statement of a command. */
  readonly beforeWrite?: BeforeWrite;
}

export interface StoreServer {
  readonly core: Core;
  readonly auth: Auth;
  readonly features: ReturnType<typeof createFeatures>;
  readonly routes: readonly Route[];
  readonly restaurantId: string;
  readonly port: number;
  readonly compatPort: number;
  /** `http://127.0.0.1:<port>/` for a wildcard host. */
  readonly url: string;
  /** After the computer slept: announces the store and opens the lines to its devices anew. */
  resumed(): Promise<void>;
  /** Takes and verifies a snapshot; its name. @throws Problem BACKUP_FAILED */
  snapshot(): Promise<string>;
  /** Stops taking requests, finishes what runs, checkpoints and lets the folder go. */
  stop(): Promise<void>;
}

const MAINTENANCE_MS = 60_000;
const GRACE_MS = 3_000;
const JOIN_MS = 10_000;

/**
 * The whole store, put together; reading it is the tour.
 * @throws FolderInUse, DatabaseRefused, or the error of a port that is taken
 */
export async function createStoreServer(deps: StoreServerDeps): Promise<StoreServer> {
  const { config, clock, ids, log } = deps;
  const undo: (() => void | Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    // 1. The folder, its database, its keys.
    const lock = await lockFolder(config.dataDir, deps.folderWaitMs);
    undo.push(() => lock.release());
    const file = join(config.dataDir, 'store.db');
    const { isWholeChecked } = await insistSound(config.dataDir, file, { clock, ids, log });
    const fresh = openConnection(file);
    migrateSchema(fresh);
    const lastDay = lastBusinessDay(fresh);
    fresh.sqlite.close();
    const keys = loadKeys(config.dataDir, ids);

    // 2. The one door to change.
    const business = createBusinessClock(lastDay, () => settingsOf(core.connection()), log);
    // What is recorded after a manager has closed the day belongs to the next one.
    const businessDay = (now: number): string => firstOpenDay(core.connection(), business.day(now));
    const core: Core = openCore({
      file,
      clock,
      ids,
      log,
      reactions,
      businessDay,
      ...(deps.beforeWrite === undefined ? {} : { beforeWrite: deps.beforeWrite }),
    });
    undo.push(async () => {
      await core.close();
      // So that the next start sees what a bad disk does to it until then.
      sealFile(file);
    });
    let store = await foundStore(core, config.demo ? 'demo' : 'restaurant');
    // A restaurant that moves to this computer brings its identity along.
    core.onExchange(() => {
      store = storeIdentity(core.connection());
    });

    // 3. What the restaurant can do.
    const { hashCost } = deps;
    const hashing = hashCost === undefined ? {} : { hashing: createHashing(ids, keys.pinPepper, hashCost) };
    const auth = createAuth({ keys, clock, ids, ...hashing });
    auth.watch(core);
    const relayKey = () => loadStoreKey(config.dataDir, ids);
    const relay = createBelonging({
      core,
      clock,
      ids,
      log,
      key: relayKey,
      storeId: () => store.id,
      restaurantId: () => store.restaurantId,
      name: () => settingsOf(core.connection()).restaurant.name,
      version: deps.version,
      say: deps.say ?? ((sentence) => log('warn', sentence)),
      requestMs: deps.relayPace?.requestMs ?? JOIN_MS,
      address: (member) => link.address(member),
      callNow: () => link.sendNow(),
      branchOff,
    });
    const longReads = createLongReads({ file, log });
    const backups = openBackups({
      core,
      file,
      dataDir: config.dataDir,
      clock,
      ids,
      log,
      isWholeChecked,
      pause: async () => {
        await Promise.all([desk.close(), longReads.rest()]);
        return async () => {
          desk = await openDesk();
        };
      },
      leaveRelay: async (brought) => {
        const url = membership(brought.connection())?.url ?? null;
        if (url !== null) await brought.execute(relay.leave, systemCaller(), {});
        return url;
      },
      ...deps.backups,
    });
    undo.push(() => backups.close());
    core.onExchange(() => void longReads.rest());
    let voice: { again(): Promise<void>; host(): string } | null = null;
    // What it really is on is known once it listens.
    let olderPort = config.compatPort;
    const features = createFeatures(
      auth,
      backups.desk,
      { ...relay, status: () => relay.status(link) },
      deps.findPrinters ?? ((tell) => findPrinters({ tell })),
      {
        connected: () => realtime.devices(),
        lastSeen: () => realtime.lastSeen(),
        reach: () =>
          whereReached({
            listensOn: main.address,
            port: main.port,
            olderPort,
            cards: (deps.networkCards ?? networkCards)(),
            announcedAs: voice?.host() ?? null,
          }),
      },
      deps.practice,
    );
    const table = createRouteTable();
    for (const feature of features.all) feature.routes(table);

    // 4. Paper.
    const { printerTimeouts } = deps;
    const openDesk = (): Promise<PrintDesk> =>
      openPrintDesk({
        core,
        clock,
        log,
        sleep: async (ms, signal) => void (await pause(ms, undefined, { signal })),
        ...(printerTimeouts === undefined ? {} : { timeouts: printerTimeouts }),
      });
    let desk = await openDesk();
    undo.push(() => desk.close());

    // 5. The cloud relay, if the restaurant belongs to one.
    let connectedDevices = (): ReadonlySet<string> => new Set();
    const link = createRelayLink({
      core,
      clock,
      ids,
      log,
      storeId: () => store.id,
      key: relayKey,
      allowed: platformMay,
      live: createLiveSummary({ core, clock, version: deps.version }, businessDay, {
        backups: backups.health,
        connectedDevices: () => connectedDevices(),
      }),
      url: config.claim === null ? config.relay : null,
      ...(deps.relayPace === undefined ? {} : { pace: deps.relayPace }),
    });
    undo.push(() => {
      relay.close();
      return link.close();
    });
    relay.begin(config.relay, config.claim);

    // 6. The network: requests and sockets. What takes long to read is read in a thread of its own.
    let accepting = true;
    const http = createHttp({
      core,
      routes: table.routes,
      authenticate: auth.authenticate as never,
      restaurantId: () => store.restaurantId,
      businessDay,
      clock,
      ids,
      log,
      version: deps.version,
      pid: deps.pid,
      hosts: [config.host],
      accepting: () => accepting,
      notice: backups.notice,
      readAside: longReads.readAside,
      pages: deps.pages?.({ core, auth }) ?? [],
      ...(deps.httpLimits === undefined ? {} : { limits: deps.httpLimits }),
    });
    const realtime = createRealtime({
      core,
      clock,
      restaurantId: () => store.restaurantId,
      cursorKey: sha256('cursor', keys.pinPepper),
      authenticate: socketIdentity(core, auth, clock),
      allowed: () => true,
      log,
    });
    connectedDevices = realtime.devices;
    realtime.attach({ on: (_upgrade, listener) => http.onUpgrade(listener) });
    const main = await http.listen(config.host, config.port);
    undo.push(async () => {
      accepting = false;
      // Somebody who waits for a report can ask again; orders are finished.
      await Promise.all([longReads.close(), realtime.close(), http.close(GRACE_MS)]);
    });
    const compat = await http.listen(config.host, config.compatPort);
    olderPort = compat.port;

    // 7. Telling the network where we are, and the daily chores.
    if (config.mdns) {
      const speak = (): Announcer =>
        announce({
          port: main.port,
          name: settingsOf(core.connection()).restaurant.name,
          storeId: store.id,
          version: '1',
          onTrouble: (error) => log('warn', 'the store could not be announced', { reason: error.message }),
        });
      let speaking = speak();
      let spoken = store.id;
      voice = { again: () => speaking.again(), host: () => speaking.host };
      core.onExchange(() => {
        if (spoken === store.id) return;
        spoken = store.id;
        void speaking.stop();
        speaking = speak();
      });
      undo.push(() => speaking.stop());
    }
    const chores = setInterval(() => {
      core.pruneReceipts(clock.now() - RECEIPT_KEPT_MS);
      void sealDueDays(core, clock.now()).catch((error: unknown) =>
        log('error', 'a day could not be sealed', { reason: String(error) }),
      );
      void putBackDue(core, clock.now()).catch((error: unknown) =>
        log('error', 'what was off for a day could not be put back', { reason: String(error) }),
      );
    }, MAINTENANCE_MS);
    undo.push(() => clearInterval(chores));

    const host = ['0.0.0.0', '::', ''].includes(config.host) ? '127.0.0.1' : config.host;
    return {
      core,
      auth,
      features,
      routes: http.routes,
      get restaurantId() {
        return store.restaurantId;
      },
      port: main.port,
      compatPort: compat.port,
      url: `http://${host.includes(':') ? `[${host}]` : host}:${main.port}/`,
      resumed: async () => {
        desk.reconnect();
        await voice?.again();
      },
      snapshot: async () => (await backups.desk.make()).id,
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
