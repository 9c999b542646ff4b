import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fact } from '#contract/facts.ts';
import { actionOf, type EventName, eventNameOf, eventNames, eventsNamed, priorityOf } from './events.ts';

const folder = join(import.meta.dirname, '../contract');

/** Every fact of the contract, whichever feature it belongs to. */
async function factsOfContract(): Promise<Fact[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.includes('.test.'));
  const modules = await Promise.all(files.map((file) => import(join(folder, file)) as Promise<object>));
  const isFact = (value: unknown): value is Fact =>
    typeof value === 'object' && value !== null && 'kind' in value && 'audience' in value && 'version' in value;
  return modules.flatMap((module) => Object.values(module).filter(isFact));
}

const facts = await factsOfContract();
const kinds = [...new Set(facts.map((fact) => fact.kind))].sort();

/** The same promise in the words of the people on the floor: who has to look up when what happens. */
const promised: readonly (readonly [RegExp, EventName])[] = [
  [/^order\.opened$/, 'order_created'],
  [/^order\.(fired|line_moved)$|^kitchen\./, 'kitchen_update'],
  [/^order\.suspected_double$/, 'system_notification'],
  [/^(order|refund)\./, 'order_status_changed'],
  [/^payment\.refused$/, 'payment_failed'],
  [/^payment\./, 'payment_completed'],
  [/^table\./, 'table_status_changed'],
  [/^shift\./, 'restaurant_status'],
  [/^stock\.sold_out$/, 'inventory_out'],
  [/^stock\./, 'inventory_low'],
  [/^staff\.signed_in$/, 'user_login'],
  [/^staff\.signed_out$/, 'user_logout'],
  [/./, 'system_notification'],
];

test('every fact of the contract reaches clients under the promised name', () => {
  expect(kinds.length).toBeGreaterThan(30);
  const named = Object.fromEntries(kinds.map((kind) => [kind, eventNameOf(kind)]));
  const wanted = kinds.map((kind) => [kind, promised.find(([pattern]) => pattern.test(kind))?.[1]]);
  expect(named).toEqual(Object.fromEntries(wanted));
  expect(kinds.filter((kind) => !/^[a-z_]+$/.test(actionOf(kind)))).toEqual([]);
});

test('what went wrong is urgent, what goes well is not', () => {
  expect(priorityOf('printer.job_stuck')).toBe('high');
  expect(priorityOf('printer.job_recovered')).toBe('normal');
});

test('subscriptions may use the names of any generation of client', () => {
  expect(eventsNamed(['order_created', 'order_created'])).toEqual(['order_created']);
  expect(eventsNamed(['order.created', 'order_updated', 'order.status_changed'])).toEqual([
    'order_created',
    'order_status_changed',
  ]);
  expect(eventsNamed(['inventory_updated'])).toEqual(['inventory_low', 'inventory_out']);
  expect(eventsNamed(['toString', '__proto__', 'menu.updated', ''])).toEqual([]);
  expect(eventsNamed([...eventNames])).toEqual([...eventNames]);
});
