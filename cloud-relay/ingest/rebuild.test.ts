import { expect, test } from 'vitest';
import { asOwner } from '../db/cluster.fixture.ts';
import { openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';
import { rebuildAll } from './rebuild-all.ts';

const models = [
  'order_seen',
  'payment_seen',
  'refund_seen',
  'day_total',
  'total_upto',
  'tenant_day',
  'day_tender',
  'product_seen',
  'command_done',
  'unread_fact',
];

async function everything(at: TestRelay): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const model of models)
    found[model] = await asOwner(at.databaseUrl, `SELECT to_jsonb(t) AS row FROM ${model} t ORDER BY t::text`);
  return found;
}

test('read models made anew are the ones that grew live, restores and unknown facts included', async () => {
  const at = await openRelay();
  try {
    for (const cut of [1, 3, 7]) {
      const store = createTestStore(at);
      await store.join(await at.claimCode());
      for (let n = 0; n < 20; n += 1) store.sell(100 + n, { method: n % 3 === 0 ? 'cash' : 'card', tipMinor: n });
      store.tell([{ kind: 'robot.greeted', body: {} }]);
      const product = {
        product_id: at.ids.next(),
        name: 'Soup',
        category_id: at.ids.next(),
        price_minor: 5,
        vat_bps: 0,
      };
      const fact = { kind: 'menu.product_changed', entity: 'product', entityId: product.product_id };
      store.tell([{ ...fact, body: { ...product, active: true } }]);
      for (let from = 1; from <= 22; from += cut)
        await store.send(store.batch(Math.max(1, from - 1), Math.min(22, from + cut)));
      store.restore(15);
      for (let n = 0; n < 4; n += 1) store.sell(7);
      await store.send(store.batch(14));
    }
    const live = await everything(at);
    expect(live['order_seen']).toHaveLength(3 * 19);
    expect(await rebuildAll(at.relay.database)).toEqual({ stores: 3, entries: 3 * 19 });
    expect(await everything(at)).toEqual(live);

    // And a row that somebody altered by hand comes right again.
    await asOwner(at.databaseUrl, 'ALTER TABLE day_total NO FORCE ROW LEVEL SECURITY');
    await asOwner(at.databaseUrl, 'UPDATE day_total SET sales_minor = 0');
    await asOwner(at.databaseUrl, 'ALTER TABLE tenant_day NO FORCE ROW LEVEL SECURITY');
    await asOwner(at.databaseUrl, 'UPDATE tenant_day SET vat_minor = vat_minor + 1');
    await rebuildAll(at.relay.database);
    expect(await everything(at)).toEqual(live);
  } finally {
    await at.stop();
  }
});
