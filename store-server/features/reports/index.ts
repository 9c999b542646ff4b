import { daySealed } from '#contract/reports.ts';
import { sealDay, sealDueDays } from './reports.commands.ts';
import { reportRoutes } from './reports.routes.ts';

export { checkMoney, checkOrderMoney } from './reports.invariants.ts';
export { dailyReport, firstOpenDay } from './reports.reads.ts';
export type { DaySummary } from './reports.summary.ts';
export { sealDay, sealDueDays };

export const reportsFeature = {
  name: 'reports',
  routes: reportRoutes,
  facts: [daySealed],
  commands: [sealDay],
};
