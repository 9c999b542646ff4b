import type { Core } from '../commands/core.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../log.ts';
import type { Keeper } from './keeper.ts';

/** When snapshots are made, in ms. */
export interface BackupTimes {
  /** After the start: nobody should wait a quarter of an hour for the first. */
  readonly firstMs: number;
  readonly everyMs: number;
  /** How often it is looked whether something is due. */
  readonly lookMs: number;
  /** After a session or a day was closed. */
  readonly afterCloseMs: number;
}

export const usualTimes: BackupTimes = {
  firstMs: 60_000,
  everyMs: 15 * 60_000,
  lookMs: 20_000,
  afterCloseMs: 3_000,
};

const closings: ReadonlySet<string> = new Set(['shift.closed', 'day.sealed']);
const DAY_MS = 86_400_000;

export interface Rota {
  /** Ends what waits; what is under way is not waited for. */
  close(): void;
}

/**
 * Sees to it that snapshots are made: every quarter of an hour in which something happened, when a session or a day is
 * closed, soon after the restaurant went on with another database, and once in each business day one that is looked at
 * whole and restored on trial.
 * @param isWholeChecked false after a start at which not all of the database could be looked at: then that is done first
 */
export function keepRota(deps: {
  readonly keeper: Keeper;
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  readonly times: BackupTimes;
  /** The business day of an instant in epoch ms, YYYY-MM-DD. */
  readonly dayOf: (ms: number) => string;
  readonly isWholeChecked: boolean;
}): Rota {
  const { keeper, core, clock, log, times, dayOf } = deps;
  let isBusy = false;
  let isTrialDue = !deps.isWholeChecked;
  let nextAt = clock.monotonic() + times.firstMs;
  let closingAt = Number.POSITIVE_INFINITY;
  const tried = keeper.own.list().find(({ trial }) => trial !== null)?.trial ?? null;
  let triedDay = tried === null ? null : dayOf(tried.at);
  let triedAt = clock.monotonic();
  let isOther = false;

  core.onExchange(() => {
    isOther = true;
  });
  core.onCommit(({ entries }) => {
    const closes = entries.some(({ facts }) => facts.some(({ fact }) => closings.has(fact.kind)));
    if (closes) closingAt = Math.min(closingAt, clock.monotonic() + times.afterCloseMs);
  });

  /** Once in a business day, and within a day of running time whatever the wall clock says. */
  const trialIsDue = (now: number): boolean => isTrialDue || triedDay !== dayOf(clock.now()) || now - triedAt >= DAY_MS;

  async function work(now: number, isClosing: boolean): Promise<void> {
    if (now >= nextAt && trialIsDue(now)) {
      await keeper.tryOne();
      isTrialDue = false;
      triedDay = dayOf(clock.now());
      triedAt = now;
    } else if (isClosing || keeper.isDue()) {
      await keeper.take(isClosing ? 'close' : 'timer');
    }
  }

  async function look(): Promise<void> {
    const now = clock.monotonic();
    const isClosing = now >= closingAt;
    if (isBusy || (now < nextAt && !isClosing && !isOther)) return;
    isBusy = true;
    isOther = false;
    closingAt = Number.POSITIVE_INFINITY;
    try {
      await work(now, isClosing);
    } catch (error) {
      log('error', 'no backup could be made', { reason: String(error) });
    } finally {
      nextAt = clock.monotonic() + times.everyMs;
      isBusy = false;
    }
  }

  const timer = setInterval(() => void look(), times.lookMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
