import { expect } from 'vitest';
import type { Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore) => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore) => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

export const stories = {
  'settings.read': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('settings');
      expect(body.data).toMatchObject({ currency: 'GBP', time_zone: 'Europe/London', day_ends_at: '04:00' });
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('settings'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
      expect(told(await (await server(store)).get('settings?group=tax'))).toEqual([422, 'UNKNOWN_FIELD', 'group']);
    },
  },
  'settings.change': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const before = (await client.get('settings')).body.data;
      const changed = await client.put('settings', { service_charge: { bps: 1000 } });
      expect(changed.body.data).toEqual({ ...before, service_charge: { ...before.service_charge, bps: 1000 } });
      const back = await client.put('settings', before);
      expect([back.status, back.body.data]).toEqual([200, before]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const before = (await client.get('settings')).body.data;
      const put = async (body: object) => told(await client.put('settings', body));
      expect(await put({ time_zone: 'Mars/Olympus' })).toEqual([422, 'VALIDATION_ERROR', 'time_zone']);
      expect(await put({ default_vat_bps: -1 })).toEqual([422, 'VALIDATION_ERROR', 'default_vat_bps']);
      expect(await put({ service_charge: { bps: 0.5 } })).toEqual([422, 'VALIDATION_ERROR', 'service_charge.bps']);
      expect(await put({ colour: 'red' })).toEqual([422, 'UNKNOWN_FIELD', 'colour']);
      const mine = await server(store);
      expect(told(await mine.put('settings', { vat_inclusive: false }))).toEqual([403, 'FORBIDDEN', null]);
      expect((await client.get('settings')).body.data).toEqual(before);
    },
  },
};
