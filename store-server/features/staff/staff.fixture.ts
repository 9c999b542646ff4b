import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCaller } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import { createRouteTable } from '../../http/api.ts';
import { createHttp, type Http } from '../../http/app.ts';
import { entriesAfter } from '../../journal/rows.ts';
import { systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { foundStore, settingsFeature, storeIdentity } from '../settings/index.ts';
import {
  createAuth,
  createDeviceCode,
  createHashing,
  createStaffFeature,
  type DeviceSurroundings,
  loadKeys,
} from './index.ts';

/** A restaurant with one person of each kind and a clock that the test holds, spoken to over real HTTP. */

/** As cheap as argon2 gets: these tests are about rules, not about hashing. */
const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const people = {
  owner: { first_name: 'Olga', last_name: 'Owner', role: 'restaurant_owner', preset: null, pin: '739164' },
  manager: { first_name: 'Mina', last_name: 'Manager', role: 'manager', preset: null, pin: '482913' },
  server: { first_name: 'Sam', last_name: 'Server', role: 'employee', preset: 'server', pin: '2468' },
  cook: { first_name: 'Carl', last_name: 'Cook', role: 'employee', preset: 'kitchen', pin: '8024' },
} as const;
export type Who = keyof typeof people;
export const passwordOf = (who: Who): string => `${who}-canary-password`;

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape, looked at by expectations only
  readonly body: any;
}

export interface Ask {
  readonly json?: unknown;
  readonly token?: string;
  readonly device?: string;
  readonly approval?: string;
  /** A loopback address to ask from. */
  readonly from?: string;
}

function send(port: number, method: string, path: string, ask: Ask): Promise<Answered> {
  const headers: Record<string, string> = { Host: `127.0.0.1:${port}` };
  const body = ask.json === undefined ? null : JSON.stringify(ask.json);
  if (body !== null) headers['Content-Type'] = 'application/json';
  if (ask.token !== undefined) headers['Authorization'] = `Bearer ${ask.token}`;
  if (ask.device !== undefined) headers['X-Device-Token'] = ask.device;
  if (ask.approval !== undefined) headers['X-Approval-Id'] = ask.approval;
  return new Promise((resolve, reject) => {
    const from = ask.from === undefined ? {} : { localAddress: ask.from };
    const out = request({ host: '127.0.0.1', port, method, path, headers, agent: false, ...from }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(Buffer.concat(chunks).toString()),
        }),
      );
    });
    out.on('error', reject);
    out.end(body ?? undefined);
  });
}

/** What is true around a store that nobody has a line to, and that listens to its own computer only. */
export const alone: DeviceSurroundings = {
  connected: () => new Set(),
  lastSeen: () => new Map(),
  reach: () => ({ reach: 'this_computer', addresses: [], name_url: null, port: 8000, older_port: 8069 }),
};

export async function openStaffedStore({ staffed = true, around = alone } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-staff-'));
  const file = join(folder, 'store.db');
  let wall = Date.UTC(2025, 5, 18, 19, 30);
  let steady = 1000;
  const clock = { now: () => wall, monotonic: () => steady };
  const ids = createIds(clock.now, systemRandom);
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  const logged: string[] = [];
  const log = (level: string, message: string, fields?: object) =>
    void logged.push(JSON.stringify({ level, message, ...fields }));

  async function start() {
    const core: Core = openCore({
      file,
      clock,
      ids,
      businessDay: () => '2025-06-18',
      reactions: new Map(),
      log,
      reopenMs: 0,
    });
    await foundStore(core, 'restaurant');
    const keys = loadKeys(folder, ids);
    const auth = createAuth({ keys, clock, ids, hashing: createHashing(ids, keys.pinPepper, cheap) });
    auth.watch(core);
    const feature = createStaffFeature(auth, around);
    const api = createRouteTable();
    settingsFeature.routes(api);
    feature.routes(api);
    const http: Http = createHttp({
      core,
      routes: api.routes,
      authenticate: auth.authenticate,
      restaurantId: () => storeIdentity(core.connection()).restaurantId,
      businessDay: () => '2025-06-18',
      clock,
      ids,
      log,
      version: '0',
      pid: process.pid,
      hosts: [],
      accepting: () => true,
      limits: { perSecond: 1_000_000 },
    });
    const { port } = await http.listen('127.0.0.1', 0);
    return { core, keys, auth, feature, http, port };
  }

  let run = await start();
  const staff = {} as Record<Who, string>;
  if (staffed) {
    for (const [who, person] of Object.entries(people) as [Who, (typeof people)[Who]][]) {
      const { data } = await run.core.execute(run.feature.by.addStaff, systemCaller(), {
        ...person,
        email: `${who}@demo.test`,
        password: passwordOf(who),
      });
      staff[who] = data.id;
    }
  }

  async function stop() {
    await run.http.close(200);
    await run.core.close();
  }
  const ask = (method: string, path: string, what: Ask = {}) => send(run.port, method, `/api/v1${path}`, what);

  return {
    folder,
    staff,
    clock: {
      ...clock,
      /** Time goes by. */
      pass(ms: number) {
        wall += ms;
        steady += ms;
      },
      /** Somebody sets the clock. */
      jump(ms: number) {
        wall += ms;
      },
    },
    run: () => run,
    core: () => run.core,
    ask,
    /** A newly registered device's token and id. */
    async device(name = 'iPad'): Promise<{ id: string; token: string }> {
      const { code } = await createDeviceCode(run.core, systemCaller());
      const { body } = await ask('POST', '/devices/register', { json: { code, name } });
      return { id: body.device_id, token: body.device_token };
    },
    pin: (who: Who, device: string, pin: string = people[who].pin) =>
      ask('POST', '/auth/pin', { json: { user_id: staff[who], pin }, device }),
    /** Signs in by password as the present clients do, and returns the access token. */
    async token(who: Who): Promise<string> {
      const json = { email: `${who}@demo.test`, password: passwordOf(who), refresh: true };
      return (await ask('POST', '/auth/login', { json })).body.access_token;
    },
    facts: () =>
      [...entriesAfter(run.core.connection(), 0)].flatMap(({ parts }) =>
        parts.filter(({ role }) => role === 'fact').map(({ kind, body }) => ({ kind, body: JSON.parse(body ?? '{}') })),
      ),
    /** Everything that the store wrote: its database files and its log. Its key file is meant to be secret. */
    written: () =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(folder, entry.name)).toString('latin1'))
        .concat(logged)
        .join('\n'),
    /** Stops the server and starts it again `offMs` later; its monotonic clock begins anew. */
    async restart(offMs = 0) {
      await stop();
      wall += offMs;
      steady = 5;
      run = await start();
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type StaffedStore = Awaited<ReturnType<typeof openStaffedStore>>;
