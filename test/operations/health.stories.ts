import { expect } from 'vitest';
import type { TestStore } from '../harness/open-store.ts';

/** Whoever asks whether the server lives need not be anybody, so there is little to get wrong. */
const lives = (path: string) => async (store: TestStore) => {
  const { status, body } = await store.client().get(`${path}?anything=goes`);
  expect([status, body.status, body.pid, body.read_only]).toEqual([200, 'ok', process.pid, false]);
  expect(body.head_seq).toBe(store.server.core.head().seq);
};
const onlyRead = (path: string) => async (store: TestStore) => {
  const { status, body, headers } = await store.client().post(path, { status: 'ill' });
  expect([status, body.error.code, headers['allow']]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, OPTIONS, HEAD']);
};

export const stories = {
  'health.probe': { success: lives('/health'), badInput: onlyRead('/health') },
  'health.read': { success: lives('/api/v1/health'), badInput: onlyRead('/api/v1/health') },
};
