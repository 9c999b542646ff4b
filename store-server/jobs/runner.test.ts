import { setTimeout as realPause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JobOutcome, RunnableJob, RunnerDeps } from './lanes.ts';
import { createJobRunner } from './runner.ts';

interface Row extends RunnableJob {
  retryAt: number | null;
  attempt: number;
  over: boolean;
}
const done: JobOutcome = { kind: 'done', confirmed: true, flag: null };
const later = (retryInMs: number): JobOutcome => ({ kind: 'failed', reason: 'refused', retryInMs });

/** A queue in memory and a runner for it. `diary` is everything that happened, in order. */
function setUp(over: Partial<RunnerDeps<Row>> = {}) {
  const rows: Row[] = [];
  const diary: string[] = [];
  const complaints: string[] = [];
  let now = 1_000;
  const runner = createJobRunner<Row>({
    next: (lane) => rows.find((row) => row.lane === lane && !row.over),
    async start(row) {
      row.attempt += 1;
      return row;
    },
    async finish(row, outcome) {
      diary.push(`${row.id} ${outcome.kind === 'done' ? 'done' : outcome.reason}`);
      row.over = outcome.kind === 'done' || outcome.kind === 'dead';
      row.retryAt = 'retryInMs' in outcome ? now + outcome.retryInMs : null;
    },
    run: async () => done,
    now: () => now,
    sleep: async (ms, signal) => void (await realPause(ms, undefined, { signal })),
    log: (_level, message) => void complaints.push(message),
    retryNoteMs: 5,
    graceMs: 40,
    ...over,
  });
  const add = (lane: string, ...ids: string[]) => {
    for (const id of ids) {
      rows.push({ id, lane, kind: 'print', attempt: 0, retryAt: null, diesAt: null, over: false });
    }
    runner.poke([lane]);
  };
  const wait = (ms: number) => {
    now += ms;
  };
  return { rows, diary, complaints, runner, add, wait };
}

test('a lane does its jobs in order, and another lane does not wait for it', async () => {
  const release = new AbortController();
  const { diary, add, runner } = setUp({
    run: async (job) => {
      if (job.id === 'slow') await realPause(10_000, undefined, { signal: release.signal }).catch(() => undefined);
      return done;
    },
  });
  add('grill', 'slow', 'b', 'c');
  add('bar', 'x', 'y');
  await expect.poll(() => diary).toEqual(['x done', 'y done']);
  release.abort();
  await expect.poll(() => diary.slice(2)).toEqual(['slow done', 'b done', 'c done']);
  await runner.close();
});

test('a job that fails holds its lane until it works, and is tried again by itself', async () => {
  let tries = 0;
  const { diary, add, runner } = setUp({ run: async (job) => (job.id === 'a' && ++tries < 3 ? later(10) : done) });
  add('grill', 'a', 'b');
  await expect.poll(() => diary).toEqual(['a refused', 'a refused', 'a done', 'b done']);
  await runner.close();
});

test('a nudge ends a wait at once and gives an attempt a moment before it is cut off', async () => {
  let hanging = true;
  const { diary, add, runner } = setUp({
    async run(job, signal) {
      if (job.id === 'a' && job.attempt === 1) return later(60_000);
      if (job.id !== 'hangs' || !hanging) return done;
      await realPause(60_000, undefined, { signal }).catch(() => undefined);
      hanging = false;
      return { kind: 'uncertain', reason: 'cancelled', retryInMs: 0 };
    },
  });
  add('grill', 'a');
  await expect.poll(() => diary).toEqual(['a refused']);
  runner.nudge('grill');
  await expect.poll(() => diary).toEqual(['a refused', 'a done']);
  add('grill', 'hangs');
  await realPause(10);
  const before = performance.now();
  runner.nudge('grill');
  await expect.poll(() => diary.slice(2)).toEqual(['hangs cancelled', 'hangs done']);
  expect(performance.now() - before).toBeGreaterThan(30);
  await runner.close();
});

test('a nudge does not disturb an attempt that ends by itself', async () => {
  const { diary, add, runner } = setUp({
    run: async (_job, signal) => {
      await realPause(15);
      return signal.aborted ? later(0) : done;
    },
  });
  add('grill', 'a', 'b');
  await realPause(5);
  runner.nudge('grill');
  await expect.poll(() => diary).toEqual(['a done', 'b done']);
  await realPause(60);
  expect(diary).toEqual(['a done', 'b done']);
  await runner.close();
});

test('what came too late is not done any more', async () => {
  const { rows, diary, add, runner, wait } = setUp();
  wait(10_000);
  rows.push({ id: 'pulse', lane: 'drawer', kind: 'drawer', attempt: 0, retryAt: null, diesAt: 10_999, over: false });
  add('drawer', 'next');
  await expect.poll(() => diary).toEqual(['pulse too_late', 'next done']);
  await runner.close();
});

test('a database that cannot be read or written for a while delays, and loses or repeats nothing', async () => {
  let trouble = 0;
  const ran: string[] = [];
  const house = setUp({
    next(lane) {
      if (++trouble % 3 === 0) throw new Error('the database is being reopened');
      return house.rows.find((row) => row.lane === lane && !row.over);
    },
    async start(row) {
      if (++trouble % 2 === 0) throw new Error('STORE_READ_ONLY');
      row.attempt += 1;
      return row;
    },
    async finish(row, outcome) {
      if (++trouble % 4 !== 0) throw new Error('STORE_READ_ONLY');
      house.diary.push(`${row.id} ${outcome.kind}`);
      row.over = true;
    },
    async run(job) {
      ran.push(job.id);
      return done;
    },
  });
  const ids = Array.from({ length: 12 }, (_, at) => `job ${at}`);
  house.add('grill', ...ids);
  await expect.poll(() => house.diary).toEqual(ids.map((id) => `${id} done`));
  expect(ran).toEqual(ids);
  await house.runner.close();
});

test('a bug in the doing is an uncertain end, not the end of the lane', async () => {
  let first = true;
  const { diary, complaints, add, runner } = setUp({
    async run() {
      if (!first) return done;
      first = false;
      throw new TypeError('a bug');
    },
  });
  add('grill', 'a');
  await expect.poll(() => diary).toEqual(['a internal_error']);
  expect(complaints).toEqual(['a job failed in an unexpected way']);
  runner.nudge('grill');
  await expect.poll(() => diary).toEqual(['a internal_error', 'a done']);
  await runner.close();
});

test('closing lets what is nearly done end, cuts off what hangs, notes both, and begins nothing new', async () => {
  const { diary, add, runner } = setUp({
    async run(job, signal) {
      await realPause(job.id === 'quick' ? 15 : 60_000, undefined, { signal }).catch(() => undefined);
      return signal.aborted ? { kind: 'uncertain', reason: 'cancelled', retryInMs: 0 } : done;
    },
  });
  add('grill', 'quick', 'never');
  add('bar', 'hangs', 'never');
  await realPause(5);
  await runner.close();
  expect(diary.sort()).toEqual(['hangs cancelled', 'quick done']);
  runner.poke(['grill']);
  runner.nudge('grill');
  await realPause(20);
  expect(diary).toHaveLength(2);
});

test('closing in the middle of noting a start gives the job back untouched', async () => {
  const { diary, add, runner } = setUp({
    async start(row) {
      await realPause(20);
      row.attempt += 1;
      return row;
    },
  });
  add('grill', 'a');
  await realPause(5);
  await runner.close();
  expect(diary).toEqual(['a cancelled']);
});
