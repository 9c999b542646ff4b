import type { z } from 'zod';
import type { CommissionStatementDto } from '#contract/platform.ts';
import { minor, percentOf } from '../../store-server/kernel/money.ts';

export interface Rule {
  /** YYYY-MM-DD. */
  readonly fromDay: string;
  readonly bps: number;
}

export interface DayBase {
  readonly day: string;
  /** Sales after refunds, without VAT and tips; minor units. */
  readonly baseMinor: number;
}

type Statement = Pick<z.output<typeof CommissionStatementDto>, 'base_minor' | 'commission_minor' | 'lines' | 'days'>;

/**
 * What is owed for some days: each day falls under the rule that held on it, the bases of one rule are added up, and
 * each of those sums is rounded once, half up. Without a rule nothing is owed.
 * @param rules in order of their days
 */
export function commissionOf(rules: readonly Rule[], bases: readonly DayBase[]): Statement {
  const days = bases.map(({ day, baseMinor }) => ({
    day,
    baseMinor,
    rule: rules.findLast(({ fromDay }) => fromDay <= day) ?? null,
  }));
  const lines = [...Map.groupBy(days, ({ rule }) => rule)].map(([rule, own]) => {
    const base = minor(own.reduce((sum, { baseMinor }) => sum + baseMinor, 0));
    return {
      from_day: rule?.fromDay ?? null,
      bps: rule?.bps ?? 0,
      days: own.length,
      base_minor: base,
      commission_minor: percentOf(base, rule?.bps ?? 0),
    };
  });
  return {
    base_minor: lines.reduce((sum, line) => sum + line.base_minor, 0),
    commission_minor: lines.reduce((sum, line) => sum + line.commission_minor, 0),
    lines,
    days: days.map(({ day, baseMinor, rule }) => ({
      business_day: day,
      base_minor: baseMinor,
      bps: rule?.bps ?? 0,
    })),
  };
}
