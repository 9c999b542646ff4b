import { expect, test } from 'vitest';
import { longFiles, privatePlacesIn } from './tidy.ts';

test('a long file is a warning, a very long one an error, and lists are neither', () => {
  const lengths: Record<string, number> = {
    'a.ts': 150,
    'b.ts': 151,
    'c.ts': 401,
    'store-server/demo/menu.ts': 900,
    'd.sql': 900,
  };
  const { errors, warnings } = longFiles(Object.keys(lengths), (file) => lengths[file]!);
  expect(warnings.map(({ file }) => file)).toEqual(['b.ts']);
  expect(errors.map(({ file }) => file)).toEqual(['c.ts']);
});

/** Put together here, so that no such place stands in a file of ours. */
const on = (...parts: string[]): string => ['', ...parts].join('/');

test.each([
  `const dir = '${on('home', 'ana', 'fynlo')}';`,
  `cd ${on('root', 'fynlo')}`,
  '"resolved": "https://packages.example/x.tgz"',
  String.raw`C:\Users\ana`,
])('a place that exists on one machine only is found: %s', (line) =>
  expect(privatePlacesIn('x.ts', `fine\n${line}`)).toMatchObject([{ line: 2 }]),
);

test.each(["at.get('/orders/:id')", 'https://example.test/home', "path.join(root, 'work/x')", '/api/v1/work/1'])(
  '%s is fine',
  (line) => expect(privatePlacesIn('x.ts', line)).toEqual([]),
);
