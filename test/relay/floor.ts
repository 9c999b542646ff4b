import { expect, vi } from 'vitest';
import type { ApiClient } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';
import type { ScriptedRelay } from './scripted-relay.ts';

/** What the tests of the relay have in common: a floor at work, and waiting for what is on its way. */

export const CODE = 'LIME-RIVER-42';
export const soon = (what: () => unknown): Promise<unknown> => vi.waitFor(what, { timeout: 10_000, interval: 10 });
export const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');

/** Until the relay holds the store's last entry. */
export const caughtUp = (store: TestStore, relay: ScriptedRelay): Promise<unknown> =>
  soon(() => {
    const { seq, hash } = store.server.core.head();
    expect(relay.head).toEqual({ seq, hash: hash.toString('hex') });
  });

/** Sells two of product 1 to each of so many guests and takes the money. Returns what they paid, in pounds. */
export async function trade(client: ApiClient, guests: number): Promise<number> {
  let paid = 0;
  for (let guest = 0; guest < guests; guest += 1) {
    const whole = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 2 }] });
    const payment = { method: 'card', amount: whole.amount_due, reference: `T-${guest}` };
    await client.must('POST', `orders/${whole.id}/payments`, payment);
    paid += whole.total_amount;
  }
  return paid;
}
