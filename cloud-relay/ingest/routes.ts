import type { IncomingMessage } from 'node:http';
import { AskToken, Exchange, Join, relayPaths } from '#contract/relay.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import { parse } from '../http/edge.ts';
import { type Route, route } from '../http/route.ts';
import { exchange } from '../inbox/exchange.ts';
import { insistWhole } from './chain.ts';
import { type JoinDeps, join } from './join.ts';
import { leftBehind } from './left-behind.ts';
import type { ProvenStore, Stores } from './stores.ts';
import { takeBatch } from './take-batch.ts';
import { readAtMost, readPacked, unpack } from './unpack.ts';

export interface IngestDeps extends JoinDeps {
  readonly stores: Stores;
  /** Told how many entries of a batch were new. */
  readonly onTaken: (entries: number) => void;
}

const EXCHANGE_BYTES = 256 * 1024;
/** A question without a word in it. */
const NOTHING_BYTES = 100;

/** Protocol 1 of stores. */
export function ingestRoutes(deps: IngestDeps): Route[] {
  const { database, stores } = deps;

  /** The token is looked at before the body is read, the signature once it is there. */
  async function readProven(
    request: IncomingMessage,
    path: string,
    now: number,
    read: (request: IncomingMessage) => Promise<Buffer>,
  ): Promise<{ store: ProvenStore; bytes: Buffer }> {
    const claims = await stores.readToken(request, now);
    const bytes = await read(request);
    return { store: await stores.prove(claims, request, path, bytes), bytes };
  }

  return [
    route('relay.join', `POST ${relayPaths.join}`, 'public', {
      body: Join,
      status: 201,
      answer: ({ body, address, now }) => join(deps, body, address, now),
    }),
    route('relay.token', `POST ${relayPaths.token}`, 'public', {
      body: AskToken,
      answer: ({ body, now }) => stores.giveToken(body, now),
    }),
    route('relay.batches', `POST ${relayPaths.batches}`, 'store', {
      async answer({ request, now }) {
        const { store, bytes } = await readProven(request, relayPaths.batches, now, readPacked);
        const batch = await unpack(bytes);
        if (batch.store_id !== store.storeId) throw new Problem('TENANT_MISMATCH');
        insistWhole(batch, now);
        const { fresh, ...taken } = await takeBatch(database, store, batch, bytes, now);
        deps.onTaken(fresh);
        return taken;
      },
    }),
    route('relay.exchange', `POST ${relayPaths.exchange}`, 'store', {
      async answer({ request, now }) {
        const whole = (from: IncomingMessage) => readAtMost(from, EXCHANGE_BYTES);
        const { store, bytes } = await readProven(request, relayPaths.exchange, now, whole);
        return exchange(database, store, parse(Exchange, jsonOf(bytes)), now);
      },
    }),
    route('relay.left_behind', `POST ${relayPaths.leftBehind}`, 'store', {
      async answer({ request, now }) {
        const { store } = await readProven(request, relayPaths.leftBehind, now, (from) =>
          readAtMost(from, NOTHING_BYTES),
        );
        return database.inTenant(store.tenantId, (sql) => leftBehind(sql, store));
      },
    }),
  ];
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Problem('INVALID_JSON');
  }
}
