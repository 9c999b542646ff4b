import { expect, test } from 'vitest';
import { Problem } from '../kernel/verdict.ts';
import { failure, success } from './answer.ts';
import { createFloodLimit } from './flood-limit.ts';
import { createPathTable, pathForms } from './paths.ts';
import { createRepeats } from './repeats.ts';

test('a fixed path wins over an id, in whatever order they were declared', () => {
  const table = createPathTable<string>();
  table.add('get', '/orders/:id', 'one');
  table.add('put', '/orders/:id', 'change');
  table.add('get', '/orders/recent', 'recent');
  table.add('get', '/orders/:id/lines/:line', 'line');
  table.add('get', '/', 'home');
  expect(table.find('get', '/orders/recent')).toMatchObject({ match: { target: 'recent', params: {} } });
  expect(table.find('put', '/orders/recent')).toMatchObject({ match: { target: 'change', params: { id: 'recent' } } });
  expect(table.find('get', '/orders/7/lines/2')).toMatchObject({ match: { params: { id: '7', line: '2' } } });
  expect(table.find('delete', '/orders/7')).toEqual({ kind: 'other_method', methods: ['get', 'put'] });
  expect(table.find('get', '/')).toMatchObject({ match: { target: 'home' } });
  for (const path of ['/orders', '/orders/', '/orders//lines/1', '', '*']) {
    expect(table.find('get', path).kind, path).toBe('unknown');
  }
  expect(() => table.add('get', '/orders/:other', 'twice')).toThrow('Two routes serve GET /orders/:other');
});

test('the ways of writing a path', () => {
  expect(pathForms('/')).toEqual(['/']);
  expect(pathForms('/health/')).toEqual(['/health']);
  expect(pathForms('/api/v1/orders/')).toEqual(['/api/v1/orders']);
  expect(pathForms('/api/orders')).toEqual(['/api/orders', '/api/v1/orders']);
  expect(pathForms('/api/v1/api/v1/api/v1/orders')).toEqual(['/api/v1/orders']);
});

test('a flood from one address is held back without touching the others, and ends', () => {
  let now = 0;
  const may = createFloodLimit(300, () => now);
  const burst = (address: string) => Array.from({ length: 400 }, () => may(address)).filter(Boolean).length;
  expect(burst('10.0.0.5')).toBe(300);
  expect(burst('10.0.0.6')).toBe(300);
  now = 100;
  expect(burst('10.0.0.5')).toBe(30);
  now = 5000;
  expect(burst('10.0.0.5')).toBe(300);
});

test('an ordinary till never meets the flood limit', () => {
  let now = 0;
  const may = createFloodLimit(300, () => now);
  for (let n = 0; n < 5000; n += 1) {
    now += 4;
    expect(may('10.0.0.7')).toBe(true);
  }
});

test('a million addresses do not fill the memory', () => {
  const may = createFloodLimit(1, () => 0);
  expect(may('first')).toBe(true);
  for (let n = 0; n < 5000; n += 1) may(`10.${n}`);
  // Forgotten, so it starts anew.
  expect(may('first')).toBe(true);
});

test('an answer nobody heard waits for a minute, and only for the latest five hundred', async () => {
  let now = 0;
  const repeats = createRepeats(() => now);
  const answer = { status: 201, headers: {}, body: '{}' };
  const leave = async (print: string) => {
    repeats.leaveUnheard(print, Promise.resolve(answer));
    await Promise.resolve();
  };
  await leave('a');
  now = 59_999;
  expect(await repeats.takeUnheard('a')).toBe(answer);
  expect(repeats.takeUnheard('a')).toBeUndefined();
  await leave('a');
  now += 60_001;
  expect(repeats.takeUnheard('a')).toBeUndefined();
  await leave('first');
  for (let n = 0; n < 500; n += 1) await leave(`n${n}`);
  expect(repeats.takeUnheard('first')).toBeUndefined();
  expect(repeats.takeUnheard('n499')).toBeDefined();
});

test('a refusal that nobody heard is not kept', async () => {
  const repeats = createRepeats(() => 0);
  repeats.leaveUnheard('a', Promise.reject(new Error('no')));
  await new Promise((resolve) => setImmediate(resolve));
  expect(repeats.takeUnheard('a')).toBeUndefined();
});

test('the envelope’s own names win at the top, and the payload stays whole in data', () => {
  const options = { status: 200, message: 'Done.', plural: null, at: 0, replayed: false };
  const odd = JSON.parse(success({ message: 'mine', id: 1 }, options).body);
  expect(odd).toMatchObject({ message: 'Done.', id: 1, data: { message: 'mine', id: 1 } });
  expect(JSON.parse(success({}, options).body)).toMatchObject({ success: true, data: {} });
  expect(JSON.parse(success('text', options).body)).toMatchObject({ data: 'text' });
  expect(JSON.parse(success(undefined, options).body)).toMatchObject({ data: null });
  expect(JSON.parse(success([1], { ...options, plural: 'items' }).body)).toMatchObject({ data: [1], items: [1] });
});

test('a refusal that names a field lists it like every other input error', () => {
  const { body } = failure(new Problem('VALIDATION_ERROR', { field: 'tip', message: 'The tip is too big.' }), {
    errorId: 'e1',
    at: 0,
    replayed: false,
  });
  expect(JSON.parse(body)).toMatchObject({
    message: 'The tip is too big.',
    detail: 'The tip is too big.',
    error: {
      code: 'VALIDATION_ERROR',
      field: 'tip',
      details: {
        error_id: 'e1',
        validation_errors: [{ field: 'tip', message: 'The tip is too big.', type: 'refused' }],
      },
    },
  });
});
