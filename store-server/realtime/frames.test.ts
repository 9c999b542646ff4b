import { expect, test } from 'vitest';
import { eventFrame, type SocketFact } from './frames.ts';

const fact: SocketFact = {
  seq: 7,
  n: 0,
  kind: 'payment.recorded',
  entity: 'payment',
  entityId: 'p-1',
  audience: ['pos'],
  body: JSON.stringify({ order_id: 'o-1', amount_minor: 5532, tip_minor: 600, method: 'card', change_minor: 0 }),
  actorId: 'u-1',
  recordedAt: Date.parse('2025-06-18T19:30:00Z'),
};

test('a frame speaks to our own clients in pennies and to older ones in pounds', () => {
  const frame = JSON.parse(eventFrame(fact, 'c', 'r-1'));
  expect(frame).toMatchObject({ type: 'payment_completed', event_type: 'payment_completed', id: '7.0', cursor: 'c' });
  expect(frame.data).toMatchObject({ amount_minor: 5532, amount: 55.32, tip_amount: 6, payment_method: 'card' });
});

test('a field that a fact names itself is left as it is', () => {
  const own = { ...fact, body: JSON.stringify({ amount_minor: 100, amount: 'one pound' }) };
  expect(JSON.parse(eventFrame(own, 'c', 'r-1')).data).toMatchObject({ amount: 'one pound' });
});
