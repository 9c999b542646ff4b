import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCommandRoute, type Route } from '../../store-server/http/route.ts';
import type { ApiClient, Ask, Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { peopleOf } from '../harness/people.ts';
import { standing, watched } from './watch.ts';

/** What is alike for every operation, asked of every route in the table. Each refusal is looked at in passing. */

const stranger = '00000000-0000-7000-8000-00000000dead';
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

let store: TestStore;
let manager: ApiClient;
let routes: readonly Route[];
const commands = () => routes.filter(isCommandRoute);
/** A real order's id stands for every id, so that nothing but what is tried is wrong. */
const pathOf = ({ path }: Route, id = stranger): string => path.replaceAll(/:\w+/g, id);
const send = (route: Route, ask: Ask = {}, query = '', client = manager): Promise<Reply> =>
  client.ask(route.method.toUpperCase(), `${pathOf(route)}${query}`, undefined, ask);

beforeAll(async () => {
  store = watched(await openStore({ perSecond: 100_000 }));
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const { code } = await manager.must('POST', 'devices/codes');
  manager.device = (await manager.must('POST', 'devices/register', { code, name: 'Office' })).device_token;
  ({ routes } = store.server);
});
afterAll(() => store.close());

/** Asks all of these and insists that each is answered alike. */
async function everyOne(
  those: readonly Route[],
  ask: (route: Route) => Promise<Reply>,
  expected: unknown[],
): Promise<void> {
  expect(those.length).toBeGreaterThan(0);
  for (const route of those) expect(told(await ask(route)), route.operation).toEqual(expected);
}

describe('who is it', () => {
  const closed = () => routes.filter(({ access }) => access !== 'public' && access !== 'device');

  test('nobody: please sign in first', () =>
    everyOne(closed(), (route) => send(route, { token: null }), [401, 'AUTHENTICATION_ERROR', null]));

  test('a token that somebody wrote upon', async () => {
    const [head, payload = '', signature] = (manager.token ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const grown = Buffer.from(JSON.stringify({ ...claims, exp: 4_102_444_800 })).toString('base64url');
    await everyOne(closed(), (route) => send(route, { token: `${head}.${grown}.${signature}` }), [
      401,
      'TOKEN_INVALID',
      null,
    ]);
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const token of [`${unsigned}.${payload}.`, `${unsigned}.${payload}.${signature}`, 'fake-jwt-token', '..']) {
      expect(told(await manager.get('auth/me', { token })), token).toEqual([401, 'TOKEN_INVALID', null]);
    }
  });

  test('a token of another restaurant', async () => {
    const other = await openStore();
    const theirs = await other.signedIn('manager@demo.test', 'demo-manager-1');
    expect((await theirs.get('auth/me')).status).toBe(200);
    await everyOne(closed(), (route) => send(route, { token: theirs.token }), [401, 'TOKEN_INVALID', null]);
    await other.close();
  });

  test('somebody from the kitchen, at what only others may do', async () => {
    const people = peopleOf({ host: '127.0.0.1', port: store.server.port });
    const marcus = await people.atDesk('manager@demo.test', 'demo-manager-1');
    const daniel = await (await people.ipad('Kitchen iPad', marcus)).signIn('Daniel', '9153');
    const cook = store.client();
    Object.assign(cook, { token: daniel.api.token, device: daniel.api.device });
    const may = (route: Route): boolean => {
      const needs = isCommandRoute(route) ? (route.command.permission ?? route.access) : route.access;
      return [
        'public',
        'device',
        'signed_in',
        'menu.read',
        'menu.availability',
        'orders.read',
        'floor.read',
        'settings.read',
        'kitchen.read',
        'kitchen.bump',
        'printers.read',
      ].includes(needs);
    };
    const others = routes.filter((route) => !may(route));
    expect(others.length).toBeGreaterThan(40);
    for (const route of others) {
      const reply = await send(route, {}, '', cook);
      // What a manager may approve is refused with the way to that approval, once it is clear what for.
      const asks = isCommandRoute(route) && route.command.target !== undefined;
      expect(asks ? [403, 422] : [403], route.operation).toContain(reply.status);
      if (reply.status === 403) expect(['FORBIDDEN', 'APPROVAL_NEEDED']).toContain(reply.body.error.code);
    }
    people.goHome();
  });
});

describe('which restaurant', () => {
  const notHere = [404, 'NOT_FOUND', 'restaurant_id'];

  test('another one in a header, whatever is asked', () =>
    everyOne(routes, (route) => send(route, { headers: { 'X-Restaurant-Id': stranger } }), notHere));

  test('another one in the query', () =>
    everyOne(routes, (route) => send(route, {}, `?restaurant_id=${stranger}`), notHere));

  test('another one in the body', () =>
    everyOne(
      commands(),
      (route) => manager.ask(route.method.toUpperCase(), pathOf(route), { restaurant_id: stranger }),
      notHere,
    ));

  test('our own is welcome in all of these places', async () => {
    const own = store.restaurantId;
    const ours = await manager.get(`settings?restaurant_id=${own}`, { headers: { 'X-Restaurant-Id': own } });
    expect(ours.status).toBe(200);
    const same = await manager.put('settings', { restaurant_id: own, default_vat_bps: 2000 });
    expect(same.status).toBe(200);
  });
});

describe('what was sent', () => {
  test('JSON that breaks off', () =>
    everyOne(commands(), (route) => send(route, { raw: '{"reason":"bro' }), [400, 'INVALID_JSON', null]));

  test('JSON as deep as a well', () =>
    everyOne(commands(), (route) => send(route, { raw: `{"a":${'['.repeat(500)}${']'.repeat(500)}}` }), [
      422,
      'VALIDATION_ERROR',
      'a',
    ]));

  test('JSON as big as a telephone directory', async () => {
    const directory = (route: Route) =>
      JSON.stringify({ reason: 'x'.repeat(Math.max(isCommandRoute(route) ? route.bodyBytes : 0, 70_000)) });
    await everyOne(commands(), (route) => send(route, { raw: directory(route) }), [413, 'BODY_TOO_LARGE', null]);
  });

  test('something that is no JSON at all', () =>
    everyOne(commands(), (route) => send(route, { raw: 'a=b', headers: { 'Content-Type': 'text/plain' } }), [
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      null,
    ]));

  test('a list where an object has to be', async () => {
    for (const route of commands().filter(({ body, tolerant }) => body !== null && !tolerant)) {
      const reply = await send(route, { raw: '[]' });
      expect([reply.status, reply.body.error.code], route.operation).toEqual([422, 'VALIDATION_ERROR']);
    }
  });

  test('a field of the body that nobody knows, on our own paths', async () => {
    for (const route of commands().filter(({ tolerant }) => !tolerant)) {
      // A split says first which kind of split it is.
      const sent = { wibble: 1, ...(route.operation === 'orders.split' ? { mode: 'seats' } : {}) };
      const { status, body } = await manager.ask(route.method.toUpperCase(), pathOf(route), sent);
      const named = body.error.details.validation_errors.map(({ field }: { field: string }) => field);
      expect([status, named], route.operation).toEqual([422, expect.arrayContaining(['wibble'])]);
    }
  });

  test('a field of the query that nobody knows, on our own paths', () =>
    everyOne(
      routes.filter(({ tolerant }) => !tolerant),
      (route) => send(route, {}, '?wibble=1'),
      [422, 'UNKNOWN_FIELD', 'wibble'],
    ));

  test('an id that is none', async () => {
    const withId = routes.filter(({ path }) => path.includes(':'));
    expect(withId.length).toBeGreaterThan(30);
    for (const route of withId) {
      const { status, body } = await manager.ask(route.method.toUpperCase(), pathOf(route, 'seven'));
      expect([status, body.error.code], route.operation).toEqual([422, 'VALIDATION_ERROR']);
      expect(route.path, route.operation).toContain(`:${body.error.field}`);
    }
  });

  test('an id that nobody has, to look at', () =>
    Promise.all(
      routes
        .filter((route) => !isCommandRoute(route) && route.path.includes(':'))
        .map(async (route) => {
          const { status, body } = await send(route);
          expect([status, body.error.code], route.operation).toEqual([404, 'NOT_FOUND']);
          expect(route.path, route.operation).toContain(`:${body.error.field}`);
        }),
    ));
});

test('a sign-in that has run out is asked to sign in again', async () => {
  const before = standing(store.server.core.connection());
  store.clock.jump(13 * 3_600_000);
  for (const route of routes.filter(({ access }) => access === 'signed_in')) {
    expect(told(await send(route)), route.operation).toEqual([401, 'TOKEN_EXPIRED', null]);
  }
  expect(standing(store.server.core.connection())).toEqual(before);
});
