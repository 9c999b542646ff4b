import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { callerOf, staffActor } from './commands/caller.ts';
import { openCore } from './commands/core.ts';
import { defineCommand } from './commands/define.ts';
import type { jobTable } from './commands/job.schema.ts';
import { openConnection } from './db/connection.ts';
import { migrateSchema } from './db/migrate.ts';
import { createPrintersFeature, enqueueDrawerPulse, enqueueTicket } from './features/printers/index.ts';
import { plainText } from './hardware/lab/slip.ts';
import { createVirtualPrinter, type VirtualPrinter } from './hardware/lab/virtual-printer.ts';
import { printerModelById } from './hardware/models/printer-models.ts';
import { cut, text } from './hardware/printing/ticket.ts';
import type { WireTimeouts } from './hardware/printing/wires/tcp.ts';
import { systemClock, systemRandom } from './kernel/clock.ts';
import { createIds } from './kernel/ids.ts';
import { openPrintDesk, type PrintDesk } from './print-desk.ts';

export const shortTimeouts: WireTimeouts = {
  connectMs: 300,
  statusMs: 120,
  stallMs: 300,
  settleMs: 20,
  goodbyeMs: 120,
};

const feature = createPrintersFeature({
  findStation: (_context, ref) => String(ref),
  stationName: (_connection, id) => id,
  draw: () => ({ svg: '', text: '' }),
  find: async () => ({ found: [], lookedAt: 0 }),
});
export const { add, change, remove } = feature.by;

const printSlips = defineCommand({
  name: 'toy.print',
  permission: null,
  input: z.array(z.object({ printerId: z.string(), words: z.string() })),
  handle: (context, input) =>
    input.map(({ printerId, words }) =>
      enqueueTicket(context, { printerId, title: words, ticket: [text(words), cut()], subjectId: null }),
    ),
});
const openDrawer = defineCommand({
  name: 'toy.open_drawer',
  permission: null,
  input: z.string(),
  handle: (context, printerId) => enqueueDrawerPulse(context, { printerId, subjectId: 'order-1', reason: 'cash_sale' }),
});

type JobRow = typeof jobTable.$inferSelect;
type Row = Omit<JobRow, 'repeatPossible' | 'confirmed'> & { repeat_possible: number; confirmed: number | null };

/** A core on a real file, a print desk, and virtual printers it reaches over TCP. */
export async function openPrintRoom(options: { timeouts?: WireTimeouts; beforeWrite?: (sql: string) => void } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-print-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();

  const ids = createIds(systemClock.now, systemRandom);
  const time = { ahead: 0, monotonicAhead: 0 };
  const clock = {
    now: () => systemClock.now() + time.ahead,
    monotonic: () => systemClock.monotonic() + time.monotonicAhead,
  };
  const complaints: string[] = [];
  const log = (level: string, message: string, fields?: object) => {
    if (level !== 'info') complaints.push(`${message} ${JSON.stringify(fields)}`);
  };
  const openDoor = () =>
    openCore({
      file,
      clock,
      ids,
      log,
      businessDay: () => '2025-06-18',
      reactions: new Map(),
      reopenMs: 0,
      ...(options.beforeWrite === undefined ? {} : { beforeWrite: options.beforeWrite }),
    });
  const openDesk = (): Promise<PrintDesk> =>
    openPrintDesk({
      core,
      clock,
      log,
      sleep: async (ms, signal) => void (await pause(ms, undefined, { signal })),
      timeouts: options.timeouts ?? shortTimeouts,
    });
  let core = openDoor();
  let desk = await openDesk();
  const graves: Promise<void>[] = [];
  const labs = new Set<VirtualPrinter>();
  const manager = callerOf(staffActor('m', 'manager', null));
  const connection = () => core.connection().sqlite;

  return {
    time,
    complaints,
    core: () => core,
    /** A virtual printer and its row. */
    async printer(name: string, more: { model?: string; stations?: string[]; receipt?: boolean } = {}) {
      const model = printerModelById(more.model ?? 'fynlo-lab-80');
      if (model === undefined) throw new Error(`no model ${more.model}`);
      const lab = await createVirtualPrinter({ model, clock });
      labs.add(lab);
      const { data } = await core.execute(add, manager, {
        name,
        address: lab.address,
        model: model.id,
        stations: (more.stations ?? []) as never,
        is_receipt_printer: more.receipt ?? false,
      });
      return { id: data.id, lab };
    },
    /** One command that asks for these slips; answers once it is on the disk. */
    print: async (printerId: string, ...words: string[]): Promise<string[]> =>
      (
        await core.execute(
          printSlips,
          manager,
          words.map((each) => ({ printerId, words: each })),
        )
      ).data,
    pulse: async (printerId: string): Promise<string> => (await core.execute(openDrawer, manager, printerId)).data,
    change: (printerId: string, fields: object) =>
      core.execute(change, manager, { printer_id: printerId as never, ...fields }),
    remove: (printerId: string) => core.execute(remove, manager, { printer_id: printerId as never }),
    job: (id: string): Row => connection().prepare<[string], Row>('SELECT * FROM job WHERE id = ?').get(id) as Row,
    jobs: (): Row[] => connection().prepare<[], Row>('SELECT * FROM job ORDER BY n').all(),
    /** Facts about printers so far, as `kind reason`. */
    facts: (): string[] =>
      connection()
        .prepare<[], { kind: string; body: string }>(
          `SELECT kind, body FROM journal_part WHERE role = 'fact' AND kind LIKE 'printer.%' ORDER BY seq, n`,
        )
        .all()
        .map(({ kind, body }) => `${kind.slice(8)} ${(JSON.parse(body) as { reason?: string }).reason ?? ''}`.trim())
        .filter((fact) => !/^(added|changed)/.test(fact)),
    reconnect: () => desk.reconnect(),
    stopDesk: () => desk.close(),
    async restart(): Promise<void> {
      await desk.close();
      await core.close();
      core = openDoor();
      desk = await openDesk();
    },
    /** As a power cut leaves it: nothing can be noted any more by the old desk; what it had sent it has sent. */
    async crash(): Promise<void> {
      core.connection().sqlite.close();
      await core.close();
      graves.push(desk.close());
      core = openDoor();
      desk = await openDesk();
    },
    async close(): Promise<void> {
      await desk.close();
      await Promise.all(graves);
      await core.close();
      for (const lab of labs) await lab.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type PrintRoom = Awaited<ReturnType<typeof openPrintRoom>>;

/** What hangs at the printer, slip by slip, marks included. */
export const papersOf = (lab: VirtualPrinter): string[] =>
  lab.papers().map(({ slip }) =>
    plainText(slip)
      .trim()
      .split(/\s*\n\s*/)
      .join(' / '),
  );

/** A way to a virtual printer that counts who comes in. */
export async function doorTo(lab: VirtualPrinter) {
  let opened = 0;
  const server = createServer((socket) => {
    opened += 1;
    const inside = connect(lab.port, '127.0.0.1');
    for (const end of [socket, inside]) end.on('error', () => undefined);
    socket.pipe(inside).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `tcp://127.0.0.1:${port}`, opened: () => opened, close: () => void server.close() };
}
