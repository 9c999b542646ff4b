import { expect, test } from 'vitest';
import { judge, table } from './proof/judge.ts';
import type { Proof } from './proof/list.ts';

const proof: Proof = {
  name: 'power cuts',
  command: ['test/proof/power.ts'],
  budgetSeconds: 60,
  allowedSkips: { root: 0, user: 1 },
};
const ending = { code: 0, late: false, said: 'cut 1 ok\n', seconds: 12.34, asRoot: true };

test('a proof holds when its program says so', () => {
  expect(judge(proof, ending)).toEqual({ name: 'power cuts', ok: true, seconds: 12.34, skips: [], why: '' });
});

test.each([
  [{ code: 1 }, 'ended with 1'],
  [{ code: 'SIGSEGV' }, 'ended with SIGSEGV'],
  [{ late: true, code: 'SIGKILL' }, 'not done within 60 s'],
  [{ said: 'SKIP no loop devices here\n' }, '1 skipped, 0 agreed'],
])('a proof fails on %j', (change, why) => {
  expect(judge(proof, { ...ending, ...change })).toMatchObject({ ok: false, why });
});

test('what was agreed to be skipped without root is no failure, and its reason is shown', () => {
  const judged = judge(proof, { ...ending, asRoot: false, said: 'SKIP needs root to mount\n' });
  expect(judged).toMatchObject({ ok: true, skips: ['needs root to mount'] });
  expect(table([judged])).toContain('skipped: needs root to mount');
  expect(table([judged])).toMatch(/proofs: 1 held, 0 failed, 1 parts skipped$/);
});
