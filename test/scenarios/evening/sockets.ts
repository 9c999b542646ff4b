import type { Stage } from './stage.ts';
import { agree } from './telling.ts';

/** The evening as it is recorded. What follows each word are the rooms that may hear of it besides management. */
const recorded: readonly (readonly [fact: string, rooms: readonly ('kitchen' | 'pos')[]])[] = [
  ['shift.opened', []], // before the floor iPads listen
  ['shift.drawer_counted', []],
  ['table.status_changed', ['pos']],
  ['order.opened', ['pos', 'kitchen']],
  ['order.lines_added', ['pos', 'kitchen']],
  ['order.allergy_noted', ['pos', 'kitchen']],
  ['order.fired', ['pos', 'kitchen']],
  ['order.lines_added', ['pos', 'kitchen']],
  ['order.fired', ['pos', 'kitchen']],
  ['kitchen.void_slip', ['pos', 'kitchen']],
  ['order.line_voided', ['pos', 'kitchen']],
  ['order.bill_printed', ['pos']],
  ['order.split', ['pos']],
  ['payment.recorded', ['pos']],
  ['payment.recorded', ['pos']],
  ['table.status_changed', ['pos']],
  ['order.settled', ['pos', 'kitchen']],
  ['table.status_changed', ['pos']],
  ['refund.recorded', ['pos']],
  ['shift.cash_moved', []],
  ['shift.drawer_counted', []],
  ['shift.state_changed', ['pos']],
  ['shift.z_report_made', []],
  ['shift.closed', ['pos']],
];

/** What each room hears of the evening, in that order. */
export const heardIn = {
  kitchen: recorded.filter(([, rooms]) => rooms.includes('kitchen')).map(([fact]) => fact),
  pos: recorded.filter(([, rooms]) => rooms.includes('pos')).map(([fact]) => fact),
  management: recorded.map(([fact]) => fact),
} as const;

/** Insists that each socket heard exactly that, leaving out what others did at the same time in a running demo. */
export async function compareSockets(stage: Stage, orderId: string, slept: readonly string[]): Promise<void> {
  const { ears, teller, sessionId, table } = stage;
  await ears.management.next(({ data }) => data?.fact === 'shift.closed' && data.session_id === sessionId);
  await ears.pos.next(({ data }) => data?.fact === 'shift.closed' && data.session_id === sessionId);
  await ears.kitchen.next(({ data }) => data?.fact === 'order.settled' && data.order_id === orderId);
  for (const room of ['kitchen', 'pos', 'management'] as const) {
    const ours = ears[room].frames
      .filter(({ data }) => typeof data?.fact === 'string')
      .filter(({ data }) =>
        [data.order_id, data.session_id, data.table_id].some((id) => [orderId, sessionId, table.id].includes(id)),
      )
      .map(({ data }) => data.fact as string);
    const heard = room === 'pos' ? [...slept, ...ours] : ours;
    agree(`what the ${room} socket heard`, heard, heardIn[room]);
    const seqs = ears[room].frames.flatMap(({ seq, data }) => (data?.fact === undefined ? [] : [seq ?? 0]));
    agree(
      `order of the ${room} socket`,
      seqs,
      [...seqs].sort((one, other) => one - other),
    );
    teller.say(`The ${room} socket heard its ${heard.length} events in order, and nothing that is not for it.`);
  }
}
