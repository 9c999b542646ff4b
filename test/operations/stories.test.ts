import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openStore, type TestStore } from '../harness/open-store.ts';

type Telling = (store: TestStore) => Promise<void>;
interface Story {
  readonly success: Telling;
  readonly badInput: Telling;
}

/** Runs every story beside this file against a real server; the stories of one file share a demo store. */
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
    store = await openStore();
  });
  afterAll(() => store.close());

  describe.each(stories)('%s', (__, { success, badInput }) => {
    test('does what it says', () => success(store));
    test('refuses what makes no sense, and says why', () => badInput(store));
  });
});
