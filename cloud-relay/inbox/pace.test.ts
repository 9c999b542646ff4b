import { expect, test } from 'vitest';
import { NOON, openRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';

test('a restaurant that has closed is heard every five seconds, one with a guest or a command waiting every second', async () => {
  const at = await openRelay();
  try {
    const store = createTestStore(at);
    await store.join(await at.claimCode());
    const pace = async (over: Parameters<typeof store.exchange>[0] = {}): Promise<number> => {
      store.token = null;
      return (await store.exchange(over)).data.next_in_ms;
    };
    expect(await pace()).toBe(1_000);
    store.sell(1_000);
    await store.send(store.batch(1));
    at.clock.set(NOON + 599_999);
    expect(await pace()).toBe(1_000);
    at.clock.set(NOON + 600_000);
    expect(await pace()).toBe(5_000);
    expect(await pace({ orders_open: 1 })).toBe(1_000);

    const product_id = at.ids.next();
    const soup = {
      product_id,
      name: 'Soup',
      category_id: at.ids.next(),
      price_minor: 500,
      vat_bps: 2000,
      active: true,
    };
    store.tell([{ kind: 'menu.product_changed', entity: 'product', entityId: product_id, body: soup }]);
    // Said before its entry is here.
    expect(await pace()).toBe(1_000);
    await store.send(store.batch(2));
    at.clock.set(NOON + 1_300_000);
    expect(await pace()).toBe(5_000);
    const token = await at.signIn();
    const body = { command: 'menu.change_product', input: { product_id, price_minor: 550 } };
    const pushed = await at.call(`POST /api/v1/platform/restaurants/${store.id}/commands`, { token, body });
    expect(pushed.status).toBe(201);
    expect(await pace()).toBe(1_000);
  } finally {
    await at.stop();
  }
});
