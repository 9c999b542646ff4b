import type { z } from 'zod';
import type { PrinterDto, PrintJobDto } from '#contract/printers.ts';
import type { Level } from '#ui/signs.tsx';
import { texts } from './printers.texts.ts';

export type Printer = z.output<typeof PrinterDto>;
export type Job = z.output<typeof PrintJobDto>;

/** What is known of a printer, and no more: one that cannot say how it is prints blind. */
export function stateOf({ problem, waiting_jobs, last_job }: Printer, hasStatus: boolean): [Level, string] {
  if (problem !== null) return ['warn', texts.states.stuck];
  if (waiting_jobs > 0) return ['info', texts.states.waiting(waiting_jobs)];
  if (!hasStatus) return ['neutral', texts.states.blind];
  return last_job === null ? ['neutral', texts.states.unused] : slipState({ ...last_job, reason: null });
}

const levels: Readonly<Record<Job['state'], Level>> = {
  queued: 'info',
  running: 'info',
  done: 'ok',
  failed: 'warn',
  uncertain: 'warn',
  dead: 'neutral',
};

/** A slip's state in the words of the trade. */
export function slipState({ state, confirmed, reason }: Pick<Job, 'state' | 'confirmed' | 'reason'>): [Level, string] {
  if (state === 'done' && confirmed !== true) return ['neutral', texts.jobs.blind];
  if (state === 'dead' && reason === 'cancelled') return ['neutral', texts.jobs.cancelled];
  return [levels[state], texts.jobs.states[state]];
}

/** Whether somebody can still do something about it; what is being sent right now ends by itself. */
export const canBeHelped = ({ state }: Job): boolean =>
  state === 'queued' || state === 'failed' || state === 'uncertain';
