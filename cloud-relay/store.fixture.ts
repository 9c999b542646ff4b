import { zstdCompressSync } from 'node:zlib';
import type { Batch, BatchEntry, BatchEpoch, LiveSummary, RelayVerdict } from '#contract/relay.ts';
import { BATCH_CONTENT_TYPE, relayPaths, SIGNATURE_HEADER } from '#contract/relay.ts';
import { privateKeyOf, publicKeyText, signText } from '../store-server/kernel/ed25519.ts';
import { chainStart, entryHash, partDigest } from '../store-server/kernel/journal-entry.ts';
import { joinText, requestText, tokenText } from '../store-server/kernel/relay-texts.ts';
import { type Heard, heardOf, type TestRelay } from './relay.fixture.ts';

/** A fact as a test tells it. */
export interface Told {
  readonly kind: string;
  readonly body: unknown;
  readonly version?: number;
  readonly entity?: string;
  readonly entityId?: string;
}

/** A store as the relay sees one: keys, a chained history, and the protocol; no more of a store than that. */
export function createTestStore(on: TestRelay, id = on.ids.next(), name = 'Corner Bistro') {
  const { ids, clock } = on;
  const privateKey = privateKeyOf(ids.secret(32));
  const public_key = publicKeyText(privateKey);
  let epoch: BatchEpoch = firstEpoch(ids.next(), clock.now());
  let entries: BatchEntry[] = [];
  let token: { access_token: string; jti: string } | null = null;
  let n = 0;

  const post = async (path: string, headers: Record<string, string>, body: string | Buffer): Promise<Heard> =>
    heardOf(await fetch(new URL(path, on.relay.url), { method: 'POST', headers, body: body as never }));
  const json = { 'Content-Type': 'application/json' };

  /** Sends bytes under this store's token, signed with its key or another one. */
  async function signed(path: string, headers: Record<string, string>, body: Buffer, key = privateKey): Promise<Heard> {
    token ??= (await store.askToken()).data as { access_token: string; jti: string };
    const signature = signText(key, requestText('POST', path, token.jti, body));
    return post(
      path,
      { ...headers, Authorization: `Bearer ${token.access_token}`, [SIGNATURE_HEADER]: signature },
      body,
    );
  }

  const store = {
    id,
    name,
    public_key,
    signed,
    get entries() {
      return entries;
    },
    get epoch() {
      return epoch;
    },
    get token() {
      return token;
    },
    set token(given) {
      token = given;
    },
    join(claim_code: string, over: Record<string, unknown> = {}) {
      const claimed = { claim_code, store_id: id, restaurant_id: id, name, public_key, version: '0.1.0', ...over };
      const proof = signText(privateKey, joinText(claimed as never));
      return post(relayPaths.join, json, JSON.stringify({ ...claimed, proof, ...over }));
    },
    askToken(over: { at?: number; signature?: string; store_id?: string } = {}) {
      const asked = { store_id: id, at: clock.now(), nonce: ids.secret(16).toString('base64url'), ...over };
      const signature = over.signature ?? signText(privateKey, tokenText(asked));
      return post(relayPaths.token, json, JSON.stringify({ ...asked, signature }));
    },

    /** Appends one entry with these facts to the store's history; `doing` is the command of the platform that it does. */
    tell(facts: readonly Told[], at: { now?: number; day?: string; doing?: string } = {}): BatchEntry {
      const now = at.now ?? clock.now();
      const previous = entries.at(-1);
      const header = {
        seq: (previous?.seq ?? 0) + 1,
        commandId: at.doing ?? ids.next(),
        command: 'test.tell',
        groupId: null,
        scope: null,
        key: null,
        actorId: null,
        approvedBy: null,
        deviceId: null,
        origin: at.doing === undefined ? ('store' as const) : ('relay' as const),
        businessDay: at.day ?? '2025-06-18',
        occurredAt: now,
        recordedAt: now,
      };
      const parts = facts.map((fact, index) => {
        const body = JSON.stringify(fact.body);
        const salt = ids.secret(16);
        return {
          n: index,
          role: 'fact',
          kind: fact.kind,
          version: fact.version ?? 1,
          audience: [],
          entity: fact.entity ?? 'order',
          entityId: fact.entityId ?? id,
          body,
          salt,
          digest: partDigest(salt, body),
        };
      });
      const before = previous === undefined ? chainStart.hash : Buffer.from(previous.hash, 'hex');
      const hash = entryHash(
        before,
        header,
        parts,
        parts.map(({ digest }) => digest),
      );
      const entry: BatchEntry = {
        seq: header.seq,
        format: 1,
        command_id: header.commandId,
        command: header.command,
        group_id: null,
        scope: null,
        key: null,
        actor_id: null,
        approved_by: null,
        device_id: null,
        origin: header.origin,
        business_day: header.businessDay,
        occurred_at: now,
        recorded_at: now,
        hash: hash.toString('hex'),
        parts: parts.map(({ entity, entityId, salt, digest, ...part }) => ({
          ...part,
          entity_type: entity,
          entity_id: entityId,
          salt: salt.toString('hex'),
          digest: digest.toString('hex'),
        })),
      };
      entries = [...entries, entry];
      return entry;
    },

    /** One order from the first dish to the money, as one entry. */
    sell(totalMinor: number, { method = 'card', day = '2025-06-18', tipMinor = 0, currency = 'GBP' } = {}): string {
      n += 1;
      const order_id = ids.next();
      const head = {
        order_id,
        order_number: n,
        order_type: 'dine_in',
        table_id: null,
        table_name: '7',
        table_number: '7',
        server_id: null,
        old_status: 'pending',
        total_minor: totalMinor,
        items_count: 1,
      };
      const vat = Math.round(totalMinor / 6);
      const posted = (kind: string, postings: [string, number][]) => ({
        kind: 'ledger.posted',
        entity: 'ledger',
        body: {
          kind,
          order_id,
          session_id: null,
          payment_id: null,
          business_day: day,
          occurred_at: clock.now(),
          postings: postings.map(([account, amount_minor]) => ({ account, amount_minor, vat_bps: null })),
        },
      });
      store.tell(
        [
          {
            kind: 'order.opened',
            body: { ...head, new_status: 'pending', due_minor: totalMinor, covers: 2, source: 'own', lines: [] },
          },
          posted('payment', [
            ['card', totalMinor + tipMinor],
            ['open_checks', -totalMinor],
            ['tips', -tipMinor],
          ]),
          {
            kind: 'payment.recorded',
            entity: 'payment',
            body: {
              payment_id: ids.next(),
              payment: n,
              order_id,
              order_number: n,
              table_id: null,
              table_name: '7',
              share_id: null,
              session_id: null,
              method,
              currency,
              business_day: day,
              amount_minor: totalMinor,
              tip_minor: tipMinor,
              tendered_minor: null,
              change_minor: 0,
              due_minor: 0,
              settled: true,
            },
          },
          posted('sale', [
            ['open_checks', totalMinor],
            ['sales_net', vat - totalMinor],
            ['vat', -vat],
          ]),
          {
            kind: 'order.settled',
            body: {
              ...head,
              new_status: 'completed',
              due_minor: 0,
              settled_day: day,
              paid_minor: totalMinor,
              tip_minor: tipMinor,
              covers: 2,
            },
          },
        ],
        { day },
      );
      return order_id;
    },

    /** Closes a day of one order with what the store says that it came to. */
    seal(day: string, salesMinor: number, tipMinor = 0): void {
      const counts = { orders: 1, covers: 2, items: 1, refunds_minor: 0, service_minor: 0, discounts_minor: 0 };
      const sums = { sales_total_minor: salesMinor, vat_minor: Math.round(salesMinor / 6), tips_minor: tipMinor };
      const body = { day, ...counts, ...sums, tenders: [], vat_by_rate: [] };
      store.tell([{ kind: 'day.sealed', entity: 'day', body }]);
    },

    /** Goes on from an entry as a store does that was restored from a backup. */
    restore(toSeq: number) {
      const from = entries[toSeq - 1];
      epoch = {
        id: ids.next(),
        parent_epoch: epoch.id,
        parent_seq: toSeq,
        parent_hash: from?.hash ?? null,
        reason: 'restored from a snapshot',
        started_at: clock.now(),
      };
      entries = entries.slice(0, toSeq);
    },

    batch: (from: number, to = entries.length): Batch => ({
      format: 1,
      store_id: id,
      epoch,
      from_seq: from,
      from_hash: entries[from - 2]?.hash ?? chainStart.hash.toString('hex'),
      entries: entries.slice(from - 1, to),
    }),
    send: (batch: unknown, pack: (text: string) => Buffer = zstdCompressSync) =>
      store.sendBytes(pack(JSON.stringify(batch))),
    sendBytes: (bytes: Buffer, headers: Record<string, string> = {}) =>
      signed(relayPaths.batches, { 'Content-Type': BATCH_CONTENT_TYPE, 'Content-Encoding': 'zstd', ...headers }, bytes),
    exchange: (over: Partial<LiveSummary> = {}, verdicts: RelayVerdict[] = []) =>
      signed(relayPaths.exchange, json, Buffer.from(JSON.stringify({ live: store.live(over), verdicts }))),
    live: (over: Partial<LiveSummary> = {}): LiveSummary => ({
      business_day: '2025-06-18',
      at: clock.now(),
      currency: 'GBP',
      sales_minor: 0,
      refunds_minor: 0,
      orders_settled: 0,
      covers: 0,
      orders_open: 0,
      open_minor: 0,
      printers_waiting: 0,
      epoch: epoch.id,
      head_seq: entries.length,
      head_hash: entries.at(-1)?.hash ?? chainStart.hash.toString('hex'),
      ...over,
    }),
  };
  return store;
}

const firstEpoch = (id: string, now: number): BatchEpoch => ({
  id,
  parent_epoch: null,
  parent_seq: null,
  parent_hash: null,
  reason: 'founded',
  started_at: now,
});

export type TestStore = ReturnType<typeof createTestStore>;
