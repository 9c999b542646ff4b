import { describe, expect, test } from 'vitest';
import { type CheckStatus, checkStatuses, type LineStatus, lineStatuses } from '#contract/orders.ts';
import { allowed } from '../../kernel/verdict.ts';
import {
  askedState,
  canCancel,
  canChangeLine,
  canMoveLine,
  canVoidLine,
  type LineVerb,
  mustBeAlive,
  mustBeOpen,
  nextActions,
  orderState,
  orderStatus,
  paymentStatus,
} from './orders.rules.ts';

const anybody = { may: () => false };
const manager = { may: () => true };
const lines = (...statuses: LineStatus[]) => statuses.map((status, n) => ({ id: `l${n}`, status }));
const check = (status: CheckStatus, dayIsSealed = false) => ({ status, dayIsSealed });
const verbs: LineVerb[] = ['fire', 'start', 'ready', 'serve', 'recall', 'void'];

test('every step a dish can take, and none besides', () => {
  const taken = Object.fromEntries(
    lineStatuses.map((status) => [status, verbs.filter((verb) => canMoveLine({ id: 'l', status }, verb).ok)]),
  );
  expect(taken).toEqual({
    held: ['fire', 'void'],
    fired: ['start', 'ready', 'serve', 'void'],
    preparing: ['ready', 'serve', 'void'],
    ready: ['serve', 'recall', 'void'],
    served: ['recall', 'void'],
    voided: [],
  });
});

test('a step that is not possible names the state and what is', () => {
  expect(canMoveLine({ id: 'l', status: 'served' }, 'fire')).toMatchObject({
    ok: false,
    code: 'ILLEGAL_TRANSITION',
    details: { line_id: 'l', state: 'served', possible: ['recall', 'void'] },
  });
});

test('only open checks take changes; a closed one can still be cooked and served', () => {
  expect(
    checkStatuses.map((status) => [mustBeOpen({ id: 'o', status }).ok, mustBeAlive({ id: 'o', status }).ok]),
  ).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  expect(mustBeOpen({ id: 'o', status: 'closed' })).toMatchObject({
    code: 'ORDER_CLOSED',
    details: { state: 'closed' },
  });
});

describe('voiding', () => {
  test('what the kitchen has not seen, whoever took the order takes off again', () => {
    expect(canVoidLine({ id: 'l', status: 'held' }, anybody)).toEqual(allowed);
  });
  test('what it has seen needs somebody accountable', () => {
    for (const status of ['fired', 'preparing', 'ready', 'served'] as const) {
      expect(canVoidLine({ id: 'l', status }, anybody)).toMatchObject({
        code: 'APPROVAL_NEEDED',
        details: { command: 'orders.void_line', target_id: 'l' },
      });
      expect(canVoidLine({ id: 'l', status }, manager)).toEqual(allowed);
    }
  });
  test('what is voided already is not voided again, not even by a manager', () => {
    expect(canVoidLine({ id: 'l', status: 'voided' }, manager)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

test('what may be changed of a dish on its way', () => {
  const can = (status: LineStatus) =>
    ['quantity', 'seat', 'course', 'modifiers', 'note'].filter(
      (field) => canChangeLine({ id: 'l', status }, [field]).ok,
    );
  expect(Object.fromEntries(lineStatuses.map((status) => [status, can(status)]))).toEqual({
    held: ['quantity', 'seat', 'course', 'modifiers', 'note'],
    fired: ['seat', 'note'],
    preparing: ['seat', 'note'],
    ready: ['seat'],
    served: ['seat'],
    voided: [],
  });
  expect(canChangeLine({ id: 'l', status: 'fired' }, ['seat', 'quantity'])).toMatchObject({
    field: 'quantity',
    details: { possible: ['start', 'ready', 'serve', 'void', 'change_seat', 'change_note'] },
  });
});

test('a check is given up freely until the kitchen knows of it, and never with money on it', () => {
  const about = { command: 'orders.cancel', target: 'o' };
  const order = (status: CheckStatus, paidMinor: number, ...list: LineStatus[]) => ({
    id: 'o',
    status,
    paidMinor,
    lines: lines(...list),
  });
  expect(canCancel(order('open', 0, 'held', 'voided'), anybody, about)).toEqual(allowed);
  expect(canCancel(order('open', 0, 'held', 'fired'), anybody, about)).toMatchObject({
    code: 'APPROVAL_NEEDED',
    details: { command: 'orders.cancel', target_id: 'o' },
  });
  expect(canCancel(order('open', 0, 'held', 'fired'), manager, about)).toEqual(allowed);
  expect(canCancel(order('open', 1, 'held'), manager, about)).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    details: { state: 'partly_paid' },
  });
  expect(canCancel(order('closed', 0), manager, about)).toMatchObject({ code: 'ORDER_CLOSED' });
});

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
    id: 'o',
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
