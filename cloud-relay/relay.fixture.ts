import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemRandom } from '../store-server/kernel/clock.ts';
import { createIds } from '../store-server/kernel/ids.ts';
import { freshDatabase } from './db/cluster.fixture.ts';
import { createRelay, type Relay } from './server.ts';

/** What came back, as a test looks at it. */
export interface Heard {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  readonly data: any;
  readonly code: string | undefined;
  readonly message: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  readonly details: any;
}

export interface TestRelay {
  readonly relay: Relay;
  /** The owner's URL of its database. */
  readonly databaseUrl: string;
  readonly clock: Clock & {
    set(now: number): void;
    /** Shows from now on what this one shows. */
    follow(other: () => number): void;
  };
  readonly ids: ReturnType<typeof createIds>;
  readonly logged: string[];
  call(line: string, options?: { body?: unknown; token?: string }): Promise<Heard>;
  /** Signs the demo's owner in. @returns the access token */
  signIn(): Promise<string>;
  claimCode(): Promise<string>;
  /** Adds another owner of restaurants with a password. @returns an access token of theirs */
  otherOwner(email: string): Promise<string>;
  stop(): Promise<void>;
}

export const NOON = Date.parse('2025-06-18T12:00:00Z');

export async function heardOf(response: Response): Promise<Heard> {
  const body = (await response.json()) as {
    data: unknown;
    error: { code: string; message: string; details: unknown } | null;
  };
  const { status } = response;
  return {
    status,
    data: body.data,
    code: body.error?.code,
    message: body.error?.message,
    details: body.error?.details,
  };
}

/** A relay of its own on a database of its own, at a moment that the test holds. */
export async function openRelay(
  given: { databaseUrl?: string; dataDir?: string; at?: number } = {},
): Promise<TestRelay> {
  const databaseUrl = given.databaseUrl ?? (await freshDatabase());
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'fynlo-relay-'));
  let now = (): number => given.at ?? NOON;
  const clock = {
    now: () => now(),
    monotonic: () => performance.now(),
    set(to: number) {
      now = () => to;
    },
    follow(other: () => number) {
      now = other;
    },
  };
  const ids = createIds(() => Date.now(), systemRandom);
  const logged: string[] = [];
  const relay = await createRelay({
    config: { demo: true, dataDir, host: '127.0.0.1', port: 0, databaseUrl },
    clock,
    ids,
    log: (level, message, fields) => logged.push(JSON.stringify({ level, message, ...fields })),
    version: 'test',
    pid: process.pid,
    hashCost: { memoryCost: 1024, timeCost: 1, parallelism: 1 },
  });

  const call: TestRelay['call'] = async (line, { body, token } = {}) => {
    const [method = '', path = ''] = line.split(' ');
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return heardOf(await fetch(new URL(path, relay.url), init));
  };
  const signIn = async (email = 'owner@platform.test', password = 'demo-platform-1') =>
    (await call('POST /api/v1/auth/login', { body: { email, password } })).data.access_token as string;

  return {
    relay,
    databaseUrl,
    clock,
    ids,
    logged,
    call,
    signIn: () => signIn(),
    claimCode: async () =>
      (await call('POST /api/v1/platform/claim-codes', { body: {}, token: await signIn() })).data.code,
    async otherOwner(email) {
      const { createPasswords } = await import('./auth/passwords.ts');
      const { addPerson } = await import('./auth/people.ts');
      const passwords = createPasswords(ids, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
      const passwordHash = await passwords.hash('another-password');
      const tenantId = ids.next();
      await relay.database.inTenant(tenantId, async (sql) => {
        await sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, $3)', [tenantId, email, now()]);
        await addPerson(sql, {
          tenantId,
          personId: ids.next(),
          email,
          name: email,
          role: 'owner',
          passwordHash,
          now: now(),
        });
      });
      return signIn(email, 'another-password');
    },
    async stop() {
      await relay.stop();
      if (given.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
