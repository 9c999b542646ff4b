import { expect, test } from 'vitest';
import { summaryLines } from './summary.ts';

const file = (name: string, passed: number, failed: number, skipped: number, ms: number) => ({
  file: name,
  passed,
  failed,
  skipped,
  ms,
});

test('the last line is the counts, plain and alone', () => {
  const lines = summaryLines([file('test/scenarios/a.test.ts', 3, 1, 2, 10), file('build/b.test.ts', 4, 0, 0, 10)], 0);
  expect(lines.at(-1)).toBe('7 passed, 1 failed, 2 skipped');
});

test('an error outside any test is a failure', () => {
  expect(summaryLines([file('build/b.test.ts', 4, 0, 0, 10)], 2).at(-1)).toBe('4 passed, 2 failed, 0 skipped');
});

test('seconds are added up per folder, slowest first', () => {
  const lines = summaryLines(
    [
      file('store-server/kernel/money.test.ts', 1, 0, 0, 400),
      file('store-server/kernel/deep/clock.test.ts', 1, 0, 0, 600),
      file('test/scenarios/evening.test.ts', 1, 0, 0, 2500),
    ],
    0,
  );
  expect(lines.slice(1, 3)).toEqual(['     2.5  test/scenarios', '     1.0  store-server/kernel']);
});
