import { expect, test } from 'vitest';
import { operationsWithoutStories } from './operations.ts';
import { parseSource } from './source.ts';

const stories = (code: string) => parseSource('test/operations/orders.test.ts', `export const stories = ${code};`);
const told = (code: string) =>
  operationsWithoutStories(['orders.fire', 'orders.bill'], [stories(code)]).map((f) => f.message);

const fire = "'orders.fire': { success: async () => {}, badInput: [{ name: 'no lines' }] }";
const bill = "'orders.bill': { async success() {}, async badInput() {} }";

test('operations with both stories are fine, whatever stands around the object', () => {
  expect(told(`{ ${fire}, ${bill} }`)).toEqual([]);
  expect(told(`{ ${fire}, ${bill} } as const satisfies Stories`)).toEqual([]);
});

test('an operation that nobody tells anything about is found', () => {
  expect(told(`{ ${fire} }`)).toEqual(['orders.bill has no success and no badInput story']);
  expect(operationsWithoutStories(['orders.fire'], [])).toHaveLength(1);
});

test('an empty list of bad input is none', () => {
  expect(told(`{ ${bill}, 'orders.fire': { success: async () => {}, badInput: [] } }`)).toEqual([
    'orders.fire has no badInput story',
  ]);
});

test('a story of an operation that is gone is found where it stands', () => {
  const source = parseSource(
    'test/operations/old.test.ts',
    `const stories = {\n ${fire},\n ${bill},\n 'orders.sing': {} };`,
  );
  expect(operationsWithoutStories(['orders.fire', 'orders.bill'], [source])).toEqual([
    { file: 'test/operations/old.test.ts', line: 4, message: 'orders.sing is no operation of the route table' },
  ]);
});

test('stories count wherever they stand in the folder, and nowhere else', () => {
  const parts = [
    stories(`{ ${fire} }`),
    parseSource('test/operations/bills/x.ts', `export const stories = { ${bill} };`),
  ];
  expect(operationsWithoutStories(['orders.fire', 'orders.bill'], parts)).toEqual([]);
  const elsewhere = parseSource('test/scenarios/x.ts', `export const stories = { ${fire}, ${bill} };`);
  expect(operationsWithoutStories(['orders.fire'], [elsewhere])).toHaveLength(1);
});
