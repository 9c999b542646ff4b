import { expect, expectTypeOf, test } from 'vitest';
import { type MoveTable, nextStatus, possible, type VerbOf } from './moves.ts';

type Plate = 'held' | 'fired' | 'served' | 'voided';

const plateMoves = {
  held: { fire: 'fired', void: 'voided' },
  fired: { serve: 'served', void: 'voided' },
  served: {},
  voided: {},
} as const satisfies MoveTable<Plate>;

test('a held plate can be fired or voided, and nothing else', () => {
  expect(nextStatus(plateMoves, 'held', 'fire')).toBe('fired');
  expect(nextStatus(plateMoves, 'held', 'void')).toBe('voided');
  expect(nextStatus(plateMoves, 'held', 'serve')).toBeUndefined();
  expect(possible(plateMoves, 'held')).toEqual(['fire', 'void']);
});

test('a served plate has come to its end', () => {
  expect(possible(plateMoves, 'served')).toEqual([]);
  expect(nextStatus(plateMoves, 'served', 'void')).toBeUndefined();
});

test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', ''])(
  'a verb called "%s" leads nowhere',
  (verb) => {
    expect(nextStatus(plateMoves, 'held', verb)).toBeUndefined();
  },
);

test('a status that the table does not know has no moves', () => {
  expect(possible(plateMoves, 'constructor' as Plate)).toEqual([]);
  expect(nextStatus(plateMoves, 'constructor' as Plate, 'name')).toBeUndefined();
});

test('the table types its statuses and verbs', () => {
  expectTypeOf(nextStatus(plateMoves, 'held', 'fire')).toEqualTypeOf<Plate | undefined>();
  expectTypeOf<VerbOf<typeof plateMoves>>().toEqualTypeOf<'fire' | 'void' | 'serve'>();
});
