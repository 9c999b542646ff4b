import type { LiveSummary, StoreHealth } from '#contract/relay.ts';
import type { Commit, Core } from './commands/core.ts';
import type { Connection } from './db/connection.ts';
import { openOrders } from './features/orders/index.ts';
import { nextJob, printers, printLane } from './features/printers/index.ts';
import { dailyReport } from './features/reports/index.ts';
import { settingsOf } from './features/settings/index.ts';
import { devices } from './features/staff/index.ts';
import { currentEpoch } from './journal/tail.ts';
import type { Clock } from './kernel/clock.ts';

/** A slip that is just being printed is no trouble; one that waits longer than this is not coming out. */
const PRINTS_WITHIN_MS = 10_000;

interface DayFigures {
  readonly day: string;
  salesMinor: number;
  refundsMinor: number;
  settled: number;
  covers: number;
}

/** What facts of orders and money carry, as far as it matters here. */
interface Told {
  readonly order_id?: string;
  readonly due_minor?: number;
  readonly total_minor?: number;
  readonly covers?: number;
  readonly settled_day?: string;
  readonly business_day?: string;
  readonly amount_minor?: number;
  /** Of a refund: what undid no sale. */
  readonly returned_minor?: number;
}

/** What only others know: who takes the snapshots, and who holds the sockets. */
interface Surroundings {
  backups(): Pick<StoreHealth, 'backup' | 'disk_free_bytes'>;
  connectedDevices(): ReadonlySet<string>;
}

/**
 * The store at this moment, for an owner far away. Read from the database at the start and after a restore; every commit's facts move
 * it on, so that asking costs nothing, however busy the evening is.
 */
export function createLiveSummary(
  { core, clock, version }: { readonly core: Core; readonly clock: Clock; readonly version: string },
  businessDay: (now: number) => string,
  around: Surroundings,
): () => LiveSummary {
  /** What is still due, by open check. */
  let due = readDue();
  let figures = readDay(businessDay(clock.now()));

  function readDue(): Map<string, number> {
    return new Map(openOrders(core.connection()).map(({ id, dueMinor }) => [id, dueMinor]));
  }

  function readDay(day: string): DayFigures {
    const { summary } = dailyReport(core.connection(), day);
    const { salesTotalMinor: salesMinor, refundsMinor, orders: settled, covers } = summary;
    return { day, salesMinor, refundsMinor, settled, covers };
  }

  function follow(kind: string, body: Told): void {
    if (kind === 'refund.recorded') {
      if (body.business_day === figures.day)
        figures.refundsMinor += (body.amount_minor ?? 0) - (body.returned_minor ?? 0);
      return;
    }
    const { order_id: id, due_minor: amount } = body;
    if (id === undefined) return;
    if (kind === 'order.settled' || kind === 'order.cancelled') due.delete(id);
    else if (amount !== undefined && (kind === 'order.opened' || due.has(id))) due.set(id, amount);
    if (kind !== 'order.settled' || body.settled_day !== figures.day) return;
    figures.settled += 1;
    figures.salesMinor += body.total_minor ?? 0;
    figures.covers += body.covers ?? 0;
  }

  core.onCommit(({ entries }: Commit) => {
    for (const { facts } of entries) for (const { fact, body } of facts) follow(fact.kind, body as Told);
  });

  // The restaurant goes on from a backup: what was counted since then is gone, and checks of that moment are open again.
  core.onExchange(() => {
    due = readDue();
    figures = readDay(businessDay(clock.now()));
  });

  return () => {
    const connection = core.connection();
    const now = clock.now();
    const day = businessDay(now);
    if (day !== figures.day) figures = readDay(day);
    const head = core.head();
    const { restaurant, currency, time_zone } = settingsOf(connection);
    const paper = printers(connection);
    return {
      name: restaurant.name,
      business_day: day,
      at: now,
      currency,
      sales_minor: figures.salesMinor,
      refunds_minor: figures.refundsMinor,
      orders_settled: figures.settled,
      covers: figures.covers,
      orders_open: due.size,
      open_minor: [...due.values()].reduce((all, one) => all + one, 0),
      printers_waiting: paper.filter(({ id }) => waitsSince(connection, id) <= now - PRINTS_WITHIN_MS).length,
      health: {
        version,
        time_zone,
        read_only: core.readOnly(),
        devices: devicesOf(connection, around.connectedDevices()),
        printers: paper.length,
        ...around.backups(),
      },
      epoch: currentEpoch(connection),
      head_seq: head.seq,
      head_hash: head.hash.toString('hex'),
    };
  };
}

/** Epoch ms at which a printer's next slip was asked for; `Infinity` when there is none. */
const waitsSince = (connection: Connection, printerId: string): number =>
  nextJob(connection, printLane(printerId))?.createdAt ?? Infinity;

function devicesOf(connection: Connection, lines: ReadonlySet<string>): NonNullable<StoreHealth['devices']> {
  const registered = devices(connection).filter(({ kind, revokedAt }) => kind === 'registered' && revokedAt === null);
  return { registered: registered.length, connected: registered.filter(({ id }) => lines.has(id)).length };
}
