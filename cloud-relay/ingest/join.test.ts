import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { relayLimits, relayPaths } from '#contract/relay.ts';
import { privateKeyOf, signText } from '../../store-server/kernel/ed25519.ts';
import { requestText } from '../../store-server/kernel/relay-texts.ts';
import { asOwner } from '../db/cluster.fixture.ts';
import { NOON, openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
beforeEach(() => at.clock.set(NOON));
afterAll(() => at?.stop());

test('a store joins with a claim code, and the answer comes again for the same key', async () => {
  const store = createTestStore(at);
  const code = await at.claimCode();
  const answer = await store.join(code);
  expect(answer).toMatchObject({ status: 201, data: { acked_seq: 0, acked_hash: '0'.repeat(64) } });
  expect(await store.join(code)).toMatchObject({ status: 201, data: answer.data });
  const seen = (await at.call('GET /api/v1/platform/restaurants', { token: await at.signIn() })).data;
  expect(seen).toEqual([expect.objectContaining({ id: store.id, name: 'Corner Bistro', freshness: 'never' })]);
});

test('a claim code lets one store in, for seven days', async () => {
  const code = await at.claimCode();
  await createTestStore(at).join(code);
  expect(await createTestStore(at).join(code)).toMatchObject({ status: 409, code: 'CLAIM_USED' });
  const late = await at.claimCode();
  at.clock.set(NOON + relayLimits.claimDays * 86_400_000);
  expect(await createTestStore(at).join(late)).toMatchObject({ status: 410, code: 'CLAIM_EXPIRED' });
});

test('codes cannot be guessed in peace, and the database does not hold them', async () => {
  const code = await at.claimCode();
  const rows = await asOwner(at.databaseUrl, 'SELECT * FROM claim_code NATURAL JOIN directory');
  expect(JSON.stringify(rows)).not.toContain(code);
  for (let n = 0; n < 10; n += 1)
    expect(await createTestStore(at).join(`LIME-RIVER-OAK-${1000 + n}`)).toMatchObject({
      status: 404,
      code: 'CLAIM_UNKNOWN',
    });
  expect(await createTestStore(at).join(code)).toMatchObject({ status: 429, code: 'RATE_LIMIT_EXCEEDED' });
  at.clock.set(NOON + 16 * 60_000);
  expect(await createTestStore(at).join(code)).toMatchObject({ status: 201 });
});

test('joining needs the key it names', async () => {
  const store = createTestStore(at);
  at.clock.set(NOON + 3_600_000);
  const code = await at.claimCode();
  expect(await store.join(code, { proof: 'A'.repeat(86) })).toMatchObject({ status: 401, code: 'PROOF_WRONG' });
});

test('two restaurants of one name are told apart, and keep what they are called', async () => {
  at.clock.set(NOON + 3_600_000);
  const anchor = () => createTestStore(at, at.ids.next(), 'The Anchor');
  const [first, second, third] = [anchor(), anchor(), anchor()];
  for (const store of [first, second, third]) await store.join(await at.claimCode());
  const token = await at.signIn();
  const called = async (): Promise<string[]> => {
    const { data } = await at.call('GET /api/v1/platform/restaurants', { token });
    return [first, second, third].map(({ id }) => data.find((one: { id: string }) => one.id === id).name);
  };
  expect(await called()).toEqual(['The Anchor', 'The Anchor (2)', 'The Anchor (3)']);
  await second.exchange({ name: 'The Anchor' });
  await first.exchange({ name: 'The Buoy' });
  expect(await called()).toEqual(['The Buoy', 'The Anchor (2)', 'The Anchor (3)']);
  // Who is called by a name that has become free gets it once it says so anew.
  await third.exchange({ name: 'The Buoy' });
  await third.exchange({ name: 'The Anchor' });
  expect(await called()).toEqual(['The Buoy', 'The Anchor (2)', 'The Anchor']);
});

test('a store of one owner cannot be claimed by another', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  const token = await at.otherOwner('second@platform.test');
  const { code } = (await at.call('POST /api/v1/platform/claim-codes', { body: {}, token })).data;
  expect(await store.join(code)).toMatchObject({ status: 403, code: 'TENANT_MISMATCH' });
});

test('a token is for the key that asked, and for ten minutes', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  store.sell(100);
  const thief = privateKeyOf(at.ids.secret(32));
  expect(await store.send(store.batch(1))).toMatchObject({ status: 200 });
  const body = Buffer.from('{}');
  const json = { 'Content-Type': 'application/json' };
  expect(await store.signed(relayPaths.exchange, json, body, thief)).toMatchObject({ code: 'TOKEN_KEY_MISMATCH' });
  const other = createTestStore(at);
  await other.join(await at.claimCode());
  other.token = store.token;
  expect(await other.exchange()).toMatchObject({ status: 401, code: 'TOKEN_KEY_MISMATCH' });
  at.clock.set(NOON + 3_600_000 + 601_000);
  expect(await store.exchange()).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
});

test('a signature for one request is none for another', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  await store.exchange();
  const { access_token = '', jti = '' } = store.token ?? {};
  const key = privateKeyOf(at.ids.secret(32));
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${access_token}`,
    'x-fynlo-signature': signText(key, requestText('POST', relayPaths.batches, jti, Buffer.from('{}'))),
  };
  const answer = await fetch(new URL(relayPaths.exchange, at.relay.url), { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(401);
  const bare = await fetch(new URL(relayPaths.exchange, at.relay.url), { method: 'POST', body: '{}' });
  expect(bare.status).toBe(401);
});

test('asking for a token needs the key, the right store and a clock', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  expect(await store.askToken()).toMatchObject({ status: 401, code: 'PROOF_WRONG' });
  await store.join(await at.claimCode());
  expect(await store.askToken({ signature: 'A'.repeat(86) })).toMatchObject({ status: 401, code: 'PROOF_WRONG' });
  const apart = await store.askToken({ at: NOON });
  expect(apart).toMatchObject({ status: 401, code: 'CLOCK_APART', details: { now: NOON + 3_600_000 } });
});

test('a person’s token opens nothing for stores, a store’s nothing for people', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  await store.exchange();
  const asPerson = await at.call('GET /api/v1/platform/dashboard', { token: store.token?.access_token ?? '' });
  expect(asPerson).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  store.token = { access_token: await at.signIn(), jti: at.ids.next() };
  expect(await store.exchange()).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
});

test('a store that was disconnected is out at its next request, and comes back with a fresh code', async () => {
  at.clock.set(NOON + 3_600_000);
  const store = createTestStore(at);
  const code = await at.claimCode();
  await store.join(code);
  expect((await store.exchange()).status).toBe(200);
  const token = await at.signIn();
  const revoked = await at.call(`POST /api/v1/platform/restaurants/${store.id}/revoke`, { body: {}, token });
  expect(revoked.data.freshness).toBe('revoked');
  expect(await store.exchange()).toMatchObject({ status: 403, code: 'STORE_REVOKED' });
  expect(await store.askToken()).toMatchObject({ status: 403, code: 'STORE_REVOKED' });
  expect(await store.join(code)).toMatchObject({ status: 409, code: 'CLAIM_USED' });
  expect((await store.join(await at.claimCode())).status).toBe(201);
  expect((await store.exchange()).status).toBe(200);
});

test('an owner sees which codes are still unused, and never their words', async () => {
  at.clock.set(NOON + 3_600_000);
  const token = await at.otherOwner('third@platform.test');
  const again = async () =>
    (
      await at.call('POST /api/v1/auth/login', {
        body: { email: 'third@platform.test', password: 'another-password' },
      })
    ).data.access_token as string;
  const codes = async (as = token) => (await at.call('GET /api/v1/platform/claim-codes', { token: as })).data;
  const { data: made } = await at.call('POST /api/v1/platform/claim-codes', {
    body: { restaurant: ' Castle ' },
    token,
  });
  const shown = {
    id: made.id,
    restaurant: 'Castle',
    made_at: '2025-06-18T13:00:00.000Z',
    made_by: 'third@platform.test',
  };
  expect(await codes()).toEqual([{ ...shown, expires_at: made.expires_at, expired: false }]);
  expect(JSON.stringify(await codes())).not.toContain(made.code);
  expect(JSON.stringify(await codes(await at.signIn()))).not.toContain(made.id);
  expect((await createTestStore(at).join(made.code)).status).toBe(201);
  expect(await codes()).toEqual([]);

  // One that ran out unused is told for another week, to whoever wonders why it opens nothing.
  const { data: late } = await at.call('POST /api/v1/platform/claim-codes', { body: {}, token });
  const WEEK = 7 * 86_400_000;
  for (const [after, expired] of [
    [WEEK - 1, [false]],
    [WEEK, [true]],
    [2 * WEEK, []],
  ] as const) {
    at.clock.set(NOON + 3_600_000 + after);
    expect((await codes(await again())).map((code: { expired: boolean }) => code.expired)).toEqual(expired);
  }
  at.clock.set(NOON + 3_600_000 + WEEK);
  expect(await createTestStore(at).join(late.code)).toMatchObject({ code: 'CLAIM_EXPIRED' });
});
