import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { z } from 'zod';
import { type Audience, defineFact, type Fact } from '#contract/facts.ts';
import type { Preset, Role } from '#contract/permissions.ts';
import { callerOf, nobody, staffActor } from '../commands/caller.ts';
import { openCore } from '../commands/core.ts';
import { defineCommand } from '../commands/define.ts';
import { openConnection } from '../db/connection.ts';
import { migrateSchema } from '../db/migrate.ts';
import { systemClock, systemRandom } from '../kernel/clock.ts';
import { createIds } from '../kernel/ids.ts';
import { Problem } from '../kernel/verdict.ts';
import type { RealtimeLimits } from './limits.ts';
import type { Identity } from './listener.ts';
import { createRealtime, type Realtime } from './sockets.ts';

export const restaurantId = '0197b2c0-0000-7000-8000-000000000001';

/** What happens in this toy restaurant: one fact for each thing a role may or may not hear. */
const fact = (kind: string, entity: string, audience: readonly Audience[]) =>
  defineFact({ kind, version: 1, entity, audience, body: z.object({ words: z.string() }) });
export const facts = {
  everybody: fact('order.changed', 'order', ['pos', 'kitchen', 'management']),
  kitchen: fact('order.fired', 'order', ['kitchen']),
  floor: fact('payment.recorded', 'payment', ['pos', 'management']),
  managers: fact('settings.changed', 'settings', ['management']),
  signIn: fact('staff.signed_in', 'staff', ['management']),
  rights: fact('staff.changed', 'staff', ['management']),
} satisfies Record<string, Fact>;
export type Happening = keyof typeof facts;

const happen = defineCommand({
  name: 'toy.happen',
  permission: null,
  input: z.array(z.object({ what: z.string(), words: z.string(), id: z.string() })),
  handle({ tx }, input) {
    for (const { what, words, id } of input) {
      const { entity } = facts[what as Happening];
      tx.on(entity, id).tell(facts[what as Happening], { words });
    }
    return null;
  },
});

export interface Frame {
  readonly type: string;
  readonly event_type: string;
  readonly seq?: number;
  readonly cursor?: string;
  readonly id?: string;
  readonly restaurant_id: string;
  readonly timestamp: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a server sends is only known once it was looked at
  readonly data: any;
}

export interface Phone {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  send(message: object | string): void;
  /** The first frame that fits, waiting for it if need be. */
  hears(type: string, ms?: number): Promise<Frame>;
  /** Words of the facts heard so far. */
  words(): string[];
  /** Resolves with the code that the server closed with. */
  closed(): Promise<number>;
}

interface Options {
  readonly limits?: Partial<RealtimeLimits>;
  readonly allowed?: (request: IncomingMessage) => boolean;
  readonly now?: () => number;
}

/** A core, a real HTTP server with sockets, and phones to call it with. Everything is on loopback. */
export async function openHouse(options: Options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-realtime-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.prepare('INSERT INTO epoch (id, started_at, reason) VALUES (?, 1, ?)').run('epoch-1', 'founded');
  first.sqlite.close();

  const clock = { now: () => (options.now ?? systemClock.now)(), monotonic: systemClock.monotonic };
  const ids = createIds(systemClock.now, systemRandom);
  const core = openCore({
    file,
    clock,
    ids,
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
    reopenMs: 0,
  });

  const identities = new Map<string, Identity | Problem>();
  const person = (token: string, role: Role, preset: Preset | null, life = 3_600_000): string => {
    const actor = staffActor(`id-of-${token}`, role, preset);
    identities.set(token, { actor, deviceId: null, expiresAt: clock.now() + life });
    return token;
  };
  const tokens = {
    manager: person('manager', 'manager', null),
    server: person('server', 'employee', 'server'),
    cook: person('cook', 'employee', 'kitchen'),
    idle: person('idle', 'employee', null),
  };

  const logged: string[] = [];
  const cursorKey = Buffer.alloc(32, 7);
  const start = async () => {
    const realtime: Realtime = createRealtime({
      core,
      clock,
      restaurantId: () => restaurantId,
      cursorKey,
      limits: { askMs: 60, ...options.limits },
      allowed: options.allowed ?? (() => true),
      async authenticate(bearer) {
        const identity = identities.get(bearer);
        if (identity === undefined) throw new Problem('TOKEN_INVALID');
        if (identity instanceof Problem) throw identity;
        return identity;
      },
      log: (_level, message, fields) => void logged.push(`${message} ${JSON.stringify(fields)}`),
    });
    const http = createServer((_request, response) => void response.end('plain http'));
    realtime.attach(http);
    const sockets = new Set<Socket>();
    http.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return { realtime, http, sockets, port: (http.address() as AddressInfo).port };
  };
  let running = await start();
  const stop = async () => {
    await running.realtime.close();
    running.http.closeAllConnections();
    await new Promise((resolve) => running.http.close(resolve));
  };

  const phones = new Set<WebSocket>();
  const call = (path: string, { protocols = [], headers = {} }: CallOptions = {}): Phone => {
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, protocols, { headers });
    phones.add(socket);
    return phoneOf(socket);
  };

  return {
    core,
    tokens,
    identities,
    person,
    logged,
    call,
    port: () => running.port,
    /** The server's ends of the lines. */
    serverSockets: () => [...running.sockets],
    listeners: () => running.realtime.listeners(),
    devices: () => [...running.realtime.devices()],
    lastSeen: (device: string) => running.realtime.lastSeen().get(device),
    /** Opens a signed-in socket in a room. */
    async join(token: string, room = '', query = ''): Promise<Phone> {
      const phone = call(`${pathTo(room)}?token=${token}${query}`);
      await phone.hears('authenticated');
      return phone;
    },
    /** One commit with these facts, in this order. */
    async happen(...what: (readonly [Happening, string] | readonly [Happening, string, string])[]): Promise<void> {
      const input = what.map(([name, words, id = 'thing']) => ({ what: name, words, id }));
      await core.execute(happen, callerOf(nobody), input);
    },
    async restart(): Promise<void> {
      await stop();
      running = await start();
    },
    async close(): Promise<void> {
      for (const phone of phones) phone.terminate();
      await stop();
      await core.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface CallOptions {
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

export type House = Awaited<ReturnType<typeof openHouse>>;

export const pathTo = (room = ''): string => `/api/v1/websocket/ws/${room === '' ? '' : `${room}/`}${restaurantId}`;

function phoneOf(socket: WebSocket): Phone {
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let code: number | undefined;
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('message', (raw) => {
    frames.push(JSON.parse(String(raw)) as Frame);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', (given) => {
    code = given;
    wake();
  });
  const until = <T>(look: () => T | undefined, what: string, ms = 4_000): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`never: ${what}; heard ${frames.map((frame) => frame.type).join(', ')}`));
      }, ms);
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  return {
    socket,
    frames,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    hears: (type, ms) => until(() => frames.find((frame) => frame.type === type), type, ms),
    words: () => frames.flatMap(({ data }) => (data?.fact === undefined ? [] : [data.words as string])),
    closed: () => until(() => code, 'a closed socket', 8_000),
  };
}
