import type { Connection } from '../../../store-server/db/connection.ts';
import { plainText } from '../../../store-server/hardware/lab/slip.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../store-server/hardware/lab/virtual-printer.ts';
import { systemClock } from '../../../store-server/kernel/clock.ts';

/** Printers that stand in another building than the server: what is on their paper stays there. */
export interface PrinterRoom {
  readonly addresses: readonly string[];
  /** Begins a new pile of paper. */
  clear(): void;
  /**
   * @param fired the marks of the lines that were sent to the kitchen
   * @returns what is missing, what came out twice without saying so, and drawers that opened without being told to
   */
  findings(connection: Connection, fired: readonly string[]): string[];
  /** What came out, for the report. */
  counts(): { slips: number; marked: number; kicks: number };
  close(): Promise<void>;
}

const REPEAT = 'POSSIBLE REPEAT';
const mark = /z[a-z0-9-]+q\d+q\d+z/g;

export async function openPrinterRoom(printers: number): Promise<PrinterRoom> {
  const room: VirtualPrinter[] = [];
  let slips: { printer: number; text: string }[] = [];
  let kicksBefore = 0;
  for (let n = 0; n < printers; n += 1) {
    const printer = await createVirtualPrinter({ clock: systemClock });
    printer.onPaper(({ slip }) => slips.push({ printer: n, text: plainText(slip) }));
    room.push(printer);
  }
  const allKicks = (): number => room.reduce((sum, printer) => sum + printer.drawerOpenings().length, 0);
  const kicks = (): number => allKicks() - kicksBefore;
  const hits = (wanted: string): { printer: number; marked: boolean }[] =>
    slips.flatMap(({ printer, text }) => (text.includes(wanted) ? [{ printer, marked: text.includes(REPEAT) }] : []));

  function drawerFindings({ sqlite }: Connection): string[] {
    const jobs = sqlite
      .prepare<[], { state: string; attempt: number; n: number }>(
        "SELECT state, min(attempt, 1) AS attempt, count(*) AS n FROM job WHERE kind = 'drawer' GROUP BY 1, 2",
      )
      .all();
    const sum = (fits: (job: (typeof jobs)[number]) => boolean): number =>
      jobs.reduce((all, job) => (fits(job) ? all + job.n : all), 0);
    const done = sum(({ state }) => state === 'done');
    // A pulse that was under way when the server died may have left; it is never sent a second time.
    const perhaps = sum(({ state, attempt }) => state === 'dead' && attempt > 0);
    return kicks() >= done && kicks() <= done + perhaps
      ? []
      : [`the drawer opened ${kicks()} times; ${done} pulses were done and ${perhaps} cut off`];
  }

  return {
    addresses: room.map(({ address }) => address),
    clear() {
      slips = [];
      kicksBefore = allKicks();
    },
    findings(connection, fired) {
      const lost = fired.filter((wanted) => hits(wanted).length === 0);
      const doubled = fired.filter((wanted) =>
        room.some((_, n) => hits(wanted).filter(({ printer, marked }) => printer === n && !marked).length > 1),
      );
      const known = new Set(fired);
      const strange = slips.flatMap(({ text }) => (text.match(mark) ?? []).filter((found) => !known.has(found)));
      return [
        ...lost.map((wanted) => `the kitchen never got ${wanted}`),
        ...doubled.map((wanted) => `${wanted} came out twice and nothing said that it might be a repeat`),
        ...strange.map((found) => `${found} came out although nobody fired it`),
        ...room.flatMap((printer) => printer.errors().map(({ message }) => `a printer did not understand: ${message}`)),
        ...drawerFindings(connection),
      ];
    },
    counts: () => ({
      slips: slips.length,
      marked: slips.filter(({ text }) => text.includes(REPEAT)).length,
      kicks: kicks(),
    }),
    close: async () => void (await Promise.all(room.map((printer) => printer.close()))),
  };
}
