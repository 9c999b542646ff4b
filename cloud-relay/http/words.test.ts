import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../relay.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
afterAll(() => at?.stop());

test('the relay refuses in words of its own: it has no PINs, no managers to ask and is no restaurant’s server', async () => {
  const owner = { email: 'owner@platform.test', password: 'guess' };
  expect(await at.call('POST /api/v1/auth/login', { body: owner })).toMatchObject({
    status: 401,
    code: 'INVALID_CREDENTIALS',
    message: 'That sign-in is not right.',
    details: { suggestion: 'Check the e-mail address and the password and try again.' },
  });
  expect(await at.call('GET /api/v1/auth/me', { token: 'forged' })).toMatchObject({
    status: 401,
    code: 'TOKEN_INVALID',
    details: { suggestion: 'Sign in again on this relay.' },
  });
  const token = await at.signIn();
  const kim = { email: 'kim@platform.test', name: 'Kim', role: 'viewer', password: 'kims-password' };
  expect((await at.call('POST /api/v1/platform/users', { body: kim, token })).status).toBe(201);
  const { data } = await at.call('POST /api/v1/auth/login', { body: { email: kim.email, password: kim.password } });
  expect(await at.call('POST /api/v1/platform/claim-codes', { body: {}, token: data.access_token })).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
    details: { suggestion: 'Ask an owner of the platform to do it or to change your role.' },
  });
});
