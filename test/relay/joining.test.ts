import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { CODE, caughtUp, manager, soon } from './floor.ts';
import { openScriptedRelay, type ScriptedRelay } from './scripted-relay.ts';

let relay: ScriptedRelay;
let store: TestStore | undefined;
beforeEach(async () => {
  relay = await openScriptedRelay(CODE);
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  await relay.close();
});

test('a restaurant started with a claim code belongs to the relay at once, with all it ever recorded', async () => {
  store = await openStore({ relay: relay.url, claim: CODE });
  await caughtUp(store, relay);
  expect(relay.head.hash).toBe(store.server.core.head().hash.toString('hex'));
  const status = await (await manager(store)).must('GET', 'relay');
  expect(status).toMatchObject({ url: relay.url, relay_id: relay.relayId });
  expect(['connected', 'behind']).toContain(status.state);
  expect(store.said).toEqual([]);
  const key = join(store.dataDir, 'keys', 'relay.key');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(relay.entries)).not.toContain(readFileSync(key, 'utf8').trim());
});

test('the code given at every start is spent only once, and a restart goes on where it was', async () => {
  store = await openStore({ relay: relay.url, claim: CODE });
  await caughtUp(store, relay);
  store = await store.restart();
  await (await manager(store)).must('POST', 'orders', { order_type: 'takeaway' });
  await caughtUp(store, relay);
  expect(relay.requests.filter((path) => path.endsWith('/join'))).toHaveLength(1);
  expect(relay.repeated).toBe(0);
  expect(store.said).toEqual([]);
});

test.each([
  ['unknown', 'NO-SUCH-99', 'This claim code is not known.'],
  ['expired', 'OLD-BOOT-17', 'This claim code has run out.'],
  ['spent by somebody else', 'HOT-POT-31', 'This claim code has already been used.'],
])('a code that is %s: one sentence, and the restaurant serves on', async (_, code, sentence) => {
  relay.claims.set('OLD-BOOT-17', { usedBy: null, expired: true });
  relay.claims.set('HOT-POT-31', { usedBy: 'somebody', expired: false });
  store = await openStore({ relay: relay.url, claim: code });
  await soon(() => expect(store?.said).toHaveLength(1));
  expect(store.said[0]).toContain(sentence);
  const client = await manager(store);
  await client.must('POST', 'orders', { order_type: 'takeaway' });
  expect(await client.must('GET', 'relay')).toMatchObject({
    state: 'not_joined',
    url: null,
    refused: { url: relay.url, sentence },
  });
  await client.post('relay/claim', { url: relay.url, code: 'NO-SUCH-42' });
  expect((await client.must('GET', 'relay')).refused).toEqual({ url: relay.url, sentence });
  expect((await client.must('POST', 'relay/claim', { url: relay.url, code: CODE })).refused).toBeNull();
});

test('a relay that is not there yet is joined as soon as it answers', async () => {
  await relay.close();
  store = await openStore({ relay: relay.url, claim: CODE });
  await soon(() => expect(store?.said).toHaveLength(1));
  expect(store.said[0]).toContain('keeps trying');
  expect(await (await manager(store)).must('GET', 'relay')).toMatchObject({ state: 'joining', url: relay.url });
  await relay.open();
  await caughtUp(store, relay);
  expect(store.said).toHaveLength(1);
});

test('an address without a code says what is missing', async () => {
  store = await openStore({ relay: relay.url });
  expect(store.said).toEqual([expect.stringContaining('--claim')]);
});

test('a manager joins and leaves; both are in the journal, the code is not', async () => {
  store = await openStore();
  const client = await manager(store);
  expect((await client.post('relay/claim', { url: `${relay.url}/`, code: 'lime river 42' })).body.data).toMatchObject({
    url: relay.url,
    relay_id: relay.relayId,
  });
  await caughtUp(store, relay);
  const told = relay.entries.flatMap(({ parts }) => parts.filter(({ kind }) => kind.startsWith('relay.')));
  expect(told.map(({ kind }) => kind)).toEqual(['relay.joined']);
  expect(JSON.stringify(relay.entries).toUpperCase()).not.toContain(CODE);

  expect((await client.delete('relay')).body.data).toMatchObject({ state: 'not_joined', url: null });
  const heard = relay.requests.length;
  await client.must('POST', 'orders', { order_type: 'takeaway' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(relay.requests.length).toBeLessThanOrEqual(heard + 1);
  expect(relay.head.seq).toBeLessThan(store.server.core.head().seq);
});

test('what a manager gets wrong is said at the field, and nothing changes', async () => {
  store = await openStore();
  const client = await manager(store);
  const told = async (body: object) => {
    const { status, body: answer } = await client.post('relay/claim', body);
    return [status, answer.error.code, answer.error.field ?? null];
  };
  expect(await told({ url: 'ftp://relay.test', code: CODE })).toEqual([422, 'VALIDATION_ERROR', 'url']);
  expect(await told({ url: 'http://me:pass@relay.test', code: CODE })).toEqual([422, 'VALIDATION_ERROR', 'url']);
  expect(await told({ url: relay.url, code: '!' })).toEqual([422, 'VALIDATION_ERROR', 'code']);
  expect(await told({ url: relay.url, code: 'NO-SUCH-99' })).toEqual([404, 'CLAIM_UNKNOWN', null]);
  await relay.close();
  expect(await told({ url: relay.url, code: CODE })).toEqual([502, 'RELAY_UNREACHABLE', null]);
});
