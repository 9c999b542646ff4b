import { expect, test } from 'vitest';
import type { CheckStatus, LineStatus } from '#contract/orders.ts';
import { askedState, nextActions, orderState, orderStatus, paymentStatus } from './orders.wire.rules.ts';

const lines = (...statuses: LineStatus[]) => statuses.map((status) => ({ status }));
const check = (status: CheckStatus, dayIsSealed = false) => ({ status, dayIsSealed });

test.each([
  ['pending', check('open'), []],
  ['pending', check('open'), ['held', 'voided']],
  ['confirmed', check('open'), ['fired', 'held']],
  ['preparing', check('open'), ['fired', 'preparing']],
  ['preparing', check('open'), ['fired', 'ready']],
  ['ready', check('open'), ['ready', 'served', 'voided']],
  ['served', check('open'), ['served', 'held']],
  ['confirmed', check('closed'), ['fired']],
  ['served', check('closed'), ['served', 'held']],
  ['pending', check('closed'), ['held']],
  ['completed', check('closed'), ['served', 'voided']],
  ['completed', check('closed'), ['voided']],
  ['completed', check('closed', true), ['fired', 'held']],
  ['cancelled', check('cancelled'), ['voided']],
] as const)('an order is %s', (status, at, list) => {
  expect(orderStatus(at, lines(...list))).toBe(status);
});

test('the same in the words of older clients', () => {
  expect([check('open'), check('closed'), check('closed', true), check('cancelled')].map(orderState)).toEqual([
    'draft',
    'paid',
    'done',
    'cancel',
  ]);
});

test('what is paid is derived from the money alone', () => {
  const of = (settled: boolean, paidMinor: number, refundedMinor = 0) =>
    paymentStatus({ settled, paidMinor, refundedMinor });
  expect([of(false, 0), of(false, 5), of(true, 10), of(true, 10, 3), of(true, 10, 10), of(true, 0)]).toEqual([
    'pending',
    'partial',
    'completed',
    'partially_refunded',
    'refunded',
    'completed',
  ]);
});

test('the buttons a till may show', () => {
  const base = {
    status: 'open' as CheckStatus,
    paidMinor: 0,
    dueMinor: 0,
    isSplit: false,
    shareIsPaid: false,
    serviceMinor: 0,
    serviceMandatory: false,
    lines: lines(),
  };
  expect(nextActions(base)).toEqual(['add_lines', 'allergies', 'move', 'cancel']);
  expect(nextActions({ ...base, dueMinor: 500, serviceMinor: 50, lines: lines('held') })).toEqual([
    'add_lines',
    'fire',
    'allergies',
    'move',
    'bill',
    'pay',
    'split',
    'remove_service',
    'cancel',
  ]);
  expect(
    nextActions({ ...base, dueMinor: 5, paidMinor: 5, isSplit: true, shareIsPaid: true, lines: lines('served') }),
  ).toEqual(['add_lines', 'allergies', 'move', 'bill', 'pay']);
  expect(nextActions({ ...base, isSplit: true, dueMinor: 5, lines: lines('served') })).toContain('unsplit');
  expect(nextActions({ ...base, serviceMinor: 5, serviceMandatory: true })).not.toContain('remove_service');
  expect(nextActions({ ...base, status: 'closed', paidMinor: 5, lines: lines('held') })).toEqual(['fire', 'refund']);
  expect(nextActions({ ...base, status: 'closed', lines: lines('served') })).toEqual([]);
  expect(nextActions({ ...base, status: 'cancelled' })).toEqual([]);
});

test('a word for a state is understood in every generation’s language, and no other word is', () => {
  expect(
    ['draft', 'confirmed', 'paid', 'invoiced', 'completed', 'cancel', 'canceled', 'ready'].map(askedState),
  ).toEqual(['open', 'open', 'paid', 'paid', 'paid', 'cancelled', 'cancelled', 'ready']);
  expect(['refunded', '', 'toString', 'PAID'].map(askedState)).toEqual([undefined, undefined, undefined, undefined]);
});
