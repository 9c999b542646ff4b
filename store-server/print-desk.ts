import { systemCaller } from './commands/caller.ts';
import type { Core } from './commands/core.ts';
import {
  finishJob,
  nextJob,
  type PrintJob,
  type PrintPayload,
  printerEver,
  printerIdOf,
  printers,
  printLane,
  recoverJobs,
  startJob,
  unfinishedJobs,
} from './features/printers/index.ts';
import { createPrinterLink } from './hardware/printing/link.ts';
import { drawerPulse, markPossibleRepeat } from './hardware/printing/ticket.ts';
import { usualTimeouts, type WireTimeouts } from './hardware/printing/wires/tcp.ts';
import type { JobOutcome } from './jobs/lanes.ts';
import { createJobRunner } from './jobs/runner.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './log.ts';
import { createPrinterLines } from './print-desk.lines.ts';
import { drawerOutcome, slipOutcome } from './print-desk.outcomes.ts';
import { createPulseLife } from './print-desk.pulses.ts';

export interface PrintDeskDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly timeouts?: WireTimeouts;
}

export interface PrintDesk {
  /** After the computer slept: no old line is trusted, and what waits for its next try is tried now. */
  reconnect(): void;
  /** Lets slips whose bytes are under way end, cancels the rest; what is not on paper waits in the queue. */
  close(): Promise<void>;
}

/** Ten seconds after it stopped, at the latest, everybody knows of a printer that takes nothing more. */
const deskTimeouts: WireTimeouts = { ...usualTimeouts, stallMs: 6_000 };
const RECOVER_AGAIN_MS = 1_000;

/** Joins the queue's rows with the printers: what was asked for comes out on paper, in order, whatever happens. */
export async function openPrintDesk(deps: PrintDeskDeps): Promise<PrintDesk> {
  const { core, clock, log, sleep, timeouts = deskTimeouts } = deps;
  const system = systemCaller();
  const pulseLife = createPulseLife(clock, sleep);
  const closing = new AbortController();

  const lines = createPrinterLines((address, model) => createPrinterLink({ address, model, now: clock.now, timeouts }));

  async function run(job: PrintJob, signal: AbortSignal): Promise<JobOutcome> {
    const printer = printerEver(core.connection(), printerIdOf(job));
    if (printer === undefined || printer.removedAt !== null) return { kind: 'dead', reason: 'printer_removed' };
    const { link } = lines.reach(printer);
    if (job.kind === 'drawer') {
      return pulseLife.within(job, signal, async (alive) =>
        drawerOutcome(await link.print([drawerPulse()], { fresh: true, signal: alive })),
      );
    }
    const { ticket } = job.payload as PrintPayload;
    const slip = job.repeatPossible ? markPossibleRepeat(ticket) : ticket;
    return slipOutcome(await link.print(slip, { fresh: !job.repeatPossible, signal }), job);
  }

  const runner = createJobRunner<PrintJob>({
    next: (lane) => nextJob(core.connection(), lane),
    start: async ({ id, lane, attempt }) => (await core.execute(startJob, system, { job_id: id, lane, attempt })).data,
    finish: async (job, outcome) =>
      void (await core.execute(finishJob, system, { job_id: job.id, attempt: job.attempt, outcome })),
    run,
    now: clock.now,
    sleep,
    log,
  });

  function printerChanged(id: string): void {
    const printer = printerEver(core.connection(), id);
    if (printer !== undefined && lines.reach(printer).isMoved) runner.nudge(printLane(id));
  }

  /** What waits at a printer is due now. A slip under way ends or stalls by itself; letting go of it would print it twice. */
  function tryNow(id: string): void {
    if (lines.isBusy(id)) runner.poke(new Set([printLane(id)]));
    else runner.nudge(printLane(id));
  }

  function printerRemoved(id: string): void {
    runner.nudge(printLane(id));
    lines.leave(id);
    pokeAll();
  }

  const pokeAll = (): void => runner.poke(new Set(unfinishedJobs(core.connection()).map((job) => job.lane)));

  core.onCommit(({ lanes, entries }) => {
    if (!isOpen) return;
    runner.poke(lanes);
    for (const { fact, entityId } of entries.flatMap(({ facts }) => facts)) {
      if (fact.kind === 'printer.changed') printerChanged(entityId);
      else if (fact.kind === 'printer.removed') printerRemoved(entityId);
      else if (fact.kind === 'printer.job_retried' || fact.kind === 'printer.job_moved') tryNow(entityId);
    }
  });

  /** Nothing is sent before what was under way at the last stop is known as such. */
  let isOpen = false;
  async function open(): Promise<void> {
    await core.execute(recoverJobs, system, {});
    isOpen = true;
    pokeAll();
  }
  async function openLater(): Promise<void> {
    while (!isOpen && !closing.signal.aborted) {
      await sleep(RECOVER_AGAIN_MS, closing.signal).catch(() => undefined);
      await open().catch(() => undefined);
    }
  }
  let opening: Promise<void> = Promise.resolve();
  try {
    await open();
  } catch (error) {
    log('error', 'printing waits until the disk can be written', { reason: String(error) });
    opening = openLater();
  }

  function reconnect(): void {
    lines.redial();
    const waiting = new Set(unfinishedJobs(core.connection()).map(({ lane }) => lane));
    for (const { id } of printers(core.connection())) {
      if (waiting.has(printLane(id))) tryNow(id);
    }
  }

  return {
    reconnect,
    async close() {
      closing.abort();
      await opening;
      await Promise.all([runner.close(), lines.close()]);
    },
  };
}
