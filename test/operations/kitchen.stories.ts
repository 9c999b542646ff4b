import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

const nobody = '00000000-0000-7000-8000-00000000dead';

export const stories = {
  'kitchen.stations': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('kitchen/stations');
      expect(body.stations.slice(0, 4)).toMatchObject([
        { station_id: 1, name: 'Grill', active: true, printers: [{ name: 'Grill printer' }] },
        { name: 'Kitchen' },
        { name: 'Cold & desserts' },
        { name: 'Bar' },
      ]);
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('kitchen/stations'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
      const asked = await (await server(store)).get('kitchen/stations?all=yes');
      expect(told(asked)).toEqual([422, 'UNKNOWN_FIELD', 'all']);
    },
  },
  'kitchen.add_station': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const reply = await client.post('kitchen/stations', { name: 'Pass', color: '#123456' });
      expect([reply.status, reply.body.data]).toEqual([
        201,
        { id: expect.any(String), station_id: 5, name: 'Pass', color: '#123456', active: true },
      ]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const add = async (body: object) => told(await client.post('kitchen/stations', body));
      expect(await add({})).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await add({ name: 'Smoker', color: 'smoke' })).toEqual([422, 'VALIDATION_ERROR', 'color']);
      expect(await add({ name: 'x'.repeat(41) })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await add({ name: 'Smoker', chef: 'Mei' })).toEqual([422, 'UNKNOWN_FIELD', 'chef']);
      expect(told(await (await server(store)).post('kitchen/stations', { name: 'Mine' }))).toEqual([
        403,
        'FORBIDDEN',
        null,
      ]);
    },
  },
  'kitchen.change_station': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id, color } = await client.must('POST', 'kitchen/stations', { name: 'Oven' });
      const { body } = await client.put(`kitchen/stations/${id}`, { name: 'Wood oven' });
      expect(body.data).toMatchObject({ id, name: 'Wood oven', color, active: true });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const change = async (id: string, body: object) => told(await client.put(`kitchen/stations/${id}`, body));
      expect(await change(nobody, { name: 'Oven' })).toEqual([404, 'NOT_FOUND', 'station_id']);
      expect(await change('oven', { name: 'Oven' })).toEqual([422, 'VALIDATION_ERROR', 'station_id']);
      expect(await change('1', { name: '' })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await change('1', { heat: 250 })).toEqual([422, 'UNKNOWN_FIELD', 'heat']);
      const mine = await (await server(store)).put('kitchen/stations/1', { active: false });
      expect(told(mine)).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};
