import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

/** The stories of a file share one demo store, so each draws what it changes itself. */
const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');

const refused = (reply: Reply, status: number, code: string, field: string | null): void => {
  expect([reply.status, reply.body.error.code, reply.body.error.field]).toEqual([status, code, field]);
  expect(reply.body.error.details.error_id).toMatch(/^[0-9a-f-]{36}$/);
};

const nobody = '00000000-0000-7000-8000-00000000dead';
let drawn = 0;
const fresh = (what: string): string => {
  drawn += 1;
  return `${what} ${drawn}`;
};
const newSection = (client: ApiClient) => client.must('POST', 'restaurants/sections', { name: fresh('Garden') });
const newTable = (client: ApiClient, more: object = {}) =>
  client.must('POST', 'restaurants/tables', { name: fresh('G'), section_id: 1, ...more });

export const stories = {
  'floor.plan': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('restaurants/floor-plan?anything=goes');
      expect(body.data.tables).toEqual(body.tables);
      expect(body.tables[0]).toMatchObject({
        status: 'available',
        current_order: null,
        section: { name: expect.any(String) },
      });
      expect(body.tables[0].seats).toBe(body.tables[0].capacity);
    },
    badInput: async (store: TestStore) => {
      const client = await server(store);
      refused(await client.get('restaurants/floor-plan?section_id=999'), 404, 'NOT_FOUND', 'section_id');
      refused(await client.get('restaurants/floor-plan?section_id=bar'), 422, 'VALIDATION_ERROR', 'section_id');
    },
  },
  'floor.sections': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('restaurants/sections');
      expect(body.sections.length).toBeGreaterThanOrEqual(3);
      expect(body.sections[0]).toMatchObject({ color: expect.stringMatching(/^#/), table_count: expect.any(Number) });
    },
    badInput: async (store: TestStore) => {
      refused(await store.client().get('restaurants/sections'), 401, 'AUTHENTICATION_ERROR', null);
    },
  },
  'floor.add_section': {
    success: async (store: TestStore) => {
      const section = await newSection(await manager(store));
      expect(section).toMatchObject({ active: true, table_count: 0 });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const { name } = await newSection(client);
      refused(await client.post('restaurants/sections', { name }), 409, 'CONFLICT', 'name');
      refused(await client.post('restaurants/sections', { name: 'X', color: 'red' }), 422, 'VALIDATION_ERROR', 'color');
      refused(await (await server(store)).post('restaurants/sections', { name: 'X' }), 403, 'FORBIDDEN', null);
    },
  },
  'floor.change_section': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newSection(client);
      expect((await client.put(`restaurants/sections/${id}`, { color: '#123456' })).body.color).toBe('#123456');
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      refused(await client.put(`restaurants/sections/${nobody}`, { color: '#123456' }), 404, 'NOT_FOUND', 'section_id');
      refused(await client.put('restaurants/sections/1', { colour: 1 }), 422, 'UNKNOWN_FIELD', 'colour');
    },
  },
  'floor.add_table': {
    success: async (store: TestStore) => {
      const table = await newTable(await manager(store), { seats: 6, shape: 'round', x: 10, y: 20 });
      expect(table).toMatchObject({
        seats: 6,
        capacity: 6,
        shape: 'round',
        position: { x: 10, y: 20 },
        status: 'available',
      });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const { name } = await newTable(client);
      const add = (table: object) => client.post('restaurants/tables', { section_id: 1, ...table });
      refused(await add({ name }), 409, 'CONFLICT', 'name');
      refused(await add({ name: 'X', seats: -1 }), 422, 'VALIDATION_ERROR', 'seats');
      refused(await add({ name: 'X', section_id: nobody }), 404, 'NOT_FOUND', 'section_id');
    },
  },
  'floor.change_table': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newTable(client);
      const { body } = await client.put(`restaurants/tables/${id}`, { x: 300, rotation: 45 });
      expect([body.x_position, body.rotation]).toEqual([300, 45]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await newTable(client);
      refused(await client.put(`restaurants/tables/${id}`, { rotation: 400 }), 422, 'VALIDATION_ERROR', 'rotation');
      await client.must('POST', 'orders', { order_type: 'dine_in', table_id: id });
      refused(await client.put(`restaurants/tables/${id}`, { active: false }), 409, 'ILLEGAL_TRANSITION', 'active');
    },
  },
  'floor.set_status': {
    success: async (store: TestStore) => {
      const { id } = await newTable(await manager(store));
      const body = { status: 'occupied', guest_count: 2, anything: 'else' };
      const reply = await (await server(store)).put(`restaurants/tables/${id}/status`, body);
      expect([reply.status, reply.body.status, typeof reply.body.occupied_since]).toEqual([200, 'occupied', 'string']);
    },
    badInput: async (store: TestStore) => {
      const client = await server(store);
      const { id } = await newTable(await manager(store));
      const set = (status: string) => client.put(`restaurants/tables/${id}/status`, { status });
      refused(await set('burning'), 422, 'VALIDATION_ERROR', 'status');
      await client.must('POST', 'orders', { order_type: 'dine_in', table_id: id });
      refused(await set('available'), 409, 'ILLEGAL_TRANSITION', 'status');
    },
  },
};
