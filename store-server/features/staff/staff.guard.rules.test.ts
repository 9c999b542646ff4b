import { expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  DAY,
  type GuardName,
  type GuardState,
  guardRules,
  untouched,
  waitFor,
} from './staff.guard.rules.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Somebody who tries again the very moment the doors let them, on several devices, for one person. */
function spray({ devices, hours, successEvery = 0 }: { devices: number; hours: number; successEvery?: number }) {
  const states = new Map<string, GuardState>();
  const guesses: { at: number; device: number }[] = [];
  const doorsOf = (device: number): [GuardName, string][] => [
    ['personOnDevice', `p ${device}`],
    ['device', `d ${device}`],
    ['person', 'p'],
  ];
  let now = 0;
  while (now < hours * HOUR) {
    const waits = Array.from({ length: devices }, (_, device) => ({
      device,
      ms: Math.max(
        ...doorsOf(device).map(([rule, id]) => waitFor(guardRules[rule], states.get(id) ?? untouched, now).ms),
      ),
    }));
    const soonest = waits.reduce((best, wait) => (wait.ms < best.ms ? wait : best));
    if (soonest.ms > 0) {
      now += soonest.ms;
      continue;
    }
    guesses.push({ at: now, device: soonest.device });
    for (const [rule, id] of doorsOf(soonest.device)) {
      let { state } = afterFailure(guardRules[rule], states.get(id) ?? untouched, now);
      if (successEvery > 0 && guesses.length % successEvery === 0) state = afterSuccess(state);
      states.set(id, state);
    }
  }
  return guesses;
}

const mostWithin = (times: readonly number[], window: number): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + window).length));

test.each([0, 3])(
  'one device guesses at most 20 times an hour, even with honest sign-ins in between (%i)',
  (successEvery) => {
    const guesses = spray({ devices: 1, hours: 72, successEvery });
    expect(
      mostWithin(
        guesses.map(({ at }) => at),
        HOUR,
      ),
    ).toBeLessThanOrEqual(20);
    expect(
      mostWithin(
        guesses.map(({ at }) => at),
        DAY,
      ),
    ).toBeLessThanOrEqual(20);
  },
);

test('a person’s PIN stands at most 60 guesses a day, whoever tries from wherever', () => {
  const guesses = spray({ devices: 12, hours: 72 });
  expect(
    mostWithin(
      guesses.map(({ at }) => at),
      DAY,
    ),
  ).toBe(60);
  for (let device = 0; device < 12; device += 1) {
    const own = guesses.filter((guess) => guess.device === device).map(({ at }) => at);
    if (own.length > 0) expect(mostWithin(own, HOUR)).toBeLessThanOrEqual(20);
  }
});

test('one vandal cannot use up the guesses that would lock a person out elsewhere', () => {
  expect(spray({ devices: 1, hours: 24 }).length).toBeLessThan(guardRules.person.most);
});

test('the waits are 1, 2, 4 and 8 seconds, then five minutes, then they begin again', () => {
  const rule = guardRules.personOnDevice;
  let state = untouched;
  let now = 0;
  const waits = Array.from({ length: 7 }, () => {
    state = afterFailure(rule, state, now).state;
    const { ms } = waitFor(rule, state, now);
    now += ms;
    return ms / SECOND;
  });
  expect(waits).toEqual([1, 2, 4, 8, 300, 1, 2]);
});

test('a lock never lasts longer than its length, even if the stored time makes no sense', () => {
  const nonsense: GuardState = { failures: [], streak: 5, lockedUntil: Number.MAX_SAFE_INTEGER };
  expect(waitFor(guardRules.device, nonsense, 0)).toEqual({ ms: HOUR, locked: true });
});
