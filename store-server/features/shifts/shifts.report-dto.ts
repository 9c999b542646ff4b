import type { z } from 'zod';
import type { ShiftReportDto } from '#contract/shifts.dto.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import type { ShiftReport } from './shifts.report.ts';

const pounds = (amount: number): number => toPounds(minor(amount));
const poundsOrNull = (amount: number | null): number | null => (amount === null ? null : pounds(amount));

/** A report in pounds, as clients read it. */
export const shiftReportDto = (report: ShiftReport): z.output<typeof ShiftReportDto> => ({
  kind: report.kind,
  number: report.number,
  session_id: report.sessionId,
  session_name: report.sessionName,
  till_name: report.tillName,
  business_day: report.businessDay,
  opened_at: isoTime(report.openedAt),
  closed_at: isoTimeOrNull(report.closedAt),
  made_at: isoTime(report.madeAt),
  opened_by: report.openedBy ?? '',
  closed_by: report.closedBy,
  cash: {
    opening_float: pounds(report.cash.openingFloatMinor),
    float_counted: report.cash.floatCounted,
    sales: pounds(report.cash.salesMinor),
    tips: pounds(report.cash.tipsMinor),
    refunds: pounds(report.cash.refundsMinor),
    cash_in: pounds(report.cash.inMinor),
    cash_out: pounds(report.cash.outMinor),
    expected: pounds(report.cash.expectedMinor),
    counted: poundsOrNull(report.cash.countedMinor),
    difference: poundsOrNull(report.cash.differenceMinor),
    difference_reason: report.cash.differenceReason ?? null,
    closing_counts: report.cash.closingCounts,
  },
  tenders: report.tenders.map((tender) => ({
    method: tender.method,
    taken: pounds(tender.takenMinor),
    tips: pounds(tender.tipMinor),
    refunded: pounds(tender.refundedMinor),
    net: pounds(tender.takenMinor - tender.refundedMinor),
    payments: tender.payments,
    refunds: tender.refunds,
  })),
  sales: {
    total: pounds(report.salesTotalMinor),
    net: pounds(report.salesNetMinor),
    vat: pounds(report.salesVatMinor),
    service_charge: pounds(report.serviceMinor),
    discounts: pounds(report.discountsMinor),
    checks: report.checks,
    covers: report.covers,
    average_check: report.checks === 0 ? 0 : pounds(Math.round(report.salesTotalMinor / report.checks)),
  },
  vat_by_rate: report.vatByRate.map(({ bps, netMinor, vatMinor, grossMinor }) => ({
    rate: bps / 100,
    net: pounds(netMinor),
    vat: pounds(vatMinor),
    gross: pounds(grossMinor),
  })),
  refunds: {
    count: report.refunds.count,
    amount: pounds(report.refunds.amountMinor),
    vat: pounds(report.refunds.vatMinor),
    returned: pounds(report.refunds.returnedMinor),
  },
  tips: pounds(report.tipsMinor),
  voids: { count: report.voids.count, value: pounds(report.voids.valueMinor) },
  no_sales: report.noSales,
  movements: report.movements.map(({ direction, amountMinor, reason, recordedAt }) => ({
    direction,
    amount: pounds(amountMinor),
    reason,
    recorded_at: isoTime(recordedAt),
  })),
  carried_over: report.carriedOver,
  journal: report.journal,
});
