import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type ParentHost, watchParent } from './parent-port.ts';

test('a server that nobody watches over runs on its own', () => {
  const port = watchParent({ onGone: () => expect.unreachable() }, {});
  expect(port.host).toBe('none');
  port.send({ type: 'ready' });
  port.close();
});

class Fork extends EventEmitter implements ParentHost {
  connected = true;
  sent: unknown[] = [];
  channel = { unref: vi.fn() };
  send = (message: unknown) => this.sent.push(message) > 0;
}

test('a launched server is told once when its launcher dies, and hears messages until then', () => {
  const host = new Fork();
  const onGone = vi.fn();
  const onMessage = vi.fn();
  const port = watchParent({ onGone, onMessage }, host);

  host.emit('message', { type: 'shutdown' });
  host.emit('disconnect');
  host.emit('disconnect');

  expect(port.host).toBe('fork');
  expect(onMessage).toHaveBeenCalledExactlyOnceWith({ type: 'shutdown' });
  expect(onGone).toHaveBeenCalledTimes(1);
  expect(host.channel.unref, 'a finished server can leave').toHaveBeenCalled();
});

test('nothing is written into a channel that has closed', () => {
  const host = new Fork();
  const port = watchParent({ onGone: () => {} }, host);
  port.send('ready');
  host.connected = false;
  port.send('too late');
  expect(host.sent).toEqual(['ready']);
});

test('a launcher that died while the server was still loading is noticed', async () => {
  const host = new Fork();
  host.connected = false;
  const onGone = vi.fn();
  watchParent({ onGone }, host);
  await Promise.resolve();
  expect(onGone).toHaveBeenCalledTimes(1);
});

test('a server that is already stopping no longer listens', () => {
  const host = new Fork();
  const onGone = vi.fn();
  watchParent({ onGone }, host).close();
  host.emit('disconnect');
  expect(onGone).not.toHaveBeenCalled();
});

test('inside the desktop shell, messages travel through its port', () => {
  const parentPort = Object.assign(new EventEmitter(), { postMessage: vi.fn<(message: unknown) => void>() });
  const onMessage = vi.fn();
  const onGone = vi.fn();
  const port = watchParent({ onGone, onMessage }, { parentPort });

  parentPort.emit('message', { data: 'shutdown' });
  port.send('bye');
  parentPort.emit('close');
  port.close();
  parentPort.emit('message', { data: 'again' });

  expect(port.host).toBe('utility');
  expect(onMessage).toHaveBeenCalledExactlyOnceWith('shutdown');
  expect(parentPort.postMessage).toHaveBeenCalledExactlyOnceWith('bye');
  expect(onGone).toHaveBeenCalledTimes(1);
});
