import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { callerOf, staffActor } from '../../commands/caller.ts';
import { defineCommand } from '../../commands/define.ts';
import { MINUTE, openStaffedStore, people, SECOND, type StaffedStore } from './staff.fixture.ts';

let store: StaffedStore;
let device: { id: string; token: string };
let server: string;
beforeEach(async () => {
  store = await openStaffedStore();
  device = await store.device();
  server = (await store.pin('server', device.token)).body.access_token;
});
afterEach(() => store.close());

const line = '0190a000-0000-7000-8000-000000000042';
const approve = (more: object = {}, ask: object = {}) =>
  store.ask('POST', '/approvals', {
    json: {
      user_id: store.staff.manager,
      pin: people.manager.pin,
      command: 'orders.void_line',
      target_id: line,
      ...more,
    },
    token: server,
    device: device.token,
    ...ask,
  });

/** Stands for the real void: needs what only a manager may. */
const guarded = defineCommand({
  name: 'orders.void_line',
  permission: 'orders.void_fired',
  input: z.object({ line_id: z.string() }),
  target: ({ line_id: id }) => id,
  handle: ({ approvedBy }) => ({ approvedBy }),
});
const voidLine = (approvalId: string | null, id = line) =>
  store
    .core()
    .execute(guarded, callerOf(staffActor(store.staff.server, 'employee', 'server'), { approvalId }), { line_id: id })
    .then(
      ({ data }) => data.approvedBy,
      (error: { problem: { code: string; details: { reason?: string } } }) =>
        error.problem.details.reason ?? error.problem.code,
    );

test('a manager’s PIN on the server’s iPad approves one void, once, within a minute', async () => {
  const { status, body } = await approve();
  expect(status).toBe(201);
  expect(body.data).toEqual({ approval_id: expect.any(String), expires_at: '2025-06-18T19:31:00.000Z' });
  expect(store.facts().at(-1)).toEqual({
    kind: 'approval.granted',
    body: {
      approval_id: body.approval_id,
      approver_id: store.staff.manager,
      command: 'orders.void_line',
      target_id: line,
    },
  });
  expect(await voidLine(null)).toBe('APPROVAL_NEEDED');
  expect(await voidLine(body.approval_id, '0190a000-0000-7000-8000-000000000043')).toBe('for_something_else');
  expect(await voidLine(body.approval_id)).toBe(store.staff.manager);
  expect(await voidLine(body.approval_id)).toBe('used');
  const late = await approve();
  store.clock.pass(MINUTE);
  expect(await voidLine(late.body.approval_id)).toBe('expired');
});

test('an approval for a refund does not void', async () => {
  const { body } = await approve({ command: 'payments.refund' });
  expect(await voidLine(body.approval_id)).toBe('for_something_else');
});

test('a wrong PIN is counted with those of signing in, and locks the manager on this iPad only', async () => {
  for (const wait of [1, 2, 4, 8]) {
    const wrong = await approve({ pin: '135791' });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    store.clock.pass(wait * SECOND);
  }
  expect((await store.pin('manager', device.token, '135791')).status).toBe(401);
  expect((await approve()).status).toBe(423);
  const other = await store.device();
  expect((await store.pin('manager', other.token)).status).toBe(200);
  expect((await store.ask('GET', '/auth/me', { token: server })).status).toBe(200);
});

test.each([
  ['somebody who may not approve', { user_id: 'cook', pin: people.cook.pin }, [403, 'FORBIDDEN']],
  ['a command that takes no approval', { command: 'settings.change' }, [422, 'VALIDATION_ERROR']],
  ['no target', { target_id: '' }, [422, 'VALIDATION_ERROR']],
  ['a PIN that is none', { pin: 'abc' }, [422, 'VALIDATION_ERROR']],
  ['an unknown field', { forever: true }, [422, 'UNKNOWN_FIELD']],
])('no approval by or for %s', async (_, more, expected) => {
  const given = 'user_id' in more ? { ...more, user_id: store.staff.cook } : more;
  const { status, body } = await approve(given);
  expect([status, body.error.code]).toEqual(expected);
});

test('without a registered device only a manager may ask for one', async () => {
  const bare = (
    await store.ask('POST', '/auth/login', { json: { email: 'server', password: 'server-canary-password' } })
  ).body;
  const json = { user_id: store.staff.owner, pin: people.owner.pin, command: 'payments.refund', target_id: line };
  const no = await store.ask('POST', '/approvals', { json, token: bare.access_token });
  expect([no.status, no.body.error.code]).toEqual([401, 'DEVICE_NOT_REGISTERED']);
  expect((await store.ask('POST', '/approvals', { json, token: await store.token('manager') })).status).toBe(201);
  expect((await store.ask('POST', '/approvals', { json })).body.error.code).toBe('AUTHENTICATION_ERROR');
});
