import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { CompactEncrypt, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRowWriter, type RowWriter } from '../../db/row-writer.ts';
import { storeIdentity } from '../settings/index.ts';
import { MINUTE, openStaffedStore, type StaffedStore } from './staff.fixture.ts';
import { signingKeyOf } from './staff.keys.ts';
import { deviceTable, loginSessionTable, staffMemberTable } from './staff.schema.ts';

let store: StaffedStore;
let good: string;
beforeEach(async () => {
  store = await openStaffedStore();
  good = await store.token('manager');
});
afterEach(() => store.close());

const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => token.split('.') as [string, string, string];
const read = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
const key = () => store.run().keys.signing[0];
const me = (token: string) => store.ask('GET', '/auth/me', { token });

/** A token by hand: header and claims over the good ones, signed with the store's own key unless told otherwise. */
function forged(header: object, claims: object = {}, by = key().privateKey, text?: (claims: object) => string): string {
  const [h, c] = partsOf(good);
  const merged = { ...read(c), ...claims };
  const head = `${b64({ ...read(h), ...header })}.${b64(text === undefined ? merged : text(merged))}`;
  return `${head}.${sign(null, Buffer.from(head), by).toString('base64url')}`;
}

test('the control: a token signed by hand with the store’s key is taken', async () => {
  expect((await me(good)).status).toBe(200);
  expect((await me(forged({}))).status).toBe(200);
});

test('every tampered token is refused, and says only that it is not valid', async () => {
  const [h, c, s] = partsOf(good);
  const { kid, publicKey } = key();
  const now = Math.floor(store.clock.now() / 1000);
  const pem = publicKey.export({ format: 'pem', type: 'spki' });
  const raw = publicKey.export({ format: 'jwk' }).x as string;
  const hs256 = (secret: string | Buffer) => {
    const head = `${b64({ ...read(h), alg: 'HS256' })}.${c}`;
    return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
  };
  const other = signingKeyOf(Buffer.alloc(32, 7));
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed448 = generateKeyPairSync('ed448');
  const foreignStore = storeIdentity(store.core().connection()).id.replace(/^./, (d) => (d === '0' ? '1' : '0'));
  const claims = read(c);
  const jwe = await new CompactEncrypt(Buffer.from(good))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT', kid })
    .encrypt(Buffer.alloc(32, 1));
  const nested = b64({ alg: 'EdDSA', cty: 'JWT', kid });

  const tampered: Record<string, string> = {
    'the constant that older apps send': 'fake-jwt-token',
    'a token that an older app minted': 'mock_jwt_1_1718000000000',
    'not a token': 'abc',
    'three dots': '...',
    'no signature': `${h}.${c}.`,
    'signature left off': `${h}.${c}`,
    'a changed signature': `${h}.${c}.${s.startsWith('A') ? 'B' : 'A'}${s.slice(1)}`,
    'a shortened signature': `${h}.${c}.${s.slice(0, -4)}`,
    'changed claims': `${h}.${b64({ ...claims, sub: store.staff.owner })}.${s}`,
    'alg none': `${b64({ ...read(h), alg: 'none' })}.${c}.`,
    'alg None': `${b64({ ...read(h), alg: 'None' })}.${c}.`,
    'alg nOnE with a signature': `${b64({ ...read(h), alg: 'nOnE' })}.${c}.${s}`,
    'unsecured by a library': new UnsecuredJWT(claims).encode(),
    'HS256 with the public key as PEM': hs256(pem),
    'HS256 with the public key raw': hs256(Buffer.from(raw, 'base64url')),
    'ES256 with another key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .sign(p256.privateKey),
    Ed448: forged({}, {}, ed448.privateKey),
    'EdDSA under its newer name': forged({ alg: 'Ed25519' }),
    'another key': forged({}, {}, other.privateKey),
    'a foreign kid': forged({ kid: other.kid }, {}, other.privateKey),
    'no kid': forged({ kid: undefined }),
    'a path as kid': forged({ kid: `../../keys/${kid}` }),
    'a kid of the prototype': forged({ kid: '__proto__' }),
    'a kid that is a list': forged({ kid: [kid] }),
    'an embedded key': forged({ kid: undefined, jwk: other.publicKey.export({ format: 'jwk' }) }, {}, other.privateKey),
    'an embedded key beside our kid': forged({ jwk: other.publicKey.export({ format: 'jwk' }) }, {}, other.privateKey),
    'a key by address': forged({ jku: 'http://127.0.0.1/keys', x5u: 'http://127.0.0.1/x' }, {}, other.privateKey),
    'an unknown critical header': forged({ crit: ['fynlo'], fynlo: 1 }),
    'an unencoded payload': forged({ crit: ['b64'], b64: false }),
    'another type of token': forged({ typ: 'JWT' }),
    'no type': forged({ typ: undefined }),
    'another store’s token': forged({}, { iss: foreignStore, aud: foreignStore }),
    'for another audience': forged({}, { aud: foreignStore }),
    'a list of audiences': forged({}, { aud: [claims['aud'], foreignStore] }),
    'no issuer': forged({}, { iss: undefined }),
    'a life of years': forged({}, { exp: now + 10 * 365 * 86_400 }),
    'an end beyond numbers': forged({}, {}, undefined, (all) =>
      JSON.stringify(all).replace(/"exp":\d+/, '"exp":1e400'),
    ),
    'an end as text': forged({}, { exp: String(now + 600) }),
    'no end': forged({}, { exp: undefined }),
    'not valid yet': forged({}, { nbf: now + 600 }),
    'no session': forged({}, { sid: undefined }),
    'an unknown session': forged({}, { sid: '0190a000-0000-7000-8000-000000000001' }),
    'another person’s session': forged({}, { sub: store.staff.owner }),
    'a device that the session is not on': forged({}, { did: '0190a000-0000-7000-8000-000000000001' }),
    'claims said twice': forged({}, {}, undefined, (all) =>
      JSON.stringify(all).replace(/}$/, `,"sub":"${store.staff.owner}"}`),
    ),
    'claims that are no object': forged({}, {}, undefined, () => '"x"'),
    encrypted: jwe,
    'a token inside a token': `${nested}.${b64(good)}.${s}`,
    'a very long one': `${h}.${b64({ ...claims, pad: 'x'.repeat(9_000) })}.${s}`,
    'spaces inside': `${h}. ${c}.${s}`,
  };
  const answers = await Promise.all(
    Object.entries(tampered).map(async ([what, token]) => {
      const { status, body } = await me(token);
      return [what, status, body.error.code];
    }),
  );
  const wrong = answers.filter(
    ([what, status, code]) =>
      status !== 401 || (code !== 'TOKEN_INVALID' && !(what === 'spaces inside' && code === 'AUTHENTICATION_ERROR')),
  );
  expect(wrong).toEqual([]);
  expect(answers).toHaveLength(50);
  expect((await me(good)).status).toBe(200);
});

test('a token that was remembered is refused the moment it ends', async () => {
  expect((await me(good)).status).toBe(200);
  expect((await me(good)).status).toBe(200);
  store.clock.pass(15 * MINUTE);
  expect((await me(good)).body.error.code).toBe('TOKEN_EXPIRED');
});

test('a remembered token is refused on the next request after the role changed, the device or the person went', async () => {
  const owner = await store.token('owner');
  const cook = await store.token('cook');
  const device = await store.device();
  const { body: onDevice } = await store.pin('server', device.token);
  for (const token of [good, cook, onDevice.access_token]) expect((await me(token)).status).toBe(200);
  await store.ask('PATCH', `/staff/${store.staff.manager}`, {
    token: owner,
    json: { role: 'employee', preset: 'bar' },
  });
  await store.ask('PATCH', `/staff/${store.staff.cook}`, { token: owner, json: { is_active: false } });
  await store.ask('DELETE', `/devices/${device.id}`, { token: owner });
  for (const token of [good, cook, onDevice.access_token]) {
    expect((await me(token)).body.error.code).toBe('TOKEN_INVALID');
  }
  const { body } = await store.ask('GET', '/auth/staff', { device: device.token });
  expect(body.error.code).toBe('DEVICE_NOT_REGISTERED');
});

test.each<[string, (rows: RowWriter, found: (sql: string) => string) => void]>([
  [
    'the person left',
    (rows, found) =>
      rows.update(staffMemberTable, found(`SELECT id FROM staff_member WHERE first_name = 'Sam'`), { active: false }),
  ],
  [
    'the device was sent away',
    (rows, found) =>
      rows.update(deviceTable, found('SELECT id FROM device ORDER BY id DESC LIMIT 1'), { revokedAt: 1 }),
  ],
  [
    'the sign-in ended',
    (rows, found) =>
      rows.update(loginSessionTable, found('SELECT id FROM login_session ORDER BY id DESC LIMIT 1'), { revokedAt: 1 }),
  ],
])('a token is refused where %s, even if no fact was told of it', async (_, write) => {
  const device = await store.device();
  const { body } = await store.pin('server', device.token);
  expect((await me(body.access_token)).status).toBe(200);
  const connection = store.core().connection();
  write(createRowWriter(connection), (sql) => connection.sqlite.prepare<[], string>(sql).pluck().get() as string);
  expect((await me(body.access_token)).body.error.code).toBe('TOKEN_INVALID');
});

test('tokens outlive a restart', async () => {
  await store.restart();
  expect((await me(good)).status).toBe(200);
});

test('the keys lie in files that only the server’s user may read, apart from the database', async () => {
  const { statSync, readFileSync, writeFileSync } = await import('node:fs');
  const { loadKeys } = await import('./staff.keys.ts');
  const file = `${store.folder}/keys/secrets.json`;
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(`${store.folder}/keys`).mode & 0o777).toString(8)).toBe('700');
  const { signing, pin_pepper: pepper } = JSON.parse(readFileSync(file, 'utf8'));
  for (const secret of [...signing, pepper]) expect(store.written()).not.toContain(secret);
  expect(createPublicKey(key().privateKey).asymmetricKeyType).toBe('ed25519');
  writeFileSync(file, '{"signing":[]}');
  expect(() => loadKeys(store.folder, store.run().auth.ids)).toThrow('Put back the copy from your backup');
});
