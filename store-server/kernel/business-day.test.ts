import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, businessDayOf, dayBounds, daysBetween, guardedDay, hourInStore } from './business-day.ts';

const at = (text: string) => Date.parse(text);
const hours = (day: string, zone: string, cutOff = '04:00') => {
  const { start, end } = dayBounds(day, zone, cutOff);
  return (end - start) / 3_600_000;
};

describe('a London restaurant that closes its day at four', () => {
  test.each([
    ['2025-01-15T03:59:59.999Z', '2025-01-14'],
    ['2025-01-15T04:00:00Z', '2025-01-15'],
    ['2025-06-18T02:59:59.999Z', '2025-06-17'],
    ['2025-06-18T03:00:00Z', '2025-06-18'],
    ['2025-01-01T01:30:00Z', '2024-12-31'],
    ['2025-01-01T04:00:00Z', '2025-01-01'],
    ['2024-02-29T03:59:00Z', '2024-02-28'],
    ['2024-02-29T12:00:00Z', '2024-02-29'],
    ['2024-03-01T03:59:00Z', '2024-02-29'],
    ['2025-03-01T03:59:00Z', '2025-02-28'],
  ])('%s belongs to %s', (instant, day) => {
    expect(businessDayOf(at(instant), 'Europe/London', '04:00')).toBe(day);
  });

  test('the night the clocks go forward belongs to the evening before, which is an hour short', () => {
    expect(businessDayOf(at('2025-03-30T02:59:59.999Z'), 'Europe/London', '04:00')).toBe('2025-03-29');
    expect(businessDayOf(at('2025-03-30T03:00:00Z'), 'Europe/London', '04:00')).toBe('2025-03-30');
    expect(hours('2025-03-29', 'Europe/London')).toBe(23);
    expect(hours('2025-03-30', 'Europe/London')).toBe(24);
  });

  test('the night the clocks go back is an hour longer, and the repeated hour stays in it', () => {
    expect(businessDayOf(at('2025-10-26T00:30:00Z'), 'Europe/London', '04:00')).toBe('2025-10-25');
    expect(businessDayOf(at('2025-10-26T01:30:00Z'), 'Europe/London', '04:00')).toBe('2025-10-25');
    expect(businessDayOf(at('2025-10-26T03:59:59.999Z'), 'Europe/London', '04:00')).toBe('2025-10-25');
    expect(businessDayOf(at('2025-10-26T04:00:00Z'), 'Europe/London', '04:00')).toBe('2025-10-26');
    expect(hours('2025-10-25', 'Europe/London')).toBe(25);
  });
});

describe('a cut-off within the hour of the change', () => {
  test('left out in spring: the day begins when the clock jumps over it', () => {
    for (let minute = 0; minute < 60; minute += 1) {
      const cutOff = `01:${`${minute}`.padStart(2, '0')}`;
      expect(dayBounds('2025-03-30', 'Europe/London', cutOff).start).toBe(at('2025-03-30T01:00:00Z'));
    }
    expect(dayBounds('2025-03-30', 'Europe/London', '01:00').start).toBe(at('2025-03-30T01:00:00Z'));
    expect(dayBounds('2025-03-30', 'Europe/London', '02:00').start).toBe(at('2025-03-30T01:00:00Z'));
    expect(dayBounds('2025-03-09', 'America/New_York', '02:30').start).toBe(at('2025-03-09T07:00:00Z'));
  });

  test('repeated in autumn: the day begins the first time, and does not go back the second', () => {
    expect(dayBounds('2025-10-26', 'Europe/London', '01:30').start).toBe(at('2025-10-26T00:30:00Z'));
    expect(businessDayOf(at('2025-10-26T00:29:59Z'), 'Europe/London', '01:30')).toBe('2025-10-25');
    expect(businessDayOf(at('2025-10-26T00:45:00Z'), 'Europe/London', '01:30')).toBe('2025-10-26');
    expect(businessDayOf(at('2025-10-26T01:10:00Z'), 'Europe/London', '01:30')).toBe('2025-10-26');
  });

  test('at midnight, where the clock goes back over midnight itself', () => {
    // Cuba sets its clocks from 01:00 to 00:00, so midnight comes twice.
    expect(dayBounds('2025-11-02', 'America/Havana', '00:00').start).toBe(at('2025-11-02T04:00:00Z'));
    expect(hours('2025-11-02', 'America/Havana', '00:00')).toBe(25);
    // The Azores go from 01:00 to 00:00: a quarter past midnight, the second time, is still the new day.
    expect(businessDayOf(at('2025-10-26T01:15:00Z'), 'Atlantic/Azores', '00:30')).toBe('2025-10-26');
  });
});

test('a clock that goes back into yesterday does not take the new day back', () => {
  // Newfoundland set its clocks from one minute past midnight to 23:01 of the evening before.
  const { start } = dayBounds('2010-11-07', 'America/St_Johns', '00:00');
  expect(start).toBe(at('2010-11-07T02:30:00Z'));
  expect(businessDayOf(start - 1, 'America/St_Johns', '00:00')).toBe('2010-11-06');
  expect(businessDayOf(start + 30 * 60_000, 'America/St_Johns', '00:00')).toBe('2010-11-07');
});

describe('elsewhere', () => {
  test('New York changes its clocks on its own nights', () => {
    expect(businessDayOf(at('2025-03-09T07:59:59Z'), 'America/New_York', '04:00')).toBe('2025-03-08');
    expect(businessDayOf(at('2025-03-09T08:00:00Z'), 'America/New_York', '04:00')).toBe('2025-03-09');
    expect(hours('2025-03-08', 'America/New_York')).toBe(23);
    expect(hours('2025-11-01', 'America/New_York')).toBe(25);
    expect(businessDayOf(at('2026-01-01T05:30:00Z'), 'America/New_York', '04:00')).toBe('2025-12-31');
  });

  test('Kathmandu is three quarters of an hour off everybody, all year', () => {
    expect(dayBounds('2024-02-29', 'Asia/Kathmandu', '04:00')).toEqual({
      start: at('2024-02-28T22:15:00Z'),
      end: at('2024-02-29T22:15:00Z'),
    });
    expect(businessDayOf(at('2025-12-31T22:14:59.999Z'), 'Asia/Kathmandu', '04:00')).toBe('2025-12-31');
    expect(businessDayOf(at('2025-12-31T22:15:00Z'), 'Asia/Kathmandu', '04:00')).toBe('2026-01-01');
    expect(hourInStore(at('2025-06-18T18:14:59Z'), 'Asia/Kathmandu')).toBe('23:00');
    expect(hourInStore(at('2025-06-18T18:15:00Z'), 'Asia/Kathmandu')).toBe('00:00');
  });

  test('Samoa once left out a whole Friday, which was then short but lost nobody a sale', () => {
    expect(hours('2011-12-29', 'Pacific/Apia') + hours('2011-12-30', 'Pacific/Apia')).toBe(24);
  });
});

test('hours are those of the clock on the wall', () => {
  expect(hourInStore(at('2025-06-18T19:30:00Z'), 'Europe/London')).toBe('20:00');
  expect(hourInStore(at('2025-06-18T23:59:59.999Z'), 'Europe/London')).toBe('00:00');
  expect(hourInStore(at('2025-10-26T00:59:59.999Z'), 'Europe/London')).toBe('01:00');
  expect(hourInStore(at('2025-10-26T01:00:00Z'), 'Europe/London')).toBe('01:00');
  expect(hourInStore(at('2025-06-18T19:30:00Z'), 'America/New_York')).toBe('15:00');
});

const places = fc.tuple(
  fc.constantFrom(
    'Europe/London',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/Havana',
    'UTC',
  ),
  fc.constantFrom('00:00', '00:30', '01:00', '01:30', '02:30', '04:00', '23:45'),
);
const instants = fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2036-01-01T00:00:00Z') });
const nearChange = fc
  .tuple(
    fc.constantFrom('2025-03-30T01:00:00Z', '2025-10-26T01:00:00Z', '2025-11-02T05:00:00Z', '2025-04-05T15:00:00Z'),
    fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }),
  )
  .map(([change, off]) => at(change) + off);

test('wherever the clock jumps, each instant lies in its day, days follow without a gap, and none is shorter than a shift', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(instants, nearChange), { minLength: 1, maxLength: 8 }),
      places,
      (jumps, [zone, cutOff]) => {
        for (const ms of jumps) {
          const day = businessDayOf(ms, zone, cutOff);
          const { start, end } = dayBounds(day, zone, cutOff);
          expect(ms >= start && ms < end).toBe(true);
          expect(dayBounds(addDays(day, 1), zone, cutOff).start).toBe(end);
          expect(end - start).toBeGreaterThanOrEqual(22.5 * 3_600_000);
          expect(end - start).toBeLessThanOrEqual(25.5 * 3_600_000);
          expect(businessDayOf(end - 1, zone, cutOff)).toBe(day);
          expect(businessDayOf(end, zone, cutOff)).toBe(addDays(day, 1));
          expect(businessDayOf(start - 1, zone, cutOff)).toBe(addDays(day, -1));
          const days = (ms % 1_000) - 500;
          expect(daysBetween(day, addDays(day, days))).toBe(days);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a day begins at the very millisecond at which the clock on the wall first reads the cut-off or later', () => {
  const cutOffs = fc.tuple(fc.nat(3), fc.nat(59)).map(([hour, minute]) => `0${hour}:${`${minute}`.padStart(2, '0')}`);
  fc.assert(
    fc.property(nearChange, places, cutOffs, (ms, [zone], cutOff) => {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      const day = businessDayOf(ms, zone, cutOff);
      const { start } = dayBounds(day, zone, cutOff);
      expect(wall.format(start) >= `${day} ${cutOff}:00`).toBe(true);
      expect(wall.format(start - 1) < `${day} ${cutOff}:00`).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('minute by minute through a night of change the day steps once, forward', () => {
  for (const [zone, from] of [
    ['Europe/London', '2025-10-25T18:00:00Z'],
    ['Europe/London', '2025-03-29T18:00:00Z'],
    ['America/New_York', '2025-11-01T22:00:00Z'],
  ] as const) {
    const days = Array.from({ length: 24 * 60 }, (_, minute) =>
      businessDayOf(at(from) + minute * 60_000, zone, '01:30'),
    );
    expect(days).toEqual([...days].sort());
    expect(new Set(days).size).toBe(2);
  }
});

test('two restaurants and a changed cut-off never get each other’s remembered answer', () => {
  const night = at('2025-06-18T03:30:00Z');
  expect(businessDayOf(night, 'Europe/London', '04:00')).toBe('2025-06-18');
  expect(businessDayOf(night, 'Europe/London', '05:00')).toBe('2025-06-17');
  expect(businessDayOf(night, 'America/New_York', '05:00')).toBe('2025-06-17');
  expect(businessDayOf(night, 'Asia/Kathmandu', '05:00')).toBe('2025-06-18');
  expect(hourInStore(night, 'Europe/London')).toBe('04:00');
  expect(hourInStore(night, 'Asia/Kathmandu')).toBe('09:00');
});

test('a wall clock that jumps back does not reopen yesterday', () => {
  expect(guardedDay(null, '2025-06-18')).toEqual({ day: '2025-06-18', heldBack: false });
  expect(guardedDay('2025-06-18', '2025-06-18')).toEqual({ day: '2025-06-18', heldBack: false });
  expect(guardedDay('2025-06-18', '2025-06-19')).toEqual({ day: '2025-06-19', heldBack: false });
  expect(guardedDay('2025-06-18', '2025-06-17')).toEqual({ day: '2025-06-18', heldBack: true });
  expect(guardedDay('2025-06-18', '2015-06-18')).toEqual({ day: '2025-06-18', heldBack: true });
});

test('what is no day, no zone, no cut-off or no instant is refused', () => {
  for (const day of ['2025-02-29', '2025-13-01', '18/06/2025', '', '2025-06-18T00:00']) {
    expect(() => dayBounds(day, 'Europe/London', '04:00')).toThrow(RangeError);
  }
  for (const cutOff of ['24:00', '4:00', '04:60', '04:00:00', '']) {
    expect(() => dayBounds('2025-06-18', 'Europe/London', cutOff)).toThrow(RangeError);
  }
  expect(() => businessDayOf(0, 'Europe/Atlantis', '04:00')).toThrow(RangeError);
  expect(() => businessDayOf(Number.NaN, 'Europe/London', '04:00')).toThrow(RangeError);
});

test('days count across months, leap days and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  expect(addDays('2025-03-01', -1)).toBe('2025-02-28');
});
