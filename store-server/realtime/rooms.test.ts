import { expect, test } from 'vitest';
import { staffActor } from '../commands/caller.ts';
import { audiencesIn, socketAddress } from './rooms.ts';

const id = '0197b2c0-0000-7000-8000-000000000001';

test.each([
  [`/api/v1/websocket/ws/${id}`, 'general'],
  [`/api/v1/websocket/ws/pos/${id}`, 'pos'],
  [`/api/v1/websocket/ws/kitchen/${id}/`, 'kitchen'],
  [`/websocket/ws/management/${id}`, 'management'],
  [`/ws/${id}`, 'general'],
  [`/ws/pos/${id.toUpperCase()}`, 'pos'],
])('%s leads to the %s socket', (path, room) => {
  expect(socketAddress(path)).toEqual({ room, restaurantId: id });
});

test.each(['/', '/ws', '/ws/', '/ws/pos', '/ws/portal/x', `/ws/platform/${id}`, `/api/ws/${id}`, `/ws/pos/${id}/more`])(
  '%s leads to no socket',
  (path) => expect(socketAddress(path)).toBeUndefined(),
);

test.each([
  ['manager', null, 'general', ['pos', 'kitchen', 'management']],
  ['restaurant_owner', null, 'management', ['management']],
  ['employee', 'server', 'general', ['pos', 'kitchen']],
  ['employee', 'server', 'management', []],
  ['employee', 'bar', 'pos', ['pos']],
  ['employee', 'kitchen', 'general', ['kitchen']],
  ['employee', 'kitchen', 'pos', []],
  ['employee', null, 'general', []],
] as const)('a %s (%s) in the %s room hears %j', (role, preset, room, heard) => {
  expect(audiencesIn(room, staffActor('x', role, preset))).toEqual(heard);
});
