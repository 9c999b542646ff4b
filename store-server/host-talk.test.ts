import { expect, test, vi } from 'vitest';
import type { FromStore, Service } from '#contract/host.ts';
import { openStore } from '../test/harness/open-store.ts';
import { answerHost, type OpenStoreTalk } from './host-talk.ts';
import { serviceState } from './service-state.ts';

const quiet: Service = { open_shifts: 0, open_checks: 0, waiting_slips: 0, read_only: false };

const calm: OpenStoreTalk = {
  service: () => quiet,
  resumed: async () => undefined,
  snapshot: async () => '2025-06-18-1800',
};

function talk(store: OpenStoreTalk | null) {
  const said: FromStore[] = [];
  const log = vi.fn();
  const shutdown = vi.fn();
  return {
    said,
    log,
    shutdown,
    hear: answerHost({ send: (one) => said.push(one), shutdown, store: () => store, log }),
  };
}

test('a ping is answered with its number and with whether the restaurant is at work', () => {
  const { said, hear } = talk({ ...calm });
  hear({ type: 'ping', n: 7 });
  expect(said).toEqual([{ type: 'pong', n: 7, service: quiet }]);
});

test('a server that is still opening can be stopped, and has no pulse yet', () => {
  const { said, shutdown, hear } = talk(null);
  hear({ type: 'ping', n: 1 });
  hear({ type: 'resumed' });
  hear({ type: 'shutdown' });
  expect(said).toEqual([]);
  expect(shutdown).toHaveBeenCalledOnce();
});

test('before an update the host asks for a snapshot, and hears its name or why there is none', async () => {
  const well = talk(calm);
  well.hear({ type: 'snapshot', n: 1 });
  await vi.waitFor(() =>
    expect(well.said).toEqual([{ type: 'snapshot', n: 1, name: '2025-06-18-1800', problem: null }]),
  );
  const full = talk({ ...calm, snapshot: () => Promise.reject(new Error('the disk is full')) });
  full.hear({ type: 'snapshot', n: 2 });
  await vi.waitFor(() =>
    expect(full.said).toEqual([{ type: 'snapshot', n: 2, name: null, problem: 'the disk is full' }]),
  );
  const early = talk(null);
  early.hear({ type: 'snapshot', n: 3 });
  expect(early.said).toEqual([{ type: 'snapshot', n: 3, name: null, problem: 'the server is still starting' }]);
});

test('a device that does not come back after sleep is noted, and the server goes on', async () => {
  const { log, hear } = talk({ ...calm, resumed: () => Promise.reject(new Error('no network')) });
  hear({ type: 'resumed' });
  await vi.waitFor(() =>
    expect(log).toHaveBeenCalledWith('error', expect.any(String), { reason: 'Error: no network' }),
  );
});

test.each([null, 'shutdown', { type: 'reboot' }, { type: 'ping', n: 'x' }])('%j is not in the contract', (message) => {
  const { said, log, shutdown, hear } = talk(null);
  hear(message);
  expect(said).toEqual([]);
  expect(shutdown).not.toHaveBeenCalled();
  expect(log).toHaveBeenCalledWith('warn', expect.stringContaining('not in the contract'));
});

test('an open check and an open shift are service; a waking store keeps serving', async () => {
  const store = await openStore();
  try {
    const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
    const before = serviceState(store.server.core);
    await manager.must('POST', 'orders', { order_type: 'takeaway' });
    await manager.must('POST', 'pos/sessions', { opening_float: 100 });
    expect(serviceState(store.server.core)).toMatchObject({
      open_checks: before.open_checks + 1,
      open_shifts: before.open_shifts + 1,
      read_only: false,
    });
    await store.server.resumed();
    expect((await manager.get('/health')).status).toBe(200);
  } finally {
    await store.close();
  }
});
