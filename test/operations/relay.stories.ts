import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';
import { caughtUp, soon } from '../relay/floor.ts';
import { checkLeftBehind, openScriptedRelay } from '../relay/scripted-relay.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

export const stories = {
  'relay.status': {
    success: async (store: TestStore) => {
      const status = await (await manager(store)).must('GET', 'relay');
      expect(status).toMatchObject({ state: 'not_joined', url: null, acked_seq: 0 });
      expect(status.head_seq).toBeGreaterThan(0);
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).get('relay'))).toEqual([403, 'FORBIDDEN', null]);
      expect(told(await (await manager(store)).get('relay?deep=1'))).toEqual([422, 'UNKNOWN_FIELD', 'deep']);
    },
  },
  'relay.claim': {
    success: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      const client = await manager(store);
      const joined = await client.must('POST', 'relay/claim', { url: relay.url, code: 'lime-river-42' });
      expect(joined).toMatchObject({ url: relay.url, relay_id: relay.relayId });
      await client.must('DELETE', 'relay');
      await relay.close();
    },
    badInput: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      const client = await manager(store);
      const claim = (body: object) => client.post('relay/claim', body).then(told);
      expect(await claim({ url: 'relay.test', code: 'RED-FOX-7' })).toEqual([422, 'VALIDATION_ERROR', 'url']);
      expect(await claim({ url: relay.url, code: 'fox' })).toEqual([422, 'VALIDATION_ERROR', 'code']);
      expect(await claim({ url: relay.url, code: 'RED-FOX-7' })).toEqual([404, 'CLAIM_UNKNOWN', null]);
      relay.claims.set('RED-FOX-7', { usedBy: null, expired: true });
      expect(await claim({ url: relay.url, code: 'RED-FOX-7' })).toEqual([410, 'CLAIM_EXPIRED', null]);
      relay.claims.set('RED-FOX-7', { usedBy: 'another store', expired: false });
      expect(await claim({ url: relay.url, code: 'RED-FOX-7' })).toEqual([409, 'CLAIM_USED', null]);
      await relay.close();
      expect(await claim({ url: relay.url, code: 'RED-FOX-7' })).toEqual([502, 'RELAY_UNREACHABLE', null]);
    },
  },
  'relay.go_on': {
    success: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      const client = await manager(store);
      await client.must('POST', 'relay/claim', { url: relay.url, code: 'lime-river-42' });
      await caughtUp(store, relay);
      const last = relay.entries.at(-1);
      if (last === undefined) throw new Error('the relay is empty');
      relay.entries.push({ ...last, seq: last.seq + 1, hash: 'a'.repeat(64) });
      await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 2 }] });
      await soon(async () => expect(await client.must('GET', 'relay')).toMatchObject({ state: 'forked' }));
      const gone = await client.must('POST', 'relay/go-on', {});
      expect(gone.state).not.toBe('forked');
      await caughtUp(store, relay);
      await client.must('DELETE', 'relay');
      await relay.close();
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).post('relay/go-on', {}))).toEqual([403, 'FORBIDDEN', null]);
      const client = await manager(store);
      expect(told(await client.post('relay/go-on', { from: 1 }))).toEqual([422, 'UNKNOWN_FIELD', 'from']);
      // There is nothing to decide.
      expect(told(await client.post('relay/go-on', {}))).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    },
  },
  'relay.send_now': {
    success: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      const client = await manager(store);
      await client.must('POST', 'relay/claim', { url: relay.url, code: 'lime-river-42' });
      expect(await client.must('POST', 'relay/send-now', {})).toMatchObject({ next_try_at: null });
      await relay.close();
      expect(await client.must('POST', 'relay/send-now', {})).toMatchObject({ state: 'unreachable' });
      await client.must('DELETE', 'relay');
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).post('relay/send-now', {}))).toEqual([403, 'FORBIDDEN', null]);
      const client = await manager(store);
      expect(told(await client.post('relay/send-now', { all: true }))).toEqual([422, 'UNKNOWN_FIELD', 'all']);
      // There is nobody to send to.
      expect(told(await client.post('relay/send-now', {}))).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    },
  },
  'relay.left_behind': {
    success: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      relay.leftBehind = { entries: 3, checks: [checkLeftBehind], more: false };
      const client = await manager(store);
      await client.must('POST', 'relay/claim', { url: relay.url, code: 'lime-river-42' });
      const { entries, checks } = await client.must('GET', 'relay/left-behind');
      expect(entries).toBe(3);
      expect(checks).toMatchObject([
        { order_number: 12, total: 24.5, payments: [{ method: 'card', amount: 24.5, tip: 2 }], refunded: 0 },
      ]);
      await client.must('DELETE', 'relay');
      await relay.close();
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).get('relay/left-behind'))).toEqual([403, 'FORBIDDEN', null]);
      const client = await manager(store);
      // There is nobody to ask.
      expect(told(await client.get('relay/left-behind'))).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    },
  },
  'relay.leave': {
    success: async (store: TestStore) => {
      const relay = await openScriptedRelay();
      const client = await manager(store);
      await client.must('POST', 'relay/claim', { url: relay.url, code: 'lime-river-42' });
      expect(await client.must('DELETE', 'relay')).toMatchObject({ state: 'not_joined', relay_id: null });
      // Leaving what one does not belong to is nothing new.
      expect(await client.must('DELETE', 'relay')).toMatchObject({ state: 'not_joined' });
      await relay.close();
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).delete('relay'))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};
