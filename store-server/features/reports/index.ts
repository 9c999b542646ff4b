import { daySealed } from '#contract/reports.ts';
import { sealDay, sealDueDays } from './reports.commands.ts';
import { checkDayAside } from './reports.invariants.ts';
import { readDay } from './reports.reads.ts';
import { reportRoutes } from './reports.routes.ts';

export { checkMoney, checkOrderMoney } from './reports.invariants.ts';
export { dailyReport, firstOpenDay } from './reports.reads.ts';
export type { DaySummary } from './reports.summary.ts';
export { sealDay, sealDueDays };

/** What a thread of its own may be asked for. */
export const longReads = [readDay, checkDayAside];

export const reportsFeature = {
  name: 'reports',
  routes: reportRoutes,
  facts: [daySealed],
  commands: [sealDay],
};
