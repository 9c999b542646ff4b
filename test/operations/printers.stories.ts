import { expect } from 'vitest';
import { plainText } from '../../store-server/hardware/lab/slip.ts';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

const nobody = '00000000-0000-7000-8000-00000000dead';
const model = 'fynlo-lab-80';

/** A printer of the lab that stands somewhere else now, under another name. */
let placed = 0;
async function newPrinter(store: TestStore, more: object = {}) {
  const client = await manager(store);
  const at = await store.lab.start(0);
  placed += 1;
  const json = { name: `Hatch ${placed}`, address: at.address, model, ...more };
  return { client, at, printer: await client.must('POST', 'hardware/printers', json) };
}

async function until(look: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !look(); turn++) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A printer that takes nothing, with a slip that waits there. */
async function stuckSlip(store: TestStore) {
  const place = await newPrinter(store);
  await place.at.set({ refusing: true });
  const path = `hardware/printers/${place.printer.id}`;
  const { job_id } = await place.client.must('POST', `${path}/test`);
  const slip = async () =>
    ((await place.client.must('GET', `${path}/jobs`)) as { id: string; state: string; reason: string | null }[]).find(
      ({ id }) => id === job_id,
    );
  for (let look = 0; look < 200 && (await slip())?.state !== 'failed'; look++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { ...place, path, job: `${path}/jobs/${job_id}`, jobId: job_id as string, slip };
}

/** What each command about one slip refuses. */
async function refusesOddSlips(store: TestStore, verb: 'retry' | 'cancel' | 'move', body?: object) {
  const { client, path, job } = await stuckSlip(store);
  const ask = async (slip: string, asked = client) => told(await asked.post(`${slip}/${verb}`, body));
  expect(await ask(`${path}/jobs/${nobody}`)).toEqual([404, 'NOT_FOUND', 'job_id']);
  expect(await ask(job.replace(path, `hardware/printers/${nobody}`))).toEqual([404, 'NOT_FOUND', 'printer_id']);
  expect(await ask(job, await server(store))).toEqual([403, 'FORBIDDEN', null]);
  await client.must('POST', `${job}/cancel`);
  expect(await ask(job)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
}

export const stories = {
  'printers.discover': {
    success: async (store: TestStore) => {
      const { client, at, printer } = await newPrinter(store);
      const stranger = await store.lab.start(0);
      const reply = await client.post('hardware/printers/discover');
      expect(reply.status).toBe(200);
      expect(reply.body.printers).toContainEqual({ address: at.address, name: null, known_as: printer.name });
      expect(reply.body.printers).toContainEqual({ address: stranger.address, name: null, known_as: null });
      expect(reply.body.looked_at).toBe(store.lab.places().length);
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).post('hardware/printers/discover'))).toEqual([403, 'FORBIDDEN', null]);
      const wide = await (await manager(store)).post('hardware/printers/discover', { network: '8.8.8.0/24' });
      expect(told(wide)).toEqual([422, 'UNKNOWN_FIELD', 'network']);
    },
  },
  'printers.search_state': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      await client.must('POST', 'hardware/printers/discover');
      const { data } = (await client.get('hardware/printers/discover')).body;
      expect(data).toMatchObject({ running: false, percent: 100 });
      expect(data.addresses).toHaveLength(store.lab.places().length);
    },
    badInput: async (store: TestStore) => {
      const at = 'hardware/printers/discover';
      expect(told(await (await server(store)).get(at))).toEqual([403, 'FORBIDDEN', null]);
      expect(told(await (await manager(store)).get(`${at}?page=2`))).toEqual([422, 'UNKNOWN_FIELD', 'page']);
    },
  },
  'printers.restore': {
    success: async (store: TestStore) => {
      const { client, at, printer } = await newPrinter(store, { stations: [1] });
      const path = `hardware/printers/${printer.id}`;
      await client.must('DELETE', path);
      const reply = await client.post(`${path}/restore`);
      expect([reply.status, reply.body.data]).toEqual([200, printer]);
      expect((await client.post(`${path}/restore`)).body.data).toEqual(printer);
      await client.must('POST', `${path}/test`);
      await until(() => at.papers().length === 1);
      expect(at.papers()).toHaveLength(1);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const path = `hardware/printers/${nobody}/restore`;
      expect(told(await client.post(path))).toEqual([404, 'NOT_FOUND', 'printer_id']);
      expect(told(await (await server(store)).post(path))).toEqual([403, 'FORBIDDEN', null]);
      // Meanwhile somebody has set it up anew.
      const { printer } = await newPrinter(store);
      await client.must('DELETE', `hardware/printers/${printer.id}`);
      const anew = { name: `${printer.name} again`, address: printer.address, model };
      await client.must('POST', 'hardware/printers', anew);
      const back = await client.post(`hardware/printers/${printer.id}/restore`);
      expect(told(back)).toEqual([422, 'VALIDATION_ERROR', 'address']);
    },
  },
  'printers.retry_job': {
    success: async (store: TestStore) => {
      const { client, at, job } = await stuckSlip(store);
      await at.set({ refusing: false });
      const reply = await client.post(`${job}/retry`);
      expect([reply.status, reply.body.state, reply.body.title]).toEqual([200, 'failed', 'Test']);
      await until(() => at.papers().length === 1);
      expect(at.papers()).toHaveLength(1);
    },
    badInput: (store: TestStore) => refusesOddSlips(store, 'retry'),
  },
  'printers.cancel_job': {
    success: async (store: TestStore) => {
      const { client, at, job, slip } = await stuckSlip(store);
      const reply = await client.post(`${job}/cancel`);
      expect([reply.status, reply.body.state, reply.body.reason]).toEqual([200, 'dead', 'cancelled']);
      await at.set({ refusing: false });
      expect(await slip()).toMatchObject({ state: 'dead', reason: 'cancelled' });
      expect(at.papers()).toHaveLength(0);
    },
    badInput: (store: TestStore) => refusesOddSlips(store, 'cancel'),
  },
  'printers.move_job': {
    success: async (store: TestStore) => {
      const { client, job, at } = await stuckSlip(store);
      const other = await newPrinter(store);
      const reply = await client.post(`${job}/move`, { to: other.printer.id });
      expect([reply.status, reply.body.printer_id]).toEqual([200, other.printer.id]);
      await until(() => other.at.papers().length === 1);
      expect([at.papers().length, other.at.papers().length]).toEqual([0, 1]);
    },
    badInput: async (store: TestStore) => {
      const { client, job } = await stuckSlip(store);
      expect(told(await client.post(`${job}/move`, { to: nobody }))).toEqual([404, 'NOT_FOUND', 'to']);
      expect(told(await client.post(`${job}/move`, {}))).toEqual([422, 'VALIDATION_ERROR', 'to']);
      await refusesOddSlips(store, 'move', { to: (await newPrinter(store)).printer.id });
    },
  },
  'printers.paper': {
    success: async (store: TestStore) => {
      const { client, job, printer, jobId } = await stuckSlip(store);
      const { body } = await client.get(`${job}/paper`);
      expect(body).toMatchObject({ job_id: jobId, title: 'Test', svg: expect.stringMatching(/^<svg/) });
      expect(body.text).toContain(printer.name);
    },
    badInput: async (store: TestStore) => {
      const { client, path, job } = await stuckSlip(store);
      expect(told(await client.get(`${path}/jobs/${nobody}/paper`))).toEqual([404, 'NOT_FOUND', 'job_id']);
      // What stands on receipts is not for everybody.
      expect(told(await (await server(store)).get(`${job}/paper`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'printers.models': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('hardware/models');
      expect(body.models).toContainEqual(expect.objectContaining({ id: 'generic-escpos-80', has_status: false }));
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('hardware/models'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
      const asked = await (await server(store)).get('hardware/models?brand=any');
      expect(told(asked)).toEqual([422, 'UNKNOWN_FIELD', 'brand']);
    },
  },
  'printers.list': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('hardware/printers');
      const till = body.printers.find(({ name }: { name: string }) => name === 'Receipt printer');
      expect(till).toMatchObject({ is_receipt_printer: true, stations: [], problem: null });
      const grill = body.printers.find(({ name }: { name: string }) => name === 'Grill printer');
      expect(grill).toMatchObject({ station_names: ['Grill'], address: expect.stringMatching(/^tcp:\/\/127/) });
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('hardware/printers'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
    },
  },
  'printers.add': {
    success: async (store: TestStore) => {
      const { client, printer } = await newPrinter(store, { stations: [1] });
      const { body } = await client.get('hardware/printers');
      expect(body.data).toContainEqual(expect.objectContaining({ id: printer.id, station_names: ['Grill'] }));
    },
    badInput: async (store: TestStore) => {
      const { client, printer } = await newPrinter(store);
      const add = async (body: object) => told(await client.post('hardware/printers', body));
      const good = { name: 'Hatch', address: 'tcp://10.0.0.9:9100', model };
      expect(await add({ ...good, name: ` ${printer.name.toUpperCase()}` })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await add({ ...good, address: printer.address })).toEqual([422, 'VALIDATION_ERROR', 'address']);
      expect(await add({ ...good, address: 'in the bar' })).toEqual([422, 'VALIDATION_ERROR', 'address']);
      expect(await add({ ...good, address: 'tcp://8.8.8.8' })).toEqual([422, 'VALIDATION_ERROR', 'address']);
      expect(await add({ ...good, address: 'file:///etc/passwd' })).toEqual([422, 'VALIDATION_ERROR', 'address']);
      expect(await add({ ...good, model: 'typewriter' })).toEqual([422, 'VALIDATION_ERROR', 'model']);
      expect(await add({ ...good, name: '' })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await add({ ...good, stations: [nobody] })).toEqual([404, 'NOT_FOUND', 'stations']);
      expect(await add({ ...good, colour: 'red' })).toEqual([422, 'UNKNOWN_FIELD', 'colour']);
      expect(told(await (await server(store)).post('hardware/printers', good))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'printers.change': {
    success: async (store: TestStore) => {
      const { client, at, printer } = await newPrinter(store);
      await at.set({ refusing: true });
      const path = `hardware/printers/${printer.id}`;
      await client.must('POST', `${path}/test`);
      const moved = await store.lab.start(0);
      const shown = (await client.must('GET', 'hardware/printers')).find(({ id }: { id: string }) => id === printer.id);
      const { body } = await client.put(path, { ...shown, address: moved.address });
      expect(body.data).toMatchObject({ id: printer.id, address: moved.address, name: printer.name });
      // The slip that waited at the old address comes out at the new one.
      await until(() => moved.papers().length === 1);
      expect(moved.papers()).toHaveLength(1);
      const name = `${printer.name} by the door`;
      const renamed = await client.must('PUT', path, { name, seen: { name: printer.name } });
      expect(renamed).toMatchObject({ name, address: moved.address });
    },
    badInput: async (store: TestStore) => {
      const { client, printer } = await newPrinter(store);
      const late = await client.put(`hardware/printers/${printer.id}`, {
        name: 'Hatch',
        model: printer.model,
        seen: { name: 'What it was', model: 'another', stations: printer.stations },
      });
      expect([told(late), late.body.error.details.keys]).toEqual([[409, 'VERSION_CONFLICT', null], ['name']]);
      const change = async (body: object, id = printer.id) => told(await client.put(`hardware/printers/${id}`, body));
      expect(await change({ address: 'http://10.0.0.9' })).toEqual([422, 'VALIDATION_ERROR', 'address']);
      const other = await newPrinter(store);
      expect(await change({ name: other.printer.name })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await change({ model: 'typewriter' })).toEqual([422, 'VALIDATION_ERROR', 'model']);
      expect(await change({ ink: 'blue' })).toEqual([422, 'UNKNOWN_FIELD', 'ink']);
      expect(await change({ name: 'Hatch' }, nobody)).toEqual([404, 'NOT_FOUND', 'printer_id']);
      const mine = await (await server(store)).put(`hardware/printers/${printer.id}`, { name: 'Mine' });
      expect(told(mine)).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'printers.remove': {
    success: async (store: TestStore) => {
      const { client, printer } = await newPrinter(store);
      const reply = await client.delete(`hardware/printers/${printer.id}`);
      expect([reply.status, reply.body.data]).toEqual([200, { id: printer.id, removed: true }]);
      const left = (await client.must('GET', 'hardware/printers')) as { id: string }[];
      expect(left.map(({ id }) => id)).not.toContain(printer.id);
    },
    badInput: async (store: TestStore) => {
      const { client, printer } = await newPrinter(store);
      const path = `hardware/printers/${printer.id}`;
      expect(told(await client.delete(`hardware/printers/${nobody}`))).toEqual([404, 'NOT_FOUND', 'printer_id']);
      expect(told(await (await server(store)).delete(path))).toEqual([403, 'FORBIDDEN', null]);
      await client.must('DELETE', path);
      expect(told(await client.delete(path))).toEqual([404, 'NOT_FOUND', 'printer_id']);
    },
  },
  'printers.test': {
    success: async (store: TestStore) => {
      const { client, at, printer } = await newPrinter(store);
      const reply = await client.post(`hardware/printers/${printer.id}/test`);
      expect([reply.status, reply.body.job_id]).toEqual([201, expect.any(String)]);
      await until(() => at.papers().length === 1);
      expect(plainText(at.papers()[0]?.slip ?? { elements: [], cut: null })).toContain(printer.name);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.post(`hardware/printers/${nobody}/test`))).toEqual([404, 'NOT_FOUND', 'printer_id']);
      const asked = await client.post('hardware/printers/the-grill/test');
      expect(told(asked)).toEqual([422, 'VALIDATION_ERROR', 'printer_id']);
    },
  },
  'printers.jobs': {
    success: async (store: TestStore) => {
      const { client, at, printer } = await newPrinter(store);
      const path = `hardware/printers/${printer.id}`;
      const { job_id } = await client.must('POST', `${path}/test`);
      await until(() => at.papers().length === 1);
      const jobs = async () => (await client.must('GET', `${path}/jobs`)) as { state: string }[];
      let latest = await jobs();
      for (let look = 0; look < 100 && latest[0]?.state !== 'done'; look++) latest = await jobs();
      expect(latest).toMatchObject([{ id: job_id, printer_id: printer.id, state: 'done', confirmed: true }]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.get(`hardware/printers/${nobody}/jobs`))).toEqual([404, 'NOT_FOUND', 'printer_id']);
      const stranger = await store.client().get(`hardware/printers/${nobody}/jobs`);
      expect(told(stranger)).toEqual([401, 'AUTHENTICATION_ERROR', null]);
    },
  },
};
