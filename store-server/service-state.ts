import type { Service } from '#contract/host.ts';
import type { Core } from './commands/core.ts';
import { openOrderCount } from './features/orders/index.ts';
import { unfinishedJobs } from './features/printers/index.ts';
import { unfinishedSessions } from './features/shifts/index.ts';

/** Whether the restaurant is at work, read anew: four small indexed questions. */
export function serviceState(core: Core): Service {
  const connection = core.connection();
  return {
    open_shifts: unfinishedSessions(connection).length,
    open_checks: openOrderCount(connection),
    waiting_slips: unfinishedJobs(connection).length,
    read_only: core.readOnly(),
  };
}
