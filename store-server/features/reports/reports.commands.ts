import { daySealed, SealDayInput } from '#contract/reports.ts';
import { systemCaller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { addDays, businessDayOf } from '../../kernel/business-day.ts';
import { Problem } from '../../kernel/verdict.ts';
import { settingsOf } from '../settings/index.ts';
import { unfinishedSessions } from '../shifts/index.ts';
import { reportView, sealOf, unsealedDays } from './reports.reads.ts';
import { daySealTable } from './reports.schema.ts';
import { computeDay } from './reports.summary.ts';

function sealOne({ tx, actor, now }: CommandContext, day: string): void {
  const summary = computeDay(tx.connection, day);
  tx.on('day', day)
    .insert(daySealTable, { id: day, sealedAt: now, sealedBy: actor.id, summary })
    .tell(daySealed, {
      day,
      orders: summary.orders,
      covers: summary.covers,
      items: summary.items,
      sales_total_minor: summary.salesTotalMinor,
      refunds_minor: summary.refundsMinor,
      vat_minor: summary.vatMinor,
      service_minor: summary.serviceMinor,
      discounts_minor: summary.discountsMinor,
      tips_minor: summary.tipsMinor,
      tenders: summary.tenders.map(({ method, takenMinor, tipMinor, refundedMinor }) => ({
        method,
        taken_minor: takenMinor,
        tip_minor: tipMinor,
        refunded_minor: refundedMinor,
      })),
      vat_by_rate: summary.vatByRate.map(({ bps, netMinor, vatMinor }) => ({
        bps,
        net_minor: netMinor,
        vat_minor: vatMinor,
      })),
    });
}

/**
 * Closes a business day, and every earlier one that is still open, for good. The running day only once its drawers are
 * closed; whatever is recorded after that belongs to the next day. A day that is sealed already stays as it is.
 */
export const sealDay = defineCommand({
  name: 'reports.seal_day',
  permission: 'reports.seal',
  input: SealDayInput,
  handle(context, { date }) {
    const { connection } = context.tx;
    const { businessDay } = context;
    const day = date ?? businessDay;
    if (sealOf(connection, day) !== undefined) return reportView(connection, day, context.now);
    if (day > businessDay) {
      throw new Problem('VALIDATION_ERROR', { field: 'date', reason: 'This day has not come yet.' });
    }
    const open = unfinishedSessions(connection).length;
    if (day === businessDay && open > 0) {
      throw new Problem('ILLEGAL_TRANSITION', { state: 'session_open', possible: ['close_session'], sessions: open });
    }
    for (const due of unsealedDays(connection, addDays(day, -1))) sealOne(context, due);
    sealOne(context, day);
    return reportView(connection, day, context.now);
  },
});

/**
 * Seals every day that ended at its cut-off and had money in it: for a timer. Returns the days that were sealed.
 * @param now epoch ms
 */
export async function sealDueDays(core: Core, now: number): Promise<string[]> {
  const { time_zone: zone, day_ends_at: cutOff } = settingsOf(core.connection());
  const yesterday = addDays(businessDayOf(now, zone, cutOff), -1);
  const due = unsealedDays(core.connection(), yesterday);
  const last = due.at(-1);
  if (last !== undefined) await core.execute(sealDay, systemCaller(), { date: last });
  return due;
}
