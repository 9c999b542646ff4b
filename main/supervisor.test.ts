import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backOff } from './back-off.ts';
import { atRest, FakeServer } from './fake-shell.fixture.ts';
import { type Phase, Supervisor, type SupervisorLimits } from './supervisor.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function room(limits: Partial<SupervisorLimits> = {}) {
  const servers: FakeServer[] = [];
  const phases: Phase[] = [];
  const logged: string[] = [];
  const door = { open: true };
  const supervisor = new Supervisor({
    fork: () => {
      const server = new FakeServer();
      servers.push(server);
      return server;
    },
    probe: async () => door.open,
    chance: () => 0.5,
    log: (message) => logged.push(message),
    limits,
  });
  supervisor.onChange(({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  const latest = (): FakeServer => servers.at(-1) as FakeServer;
  /** A server that starts as it should. */
  const open = async (): Promise<void> => {
    latest().ready();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { supervisor, servers, phases, logged, door, latest, open };
}
const seconds = (n: number): Promise<unknown> => vi.advanceTimersByTimeAsync(n * 1000);

test('it is ready when it says so and its door answers, not before', async () => {
  const { supervisor, phases, door, latest } = room();
  supervisor.start();
  expect(phases).toEqual(['starting']);
  door.open = false;
  latest().ready();
  await seconds(3);
  expect(supervisor.state().phase).toBe('starting');
  door.open = true;
  await seconds(1);
  expect(supervisor.state()).toMatchObject({ phase: 'ready', url: 'http://127.0.0.1:8000/' });
});

test('a server that falls is started again, each time after a longer pause', async () => {
  const { supervisor, servers, latest } = room({ mostFailures: 100 });
  supervisor.start();
  const pauses: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const before = servers.length;
    latest().exits(1);
    let waited = 0;
    while (servers.length === before) {
      await vi.advanceTimersByTimeAsync(50);
      waited += 50;
    }
    pauses.push(waited);
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

test('a pause varies by a fifth and never passes thirty seconds', () => {
  expect([backOff(1, 0), backOff(1, 1)]).toEqual([200, 300]);
  expect([backOff(9, 0), backOff(9, 1), backOff(5_000, 1)]).toEqual([24_000, 30_000, 30_000]);
});

test('a minute of health, and what failed before no longer counts', async () => {
  const { supervisor, servers, open, latest } = room({ mostFailures: 3 });
  supervisor.start();
  for (let n = 0; n < 6; n += 1) {
    await open();
    await seconds(70);
    latest().exits(1);
    await seconds(1);
  }
  expect(servers).toHaveLength(7);
  expect(supervisor.state().phase).toBe('starting');
});

test('after so many falls in a row somebody has to look, and sees its last words', async () => {
  const { supervisor, servers, phases, latest } = room({ mostFailures: 3 });
  supervisor.start();
  for (let n = 0; n < 3; n += 1) {
    latest().writes(`cannot find the floor ${n}\n`);
    latest().exits(1);
    await seconds(31);
  }
  expect(servers).toHaveLength(3);
  expect(phases).toEqual(['starting', 'attention']);
  expect(supervisor.state().reason).toMatch(/stopped 3 times in a row/);
  expect(supervisor.lines()).toEqual(['cannot find the floor 0', 'cannot find the floor 1', 'cannot find the floor 2']);

  supervisor.start();
  expect(servers, 'somebody said start again').toHaveLength(4);
});

test('a server that knows why it cannot start is believed at once', async () => {
  const { supervisor, servers, latest } = room();
  supervisor.start();
  latest().says({ type: 'failed', sentence: 'Port 8000 is taken by "httpd".' });
  latest().exits(1);
  await seconds(60);
  expect(servers).toHaveLength(1);
  expect(supervisor.state()).toMatchObject({ phase: 'attention', reason: 'Port 8000 is taken by "httpd".' });
});

test('three beats missed: it is ended and started again; one missed beat only shows', async () => {
  const { supervisor, servers, phases, open, latest } = room();
  supervisor.start();
  await open();
  latest().service = null;
  await seconds(10);
  expect(phases).toEqual(['starting', 'ready', 'degraded']);
  latest().service = atRest;
  await seconds(10);
  expect(supervisor.state().phase).toBe('ready');
  latest().service = null;
  const hung = latest();
  await seconds(20.1);
  expect(hung.killed).toBe(true);
  await seconds(1);
  expect(servers).toHaveLength(2);
});

test('a server that answers over its port but whose door is shut is ended as well', async () => {
  const { supervisor, open, door, latest } = room();
  supervisor.start();
  await open();
  const shut = latest();
  door.open = false;
  await seconds(20.1);
  expect(shut.killed).toBe(true);
});

test('an answer to an earlier beat is no sign of life', async () => {
  const { supervisor, open, latest } = room();
  supervisor.start();
  await open();
  latest().service = null;
  await seconds(5);
  latest().says({ type: 'pong', n: 1, service: atRest });
  await seconds(5);
  expect(supervisor.state().phase).toBe('degraded');
});

test('a disk that takes no writes shows as a problem, and goes away by itself', async () => {
  const { supervisor, open, latest } = room();
  supervisor.start();
  await open();
  latest().service = { ...atRest, read_only: true };
  await seconds(10);
  expect(supervisor.state()).toMatchObject({ phase: 'degraded', reason: expect.stringContaining('takes no writes') });
  latest().service = { ...atRest, open_checks: 2 };
  await seconds(10);
  expect(supervisor.state()).toMatchObject({ phase: 'ready', reason: null, service: { open_checks: 2 } });
});

test('a beat that brings nothing new tells nobody', async () => {
  const { supervisor, open } = room();
  supervisor.start();
  await open();
  await seconds(10);
  const told = vi.fn();
  supervisor.onChange(told);
  await seconds(60);
  expect(told).not.toHaveBeenCalled();
});

test('it is asked to stop, and leaves by itself', async () => {
  const { supervisor, phases, open, latest } = room();
  supervisor.start();
  await open();
  const stopped = supervisor.stop();
  const again = supervisor.stop();
  expect(latest().sent.filter(({ type }) => type === 'shutdown')).toHaveLength(1);
  latest().says({ type: 'bye' });
  latest().exits(0);
  await Promise.all([stopped, again]);
  expect(latest().killed).toBe(false);
  expect(phases.slice(-2)).toEqual(['stopping', 'stopped']);
  await seconds(60);
  expect(supervisor.state().phase).toBe('stopped');
});

test('one that does not leave within ten seconds is ended', async () => {
  const { supervisor, open, latest } = room();
  supervisor.start();
  await open();
  const stopped = supervisor.stop();
  await seconds(9.9);
  expect(latest().killed).toBe(false);
  await seconds(0.2);
  await stopped;
  expect(latest().killed).toBe(true);
});

test('stopping in the middle of a pause starts nothing afterwards', async () => {
  const { supervisor, servers, latest } = room();
  supervisor.start();
  latest().exits(1);
  await supervisor.stop();
  await seconds(60);
  expect(servers).toHaveLength(1);
  supervisor.start();
  expect(servers).toHaveLength(2);
});

test('one that never gets ready is ended and tried again', async () => {
  const { supervisor, servers, latest } = room({ startMs: 20_000 });
  supervisor.start();
  const first = latest();
  await seconds(20.1);
  expect(first.killed).toBe(true);
  await seconds(1);
  expect(servers).toHaveLength(2);
});

test('sleep is no silence: beats pause, and the server is told when the computer wakes', async () => {
  const { supervisor, open, latest } = room();
  supervisor.start();
  await open();
  supervisor.suspend();
  latest().service = null;
  await seconds(600);
  expect(latest().killed).toBe(false);
  latest().service = atRest;
  supervisor.resume();
  await seconds(6);
  expect(latest().sent.map(({ type }) => type)).toContain('resumed');
  expect(supervisor.state().phase).toBe('ready');
});

test('words from a server that is gone, or of no known shape, change nothing', async () => {
  const { supervisor, servers, open, latest } = room();
  supervisor.start();
  const gone = latest();
  gone.exits(1);
  await seconds(1);
  gone.ready();
  gone.exits(1);
  await seconds(1);
  expect(servers).toHaveLength(2);
  latest().says({ type: 'sing' });
  expect(supervisor.state().phase).toBe('starting');
  await open();
  expect(supervisor.state().phase).toBe('ready');
});

test('a server that goes to another store and back has not fallen, however long it takes', async () => {
  const { supervisor, servers, phases, logged, open, door, latest } = room();
  supervisor.start();
  latest().says({ type: 'way_in', setup_code: 'AAAA-BBBB-CCCC', demo_people: [] });
  await open();
  const before = supervisor.state().url;
  latest().says({ type: 'changing' });
  expect(supervisor.wayIn(), 'the code of a store that is not open').toBeNull();
  door.open = false;
  latest().service = null;
  await seconds(60);
  expect([servers.length, supervisor.state().phase, supervisor.state().url]).toEqual([1, 'starting', before]);

  const people = [{ who: 'owner', email: 'owner@demo.test', password: 'demo-owner-1' }];
  latest().says({ type: 'way_in', setup_code: null, demo_people: people });
  door.open = true;
  latest().service = atRest;
  await open();
  await seconds(30);
  expect([supervisor.state().phase, supervisor.state().service]).toEqual(['ready', atRest]);
  expect(supervisor.wayIn()?.demo_people).toEqual(people);
  expect([phases, logged]).toEqual([['starting', 'ready', 'starting', 'ready'], []]);
});

test('a server that never comes back from another store is ended and started again', async () => {
  const { supervisor, servers, open, latest } = room({ startMs: 20_000 });
  supervisor.start();
  await open();
  const lost = latest();
  lost.says({ type: 'changing' });
  await seconds(20.5);
  expect([lost.killed, servers.length]).toEqual([true, 2]);

  // And one that is told to stop meanwhile stops.
  await open();
  const stopping = supervisor.stop();
  latest().says({ type: 'changing' });
  latest().exits(0);
  await stopping;
  expect(supervisor.state().phase).toBe('stopped');
});
