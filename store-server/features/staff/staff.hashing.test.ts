import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock, systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';

const count = vi.hoisted(() => ({ verified: 0 }));
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  const verify: typeof real.verify = (...given) => {
    count.verified += 1;
    return real.verify(...given);
  };
  return { ...real, verify };
});

import { openStaffedStore, passwordOf, type StaffedStore } from './staff.fixture.ts';
import { argon2Cost, createHashing } from './staff.hashing.ts';

let store: StaffedStore;
beforeEach(async () => {
  store = await openStaffedStore();
});
afterEach(() => store.close());

const ids = createIds(systemClock.now, systemRandom);
const verifiedBy = async (work: () => Promise<{ status: number }>): Promise<[number, number]> => {
  const before = count.verified;
  const { status } = await work();
  return [status, count.verified - before];
};
const login = (email: string, password: string) => () =>
  store.ask('POST', '/auth/login', { json: { email, password } });

test('exactly one hash is verified whether or not there is such a person, password or PIN', async () => {
  const token = await store.token('manager');
  const { body: bare } = await store.ask('POST', '/staff', {
    token,
    json: { first_name: 'Nora', email: 'nora@demo.test', role: 'employee', preset: 'host' },
  });
  expect(await verifiedBy(login('server@demo.test', passwordOf('server')))).toEqual([200, 1]);
  expect(await verifiedBy(login('server@demo.test', 'wrong'))).toEqual([401, 1]);
  expect(await verifiedBy(login('nobody@demo.test', 'wrong'))).toEqual([401, 1]);
  expect(await verifiedBy(login('nora@demo.test', 'wrong'))).toEqual([401, 1]);
  const device = (await store.device()).token;
  const pin = (user_id: string) => () => store.ask('POST', '/auth/pin', { json: { user_id, pin: '1357' }, device });
  expect(await verifiedBy(pin(store.staff.server))).toEqual([401, 1]);
  expect(await verifiedBy(pin(bare.id))).toEqual([401, 1]);
  expect(await verifiedBy(pin('0190a000-0000-7000-8000-000000000001'))).toEqual([401, 1]);
});

test('no hash is verified for an attempt that comes too early', async () => {
  const device = (await store.device()).token;
  await store.pin('server', device, '1357');
  expect(await verifiedBy(() => store.pin('server', device))).toEqual([429, 0]);
});

test('hashes are argon2id with 19 MiB, two passes and one thread', async () => {
  const hashing = createHashing(ids, ids.secret(32));
  expect(argon2Cost).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  expect(await hashing.hashPassword('a long password')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hashing.hashPin('ana', '2468')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a PIN’s hash is worth nothing without the pepper, nor for another person', async () => {
  const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };
  const pepper = ids.secret(32);
  const hashing = createHashing(ids, pepper, cheap);
  const hash = await hashing.hashPin('ana', '2468');
  expect(await hashing.verifyPin(hash, 'ana', '2468')).toBe(true);
  expect(await hashing.verifyPin(hash, 'ben', '2468')).toBe(false);
  expect(await createHashing(ids, ids.secret(32), cheap).verifyPin(hash, 'ana', '2468')).toBe(false);
});

test('the same letters typed in two ways are the same password', async () => {
  const hashing = createHashing(ids, ids.secret(32), { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const hash = await hashing.hashPassword('caf\u00e9-am-ring');
  expect(await hashing.verifyPassword(hash, 'cafe\u0301-am-ring')).toBe(true);
});

test('a crowd that wants to sign in at once is partly asked to come back', async () => {
  const hashing = createHashing(ids, ids.secret(32), { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const hash = await hashing.hashPassword('right-password');
  const crowd = await Promise.allSettled(
    Array.from({ length: 300 }, () => hashing.verifyPassword(hash, 'right-password')),
  );
  const turnedAway = crowd.filter((one) => one.status === 'rejected');
  expect(turnedAway).toHaveLength(300 - 202);
  expect(turnedAway[0]).toMatchObject({ reason: { code: 'RATE_LIMIT_EXCEEDED' } });
});
