import { expect, vi } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import type { Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';

/** What the process then does is told in test/scenarios/practice.test.ts. */
const manager = (store: TestStore) => store.signedIn('manager@demo.test', 'demo-manager-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

export const stories = {
  'staff.begin_practice': {
    success: async () => {
      const change = vi.fn();
      const people = [{ who: 'owner', email: 'owner@demo.test', password: 'demo-owner-1' }];
      const practice = { state: () => 'possible' as const, people, change };
      const store = await openStore({ empty: true, practice });
      try {
        const code = await ensureSetupCode(store.server.core);
        const { status, body } = await store.client().post('setup/practice', { code });
        expect([status, body.demo_people, change.mock.calls]).toEqual([200, people, [[]]]);
        expect((await store.client().get('setup')).body.data).toMatchObject({ needed: true, practice: 'possible' });
      } finally {
        await store.close();
      }
    },
    badInput: async (store: TestStore) => {
      const begin = async (of: TestStore, json: object) => told(await of.client().post('setup/practice', json));
      expect(await begin(store, { code: 'AAAA-BBBB-CCCC' })).toEqual([409, 'CONFLICT', null]);
      expect(await begin(store, {})).toEqual([422, 'VALIDATION_ERROR', 'code']);
      const empty = await openStore({ empty: true });
      try {
        const code = await ensureSetupCode(empty.server.core);
        expect(await begin(empty, { code: 'AAAA-BBBB-CCCC' })).toEqual([401, 'SETUP_CODE_WRONG', null]);
        expect(await begin(empty, { code })).toEqual([409, 'PRACTICE_UNAVAILABLE', null]);
      } finally {
        await empty.close();
      }
    },
  },
  'staff.end_practice': {
    success: async () => {
      const change = vi.fn();
      const practice = { state: () => 'used' as const, people: [], change };
      const store = await openStore({ practice });
      try {
        const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
        expect(told(await waiter.post('setup/practice/end'))).toEqual([403, 'FORBIDDEN', null]);
        const { status, body } = await (await manager(store)).post('setup/practice/end');
        expect([status, body.ended, change.mock.calls]).toEqual([200, true, [[]]]);
      } finally {
        await store.close();
      }
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.post('setup/practice/end'))).toEqual([409, 'PRACTICE_CANNOT_END', null]);
      expect(told(await client.post('setup/practice/end', { now: true }))).toEqual([422, 'UNKNOWN_FIELD', 'now']);
    },
  },
};
