import type { Caller } from './commands/caller.ts';
import { systemCaller } from './commands/caller.ts';
import type { Core } from './commands/core.ts';
import {
  finishJob,
  nextJob,
  type Printer,
  type PrintJob,
  type PrintPayload,
  printerEver,
  recoverJobs,
  startJob,
  unfinishedJobs,
} from './features/printers/index.ts';
import { printerModelById, printerModels } from './hardware/models/printer-models.ts';
import { createPrinterLink, type LinkOutcome, type PrinterLink } from './hardware/printing/link.ts';
import { drawerPulse, markPossibleRepeat } from './hardware/printing/ticket.ts';
import type { WireTimeouts } from './hardware/printing/wires/tcp.ts';
import { createJobRunner, type JobOutcome } from './jobs/runner.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './log.ts';

/** How long a lane waits after the nth failed attempt, ms: quick at first, then every few seconds until it works. */
const backOff = [250, 500, 1_000, 2_000, 4_000] as const;
/** How soon a drawer pulse is tried again within the few seconds it has to live. */
const DRAWER_RETRY_MS = 300;

export interface PrintDeskDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly timeouts?: WireTimeouts;
}

export interface PrintDesk {
  close(): Promise<void>;
}

/** Joins the queue's rows with the printers: what was asked for comes out on paper, in order, whatever happens. */
export async function openPrintDesk(deps: PrintDeskDeps): Promise<PrintDesk> {
  const { core, clock, log } = deps;
  const system: Caller = systemCaller();
  const links = new Map<string, PrinterLink>();

  function linkTo(printer: Printer): PrinterLink {
    const model = printerModelById(printer.model) ?? (printerModels[0] as (typeof printerModels)[number]);
    const known = links.get(printer.id);
    if (known !== undefined) {
      known.point({ address: printer.address, model });
      return known;
    }
    const { timeouts } = deps;
    const link = createPrinterLink({
      address: printer.address,
      model,
      now: clock.now,
      ...(timeouts === undefined ? {} : { timeouts }),
    });
    links.set(printer.id, link);
    return link;
  }

  async function run(job: PrintJob, signal: AbortSignal): Promise<JobOutcome> {
    const printer = printerEver(core.connection(), job.lane.slice(job.lane.indexOf(':') + 1));
    if (printer === undefined || printer.removedAt !== null) return { kind: 'dead', reason: 'printer_removed' };
    const link = linkTo(printer);
    if (job.kind === 'drawer') return drawerOutcome(await link.print([drawerPulse()], { fresh: true, signal }));
    const { ticket } = job.payload as PrintPayload;
    const slip = job.repeatPossible ? markPossibleRepeat(ticket) : ticket;
    return slipOutcome(await link.print(slip, { fresh: !job.repeatPossible, signal }), job.attempt);
  }

  const runner = createJobRunner<PrintJob>({
    next: (lane) => nextJob(core.connection(), lane),
    start: async (job) => (await core.execute(startJob, system, { job_id: job.id })).data,
    finish: async (job, outcome) =>
      void (await core.execute(finishJob, system, { job_id: job.id, attempt: job.attempt, outcome })),
    run,
    now: clock.now,
    sleep: deps.sleep,
    log,
  });

  await core.execute(recoverJobs, system, {});
  core.onCommit(({ lanes, entries }) => {
    runner.poke(lanes);
    for (const { facts } of entries) {
      for (const { fact, entityId } of facts) {
        if (fact.kind === 'printer.changed') {
          const printer = printerEver(core.connection(), entityId);
          if (printer !== undefined) linkTo(printer);
          runner.nudge(`printer:${entityId}`);
        } else if (fact.kind === 'printer.removed') {
          runner.nudge(`printer:${entityId}`);
          runner.poke(unfinishedJobs(core.connection()).map((job) => job.lane));
        }
      }
    }
  });
  runner.poke(unfinishedJobs(core.connection()).map((job) => job.lane));

  return {
    async close() {
      await runner.close();
      await Promise.all([...links.values()].map((link) => link.close()));
    },
  };
}

function slipOutcome(outcome: LinkOutcome, attempt: number): JobOutcome {
  const retryInMs = backOff[Math.min(attempt, backOff.length) - 1] ?? 4_000;
  if (outcome.kind === 'done') return { kind: 'done', confirmed: outcome.confirmed, flag: outcome.flag ?? null };
  return { kind: outcome.kind, reason: outcome.reason, retryInMs };
}

/** A pulse that may have left is never sent again: better a drawer opened by hand than one that opens by itself. */
function drawerOutcome(outcome: LinkOutcome): JobOutcome {
  if (outcome.kind === 'done') return { kind: 'done', confirmed: outcome.confirmed, flag: null };
  if (outcome.kind === 'failed') return { kind: 'failed', reason: outcome.reason, retryInMs: DRAWER_RETRY_MS };
  return { kind: 'dead', reason: outcome.reason };
}
