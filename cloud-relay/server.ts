import { join } from 'node:path';
import { lockFolder } from '../store-server/db/folder-lock.ts';
import { createServers } from '../store-server/http/servers.ts';
import type { Clock } from '../store-server/kernel/clock.ts';
import type { Ids } from '../store-server/kernel/ids.ts';
import type { Log } from '../store-server/log.ts';
import { createAttempts } from './auth/attempts.ts';
import { hasPeople } from './auth/owners.ts';
import { createPasswords, type HashCost } from './auth/passwords.ts';
import { peopleRoutes } from './auth/people.routes.ts';
import { authRoutes } from './auth/routes.ts';
import { createSessions } from './auth/sessions.ts';
import { createTokens } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { startEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { openDemo } from './demo.ts';
import { consolePages } from './http/console.ts';
import { createEdge } from './http/edge.ts';
import { healthRoutes } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { createReceipts } from './http/receipts.ts';
import type { Route } from './http/route.ts';
import { relayIdentity } from './identity.ts';
import { createCommands } from './inbox/commands.ts';
import { createClaimCodes } from './ingest/claim-codes.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { createStores } from './ingest/stores.ts';
import { loadRelayKeys, type RelayKeys } from './keys.ts';
import { commissionRoutes } from './platform/commission.routes.ts';
import { platformRoutes } from './platform/routes.ts';

export interface RelayDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  readonly pid: number;
  /** Cheaper hashing for tests. */
  readonly hashCost?: HashCost;
}

export interface Relay {
  readonly url: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly database: Database;
  /** What the person at the console has to know, a line each. */
  readonly said: readonly string[];
  /** Stops taking requests, finishes what runs and stops the embedded database. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;
/** For a relay that is just letting its folder go. */
const LOCK_WAIT_MS = 3_000;

export interface OpenHouse {
  readonly keys: RelayKeys;
  readonly database: Database;
  readonly said: readonly string[];
  close(): Promise<void>;
}

/**
 * The keys and the database with its schema up to date: what the relay and the rebuild both begin with.
 * @throws StartRefused
 */
export async function openHouse({ config, ids, log }: Pick<RelayDeps, 'config' | 'ids' | 'log'>): Promise<OpenHouse> {
  const undo: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const said: string[] = [];
    const keys = loadRelayKeys(config.dataDir, ids);
    let url = config.databaseUrl;
    if (url === null) {
      const lock = await lockFolder(config.dataDir, LOCK_WAIT_MS);
      undo.push(() => lock.release());
      const password = keys.derived('embedded database owner');
      const embedded = await startEmbedded({ folder: join(config.dataDir, 'postgres'), password });
      undo.push(() => embedded.stop());
      ({ url } = embedded);
      said.push(`embedded database, not for production (its files are in ${embedded.folder})`);
    }
    const role = await migrate(url, keys.derived('application role'));
    const database = openDatabase(url, role, (error) =>
      log('warn', 'a database connection was lost', { reason: error.message }),
    );
    undo.push(() => database.close());
    return { keys, database, said, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The whole relay, put together; reading it is the tour.
 * @throws StartRefused, or the error of a port that is taken
 */
export async function createRelay(deps: RelayDeps): Promise<Relay> {
  const { config, clock, ids, log } = deps;
  const house = await openHouse(deps);
  try {
    // 1. Who we are and who may speak to us.
    const { keys, database } = house;
    const relayId = await relayIdentity(database, keys, ids, clock.now());
    const tokens = createTokens(keys, relayId);
    const attempts = createAttempts(database);
    const passwords = createPasswords(ids, deps.hashCost);
    const sessions = createSessions({ database, ids, tokens, passwords, attempts });

    // 2. Stores: joining, history, commands.
    const claimCodes = createClaimCodes(keys, ids);
    const stores = createStores(database, tokens, ids);
    const commands = createCommands(database, keys, ids);
    const metrics = createMetrics();
    const started = clock.monotonic();
    const uptime = () => clock.monotonic() - started;
    const routes = [
      ...healthRoutes({ database, version: deps.version, pid: deps.pid, uptime }),
      ...authRoutes(database, sessions),
      ...ingestRoutes({
        database,
        attempts,
        claimCodes,
        stores,
        relayId,
        relayPublicKey: keys.publicKey,
        onTaken: metrics.taken,
      }),
      ...platformRoutes({ database, claimCodes, commands }),
      ...commissionRoutes(database),
      ...peopleRoutes(database, passwords, ids),
    ];

    // 3. The network.
    let accepting = true;
    const showConsole = consolePages();
    const edge = createEdge({
      routes,
      authenticate: sessions.authenticate,
      receipts: createReceipts(database, keys.derived('receipts'), ids),
      clock,
      ids,
      log,
      accepting: () => accepting,
      onAnswer: metrics.answered,
      async pages(request, response, path) {
        if (request.method !== 'GET') return false;
        if (path !== '/metrics') return showConsole(request, response, path);
        await metrics.send(response);
        return true;
      },
    });
    const servers = createServers(edge, (_request, socket) => socket.destroy());
    const { port } = await servers.listen(config.host, config.port);
    const said = [
      ...house.said,
      ...(config.demo ? await openDemo({ database, passwords, claimCodes, ids }, clock.now()) : []),
      ...((await hasPeople(database)) ? [] : ['nobody can sign in yet: `npm run relay:owner` makes the first owner']),
    ];
    const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/`,
      port,
      routes,
      database,
      said,
      async stop() {
        accepting = false;
        await servers.close(GRACE_MS);
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
