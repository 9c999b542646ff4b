import { expect, test } from 'vitest';
import { tableStatuses } from '#contract/floor.ts';
import { allowed } from '../../kernel/verdict.ts';
import { canRetire, canSeat, canSetStatus, nextTableStatuses, withGiven } from './floor.rules.ts';

test('where a table can go from each state, when nobody has a check on it', () => {
  expect(
    Object.fromEntries(tableStatuses.map((status) => [status, nextTableStatuses({ status, openChecks: 0 })])),
  ).toEqual({
    available: ['occupied', 'reserved', 'cleaning', 'out_of_order'],
    reserved: ['occupied', 'available', 'cleaning', 'out_of_order'],
    occupied: ['cleaning', 'available'],
    cleaning: ['available', 'occupied', 'reserved', 'out_of_order'],
    out_of_order: ['available', 'cleaning'],
  });
});

test('a table with an open check stays occupied, and saying so again is no mistake', () => {
  const seated = { status: 'occupied', openChecks: 1 } as const;
  expect(nextTableStatuses(seated)).toEqual([]);
  expect(canSetStatus(seated, 'occupied')).toEqual(allowed);
  expect(canSetStatus(seated, 'available')).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    field: 'status',
    details: { state: 'occupied', possible: [], open_checks: 1 },
  });
});

test('guests are seated anywhere but at a broken table', () => {
  const can = tableStatuses.filter((status) => canSeat({ status, openChecks: 0 }).ok);
  expect(can).toEqual(['available', 'occupied', 'reserved', 'cleaning']);
});

test('no table leaves the floor from under its guests', () => {
  expect(canRetire({ status: 'occupied', openChecks: 1 })).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    field: 'active',
  });
  expect(canRetire({ status: 'cleaning', openChecks: 0 })).toEqual(allowed);
});

test('fields left out stay as they are, null is a value', () => {
  const row: { a: number; b: string | null } = { a: 1, b: 'x' };
  expect(withGiven(row, { a: undefined, b: null })).toEqual({ a: 1, b: null });
});
