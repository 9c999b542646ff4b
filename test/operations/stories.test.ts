import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { watched } from './watch.ts';

type Telling = (store: TestStore) => Promise<void>;
interface Story {
  readonly success: Telling;
  readonly badInput: Telling;
}

/**
 * Runs every story beside this file against a real server; the stories of one file share a demo store. Every refusal
 * that a story meets is looked at in passing: its form, its words, and that nothing changed.
 */
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.stories.ts'));
const told = await Promise.all(
  files.map(async (file) => {
    const { stories } = (await import(join(import.meta.dirname, file))) as { stories: Record<string, Story> };
    return [file, Object.entries(stories)] as const;
  }),
);

describe.each(told)('%s', (_, stories) => {
  let store: TestStore;
  beforeAll(async () => {
    store = watched(await openStore({ perSecond: 100_000 }));
  });
  afterAll(() => store.close());

  describe.each(stories)('%s', (__, { success, badInput }) => {
    test('does what it says', () => success(store));
    test('refuses what makes no sense, and says why', () => badInput(store));
  });

  test('no penny went astray meanwhile, and the server had nothing to complain about', () => {
    expect(checkMoney(store.server.core.connection())).toEqual([]);
    expect(store.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

test('whatever can be asked of a running server has its stories', async () => {
  const store = await openStore();
  const asked = store.server.routes.map(({ operation }) => operation);
  expect(told.flatMap(([, stories]) => stories.map(([operation]) => operation)).sort()).toEqual([...asked].sort());
  await store.close();
});
