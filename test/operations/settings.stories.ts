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
      const late = await client.put('settings', {
        receipt: { footer: 'Mine', header: before.receipt.header },
        day_ends_at: '05:00',
        seen: {
          'receipt.footer': 'what it was long ago',
          'receipt.header': 'this too',
          day_ends_at: before.day_ends_at,
        },
      });
      expect(told(late)).toEqual([409, 'VERSION_CONFLICT', null]);
      // Where nothing would change, nothing is in the way.
      expect(late.body.error.details.keys).toEqual(['receipt.footer']);
      expect((await client.get('settings')).body.data).toEqual(before);
    },
  },
  'settings.origins': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      await client.must('PUT', 'settings', { receipt: { footer: 'Thank you' }, day_ends_at: '04:30' });
      await client.must('PUT', 'settings', { day_ends_at: '04:00' });
      const origins = await client.must('GET', 'settings/origins');
      const of = (wanted: string) => origins.filter(({ key }: { key: string }) => key === wanted);
      expect(of('day_ends_at')).toMatchObject([{ changed_by: 'Marcus B.' }]);
      expect(of('receipt.footer')).toMatchObject([{ changed_by: 'Marcus B.' }]);
      expect(of('legacy_fire')).toEqual([]);
      await client.must('PUT', 'settings', { receipt: { footer: '' } });
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).get('settings/origins'))).toEqual([403, 'FORBIDDEN', null]);
      expect(told(await (await manager(store)).get('settings/origins?key=x'))).toEqual([422, 'UNKNOWN_FIELD', 'key']);
    },
  },
  'settings.preview_receipt': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const before = (await client.get('settings')).body.data;
      const preview = (body: object) => client.must('POST', 'settings/receipt-preview', body);
      const receipt = { header: 'Ask for the wine list', footer: 'Gracias!\nHasta luego' };
      const short = await preview({ settings: { receipt }, sample: 'short', paper_mm: 80 });
      expect(short.svg).toMatch(/^<svg [^>]*width="672"/);
      expect(short.text).toMatch(
        /Ask for the wine list.*Margherita +£11\.50.*TOTAL.*VAT 20 %.*\nGracias!\nHasta luego/s,
      );
      const bare = { receipt: { ...receipt, show_vat_breakdown: false }, service_charge: { enabled: false } };
      const narrow = await preview({ settings: bare, sample: 'long', paper_mm: 58 });
      expect(narrow.svg).toMatch(/^<svg [^>]*width="480"/);
      expect(narrow.text).not.toMatch(/VAT 20 %|service/);
      expect((await preview({ settings: {}, sample: 'split', paper_mm: 80 })).text).toContain('Share 1 of 2');
      expect((await preview({ settings: {}, sample: 'refund', paper_mm: 80 })).text).toContain('Signature');
      expect((await client.get('settings')).body.data).toEqual(before);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const preview = async (body: object) => told(await client.post('settings/receipt-preview', body));
      const good = { settings: {}, sample: 'short', paper_mm: 80 };
      expect(await preview({ ...good, paper_mm: 70 })).toEqual([422, 'VALIDATION_ERROR', 'paper_mm']);
      expect(await preview({ ...good, sample: 'bill' })).toEqual([422, 'VALIDATION_ERROR', 'sample']);
      const long = { receipt: { footer: 'x'.repeat(501) } };
      expect(await preview({ ...good, settings: long })).toEqual([422, 'VALIDATION_ERROR', 'settings.receipt.footer']);
      const waiter = await server(store);
      expect(told(await waiter.post('settings/receipt-preview', good))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};
