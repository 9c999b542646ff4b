import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relayPaths } from '#contract/relay.ts';
import { dailyReport } from '../../store-server/features/reports/index.ts';
import type { ApiClient } from '../harness/api-client.ts';
import { type OpenStoreOptions, openStore, type TestStore } from '../harness/open-store.ts';
import { CODE, caughtUp, manager, soon, trade } from './floor.ts';
import { openScriptedRelay, type ScriptedRelay } from './scripted-relay.ts';

/** Whatever happens to the relay or on the way to it, the restaurant trades on and everything arrives once, in order. */

let relay: ScriptedRelay;
let store: TestStore;
let client: ApiClient;
beforeEach(async () => {
  relay = await openScriptedRelay();
});
afterEach(async () => {
  await store.close();
  await relay.close();
});

async function attached(options: OpenStoreOptions = {}): Promise<void> {
  store = await openStore({ relay: relay.url, claim: CODE, ...options });
  client = await manager(store);
  await caughtUp(store, relay);
}
const status = () => client.must('GET', 'relay');
/** Totals of the day as they follow from the facts that the relay holds. */
const salesAtRelay = (): number =>
  relay.entries
    .flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'order.settled'))
    .reduce((all, { body }) => all + JSON.parse(body ?? '{}').total_minor, 0);
const salesHere = (): number => dailyReport(store.server.core.connection(), '2025-06-18').summary.salesTotalMinor;
const numbered = () => relay.entries.map(({ seq }) => seq);
const inOrder = () => Array.from({ length: store.server.core.head().seq }, (_, n) => n + 1);

test('the relay is away for a while of trading: behind is said, and then everything is there, once and in order', async () => {
  await attached();
  await trade(client, 3);
  await caughtUp(store, relay);
  await relay.close();
  await trade(client, 20);
  await soon(async () => {
    const said = await status();
    expect(said).toMatchObject({ state: 'unreachable', acked_seq: relay.head.seq });
    expect(said.behind).toBe(store.server.core.head().seq - relay.head.seq);
    expect(said.sentence).toMatch(/^Nobody answers at the relay’s address\. \d+ entries will follow\.$/);
    expect(said.next_try_at).not.toBeNull();
  });
  await relay.open();
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
  expect(salesAtRelay()).toBe(salesHere());
  expect(salesHere()).toBeGreaterThan(0);
  await soon(async () => expect(await status()).toMatchObject({ state: 'connected', behind: 0 }));
});

test('the internet is back, and somebody who does not want to wait for the next try sends now', async () => {
  await attached({ relayPace: { firstRetryMs: 600_000, longestRetryMs: 600_000 } });
  await relay.close();
  await trade(client, 2);
  await soon(async () => expect(await status()).toMatchObject({ state: 'unreachable' }));
  const again = await client.must('POST', 'relay/send-now', {});
  expect([again.state, Date.parse(again.next_try_at) > Date.parse(again.seen_at)]).toEqual(['unreachable', true]);
  await relay.open();
  const sent = await client.must('POST', 'relay/send-now', {});
  expect([sent.state === 'behind' || sent.state === 'connected', sent.next_try_at]).toEqual([true, null]);
  await caughtUp(store, relay);
  expect(salesAtRelay()).toBe(salesHere());
});

test('the store stops while the relay is away, and goes on where it was after its restart', async () => {
  await attached();
  await relay.close();
  await trade(client, 5);
  store = await store.restart();
  client = await manager(store);
  await trade(client, 5);
  await relay.open();
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
  expect(salesAtRelay()).toBe(salesHere());
});

describe('an answer that never comes back', () => {
  test.each(['drop-answer', 'drop', 'hang'] as const)('%s', async (how) => {
    await attached({ relayPace: { requestMs: 150 } });
    relay.script = (path, nth) => (path === relayPaths.batches && nth % 2 === 0 ? how : undefined);
    await trade(client, 12);
    await caughtUp(store, relay);
    expect(numbered()).toEqual(inOrder());
    expect(salesAtRelay()).toBe(salesHere());
  });
});

test.each([
  ['an error page', { status: 502, body: '<html>Bad gateway</html>' }, 'The relay is in trouble (502).'],
  [
    'an answer in another form',
    { status: 200, body: { data: { ok: 1 } } },
    'The relay answered something unreadable (200).',
  ],
  [
    'an acknowledgement of another history',
    { status: 200, body: { data: { acked_seq: 1, acked_hash: 'f'.repeat(64) } } },
    'unreadable',
  ],
])('%s in place of the relay’s', async (_, reply, sentence) => {
  await attached();
  relay.script = (path) => (path === relayPaths.batches ? reply : undefined);
  await trade(client, 2);
  await soon(async () => expect((await status()).sentence).toContain(sentence));
  relay.script = () => undefined;
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
});

test('a relay that has lost its latest entries says where, and gets them again', async () => {
  await attached();
  await trade(client, 5);
  await caughtUp(store, relay);
  relay.entries.splice(40);
  await trade(client, 1);
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
});

test('a forked history stops the upload and nothing else: trading and the live summary go on', async () => {
  await attached();
  await relay.close();
  await trade(client, 1);
  const last = relay.entries.at(-1);
  if (last === undefined) throw new Error('the relay is empty');
  relay.entries.push({ ...last, seq: last.seq + 1, hash: 'a'.repeat(64) });
  await relay.open();
  await soon(async () => expect((await status()).state).toBe('forked'));
  const batches = relay.requests.filter((path) => path === relayPaths.batches).length;
  const summaries = relay.lives.length;
  await trade(client, 3);
  await soon(() => expect(relay.lives.length).toBeGreaterThan(summaries + 2));
  expect(relay.requests.filter((path) => path === relayPaths.batches)).toHaveLength(batches);
  expect((await status()).sentence).toContain('another history');
  // It is remembered over a restart: nothing more is sent until somebody decides.
  store = await store.restart();
  client = await manager(store);
  await soon(() => expect(relay.lives.length).toBeGreaterThan(summaries + 5));
  expect(relay.requests.filter((path) => path === relayPaths.batches)).toHaveLength(batches);
  expect(await status()).toMatchObject({ state: 'forked' });
  // A manager decides that this computer's history stands: it goes on from the last entry that both have.
  expect(await client.must('POST', 'relay/go-on', {})).toMatchObject({ acked_seq: last.seq });
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
  expect(salesAtRelay()).toBe(salesHere());
  expect(relay.epochs.at(-1)).toMatchObject({ parentSeq: last.seq });
  expect(store.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('a store that the platform disconnects says so, and comes back by itself when it is let in again', async () => {
  await attached();
  relay.revoked = true;
  await trade(client, 1);
  await soon(async () => expect((await status()).state).toBe('revoked'));
  relay.revoked = false;
  await caughtUp(store, relay);
  await soon(async () => expect(await status()).toMatchObject({ state: 'connected' }));
});

test('a disconnected store that joins with a new code is told of that at once, not of what was before', async () => {
  await attached({ relayPace: { firstRetryMs: 60_000, longestRetryMs: 60_000 } });
  relay.revoked = true;
  await trade(client, 1);
  await soon(async () => expect((await status()).state).toBe('revoked'));
  relay.revoked = false;
  const joined = await client.must('POST', 'relay/claim', { url: relay.url, code: CODE });
  expect(joined).toMatchObject({ state: 'connecting', next_try_at: null });
  await caughtUp(store, relay);
  await soon(async () => expect(await status()).toMatchObject({ state: 'connected' }));
});

test('a token that is no longer taken is renewed, and a clock that is hours off is reckoned with', async () => {
  await attached();
  relay.tokens.clear();
  await trade(client, 1);
  await caughtUp(store, relay);
  relay.tokens.clear();
  relay.clockOffset = -5 * 60 * 60_000;
  await trade(client, 1);
  await caughtUp(store, relay);
  expect(numbered()).toEqual(inOrder());
});

test('all of it goes over one connection', async () => {
  await attached();
  await trade(client, 20);
  await caughtUp(store, relay);
  // One for the claim code, one for everything after.
  expect(relay.connections).toBe(2);
  expect(relay.requests.length).toBeGreaterThan(5);
});

test('the owner’s live summary is right without asking the database, and not held up by a long backlog', async () => {
  await attached();
  await relay.close();
  const paid = await trade(client, 30);
  const table = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 3 }] });
  const partly = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 2 }] });
  await client.must('POST', `orders/${partly.id}/payments`, { method: 'card', amount: 1, reference: 'part' });
  const refunded = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 1 }] });
  const all = { method: 'card', amount: refunded.amount_due, reference: 'R' };
  await client.must('POST', `orders/${refunded.id}/payments`, all);
  await client.must('POST', `orders/${refunded.id}/refunds`, { amount: 1, reason: 'cold' });
  relay.lives = [];
  relay.script = (path) =>
    path === relayPaths.batches && relay.lives.length < 3 ? { status: 500, body: '' } : undefined;
  await relay.open();
  await soon(() => expect(relay.lives.length).toBeGreaterThan(3));
  const first = relay.lives[0];
  const { summary } = dailyReport(store.server.core.connection(), '2025-06-18');
  expect(first).toMatchObject({
    business_day: '2025-06-18',
    currency: 'GBP',
    sales_minor: summary.salesTotalMinor,
    refunds_minor: 100,
    orders_settled: 31,
    covers: summary.covers,
    orders_open: 2,
    open_minor: Math.round((table.amount_due + partly.amount_due - 1) * 100),
  });
  expect(summary.refundsMinor).toBe(100);
  expect(summary.salesTotalMinor).toBe(Math.round((paid + refunded.total_amount) * 100));
  await caughtUp(store, relay);
  // A slip that has just been asked for is no paper that waits; one that does not come out is.
  const hatch = await store.lab.start(0);
  const model = 'fynlo-lab-80';
  const printer = await client.must('POST', 'hardware/printers', { name: 'Hatch', address: hatch.address, model });
  await hatch.set({ refusing: true });
  await client.must('POST', `hardware/printers/${printer.id}/test`);
  const asked = relay.lives.length;
  await soon(() => expect(relay.lives.length).toBeGreaterThan(asked + 1));
  expect(relay.lives.at(-1)).toMatchObject({ printers_waiting: 0 });
  store.clock.jump(11_000);
  await soon(() => expect(relay.lives.at(-1)).toMatchObject({ printers_waiting: 1 }));
});

test('a busy relay may ask a quiet store to call less often: an order is told at once all the same, and it is never silenced', async () => {
  await attached({ relayPace: { slowestMs: 600 } });
  relay.nextInMs = 60_000;
  const beats = () => relay.requests.filter((path) => path === relayPaths.exchange).length;
  const told = relay.lives.length;
  await soon(() => expect(relay.lives.length).toBeGreaterThan(told));
  const [from, began] = [beats(), performance.now()];
  await soon(() => expect(beats()).toBe(from + 3));
  // Three beats at the slowest pace there is, not at the usual one of ten a second nor once a minute.
  expect(performance.now() - began).toBeGreaterThan(1_000);
  expect(performance.now() - began).toBeLessThan(4_000);

  store = await store.restart({ relayPace: {} });
  await soon(() => expect(beats()).toBeGreaterThan(from + 3));
  client = await manager(store);
  const asked = performance.now();
  const paid = await trade(client, 1);
  await soon(() => expect(relay.lives.at(-1)?.sales_minor).toBe(Math.round(paid * 100)));
  expect(performance.now() - asked).toBeLessThan(5_000);
});

test('closing the store does not wait for a relay that hangs', async () => {
  await attached({ relayPace: { requestMs: 60_000 } });
  relay.script = () => 'hang';
  await trade(client, 1);
  await soon(() => expect(relay.requests.at(-1)).toBeDefined());
  const began = performance.now();
  store = await store.restart();
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a restored store goes on in an epoch of its own, and no batch reaches from one into the other', async () => {
  await attached();
  await relay.close();
  await trade(client, 2);
  const { sqlite } = store.server.core.connection();
  const { seq, hash } = store.server.core.head();
  const parent = sqlite.prepare('SELECT id FROM epoch').pluck().get();
  sqlite
    .prepare('INSERT INTO epoch (id, started_at, parent_epoch, parent_seq, parent_hash, reason) VALUES (?,?,?,?,?,?)')
    .run('00000000-0000-7000-8000-000000000001', store.clock.now(), parent, seq, hash, 'restored');
  await trade(client, 2);
  await relay.open();
  await caughtUp(store, relay);
  expect(relay.epochs.map(({ id, from, to }) => [id, from <= seq && to > seq])).not.toContainEqual([parent, true]);
  expect(relay.epochs.at(-1)).toMatchObject({ id: '00000000-0000-7000-8000-000000000001', parentSeq: seq });
  expect(relay.epochs.some(({ id, to }) => id === parent && to === seq)).toBe(true);
});
