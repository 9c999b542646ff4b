import { describe, expect, test } from 'vitest';
import { type CheckStatus, checkStatuses, type LineStatus, lineStatuses } from '#contract/orders.ts';
import { allowed } from '../../kernel/verdict.ts';
import {
  canCancel,
  canChangeLine,
  canMoveLine,
  canVoidLine,
  type LineVerb,
  mustBeAlive,
  mustBeOpen,
} from './orders.rules.ts';

const anybody = { may: () => false };
const manager = { may: () => true };
const lines = (...statuses: LineStatus[]) => statuses.map((status, n) => ({ id: `l${n}`, status }));
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
