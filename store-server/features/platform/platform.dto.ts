import type { LeftBehind } from '#contract/relay.left-behind.ts';
import type { LeftBehindDto } from '#contract/relay-link.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';

const pounds = (amountMinor: number): number => toPounds(minor(amountMinor));

export const leftBehindDto = ({ entries, checks, more }: LeftBehind): LeftBehindDto => ({
  entries,
  checks: checks.map((check) => ({
    order_id: check.order_id,
    order_number: check.number,
    table_name: check.table,
    status: check.status,
    total: pounds(check.total_minor),
    opened_at: isoTimeOrNull(check.opened_at),
    last_at: isoTime(check.last_at),
    lines: check.lines,
    payments: check.payments.map(({ method, amount_minor, tip_minor }) => ({
      method,
      amount: pounds(amount_minor),
      tip: pounds(tip_minor),
    })),
    refunded: pounds(check.refunded_minor),
  })),
  more,
});
