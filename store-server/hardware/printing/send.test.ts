import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { plainText } from '../lab/slip.ts';
import { createVirtualPrinter, type VirtualPrinter, type VirtualPrinterOptions } from '../lab/virtual-printer.ts';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import type { Ticket, Wire } from './ports.ts';
import { type PrintOutcome, printTicket } from './send.ts';
import { cut, drawerPulse, text } from './ticket.ts';
import { createTcpWire, type WireTimeouts } from './wires/tcp.ts';

const timeouts: WireTimeouts = { connectMs: 300, statusMs: 150, stallMs: 300, settleMs: 40, goodbyeMs: 200 };
const lab = printerModelById('fynlo-lab-80') as PrinterModel;
const generic = printerModelById('generic-escpos-80') as PrinterModel;
const ticket: Ticket = [text('TABLE 7', { size: 'double' }), text('2 x Soup'), cut()];
const never = new AbortController().signal;

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const printer = async (options: Partial<VirtualPrinterOptions> = {}): Promise<VirtualPrinter> => {
  const made = await createVirtualPrinter({ clock: { now: () => 1_000 }, ...options });
  cleanUps.push(() => made.close());
  return made;
};
const wireTo = (port: number, model: PrinterModel, over: Partial<WireTimeouts> = {}): Wire => {
  const wire = createTcpWire(
    { host: '127.0.0.1', port },
    { timeouts: { ...timeouts, ...over }, keepOpen: model.hasStatus },
  );
  cleanUps.push(() => wire.close());
  return wire;
};
const print = (
  wire: Wire,
  model = lab,
  job: { fresh?: boolean; ticket?: Ticket; signal?: AbortSignal } = {},
): Promise<PrintOutcome> =>
  printTicket({ wire, model, ticket: job.ticket ?? ticket, fresh: job.fresh ?? true, signal: job.signal ?? never });

/** A printer that is nobody's product: does with the socket what the test says. */
const strangePrinter = async (behave: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};
const closedPort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
const words = (from: VirtualPrinter) => from.papers().map((paper) => plainText(paper.slip).trim());

describe('a printer with status', () => {
  test('says afterwards that all is well, and the slip lies there', async () => {
    const kitchen = await printer();
    expect(await print(wireTo(kitchen.port, lab))).toEqual({ kind: 'done', confirmed: true });
    expect(words(kitchen)).toEqual(['TABLE 7\n2 x Soup']);
    expect(kitchen.errors()).toEqual([]);
  });

  test.each([
    [{ paper: 'out' as const }, 'paper_out'],
    [{ coverOpen: true }, 'cover_open'],
    [{ jammed: true }, 'printer_error'],
  ])('with %j nothing is sent, so it can go elsewhere unmarked', async (trouble, reason) => {
    const kitchen = await printer();
    await kitchen.set(trouble);
    const wire = wireTo(kitchen.port, lab);
    expect(await print(wire)).toEqual({ kind: 'failed', reason, retryable: true });
    expect(kitchen.bytesRead()).toBe(12);

    await kitchen.set({ paper: 'ok', coverOpen: false, jammed: false });
    expect(words(kitchen)).toEqual([]);
    expect(await print(wire)).toEqual({ kind: 'done', confirmed: true });
  });

  test('nearly out of paper prints and is worth telling', async () => {
    const kitchen = await printer();
    await kitchen.set({ paper: 'low' });
    expect(await print(wireTo(kitchen.port, lab))).toEqual({ kind: 'done', confirmed: true, flag: 'paper_low' });
  });

  test('paper that runs out under the slip leaves doubt', async () => {
    const kitchen = await printer();
    const wire = wireTo(kitchen.port, lab);
    const runsDry: Wire = {
      ...wire,
      write: async (bytes, signal) => {
        await kitchen.set({ paper: 'out' });
        await wire.write(bytes, signal);
      },
    };
    expect(await print(runsDry)).toEqual({ kind: 'uncertain', reason: 'paper_out', sent: 'all' });
    // New paper, and the printer goes on with what it kept: the repeat would be a second slip, hence the mark.
    await kitchen.set({ paper: 'ok' });
    expect(words(kitchen)).toHaveLength(1);
  });

  test('a silent one prints a fresh ticket all the same, and we say so', async () => {
    const kitchen = await printer();
    await kitchen.set({ silent: true });
    expect(await print(wireTo(kitchen.port, lab))).toEqual({ kind: 'done', confirmed: false, flag: 'status_silent' });
    await expect.poll(() => words(kitchen)).toHaveLength(1);
  });

  test('a silent one prints nothing after a cut line: what lies there is unknown', async () => {
    const kitchen = await printer();
    await kitchen.set({ silent: true });
    const outcome = await print(wireTo(kitchen.port, lab), lab, { fresh: false });
    expect(outcome).toEqual({ kind: 'uncertain', reason: 'status_silent', sent: 'nothing' });
    expect(words(kitchen)).toEqual([]);
  });

  test('a late answer within the time is an answer', async () => {
    const kitchen = await printer();
    await kitchen.set({ answerAfterMs: 60 });
    expect(await print(wireTo(kitchen.port, lab))).toEqual({ kind: 'done', confirmed: true });
  });

  test('an answer that comes too late is not taken for the answer to the next question', async () => {
    const kitchen = await printer();
    await kitchen.set({ answerAfterMs: 220, paper: 'low' });
    const wire = wireTo(kitchen.port, lab);
    expect(await wire.status(never)).toBe('unknown');
    await kitchen.set({ answerAfterMs: 110, paper: 'ok' });
    expect(await wire.status(never)).toMatchObject({ paper: 'ok' });
  });

  test('torn off in the middle of a slip is doubt, whatever byte it was', async () => {
    const kitchen = await printer();
    for (const bytes of [1, 9, 20]) {
      await kitchen.set({ dropAfterBytes: 12 + bytes });
      const outcome = await print(wireTo(kitchen.port, lab));
      expect(outcome).toMatchObject({ kind: 'uncertain', sent: 'all' });
    }
    expect(words(kitchen)).toEqual([]);
  });

  test('torn off while it was being asked is no doubt at all', async () => {
    const kitchen = await printer();
    const wire = wireTo(kitchen.port, lab);
    await kitchen.set({ dropAfterBytes: 5 });
    // The first question tears; one new line is tried, and the ticket goes out over that.
    expect(await print(wire)).toEqual({ kind: 'done', confirmed: true });
    expect(words(kitchen)).toHaveLength(1);
  });

  test('a line that died over night costs nothing in the morning', async () => {
    const kitchen = await printer();
    const wire = wireTo(kitchen.port, lab);
    await print(wire);
    await kitchen.set({ refusing: true });
    await kitchen.set({ refusing: false });
    expect(await print(wire)).toEqual({ kind: 'done', confirmed: true });
    expect(words(kitchen)).toHaveLength(2);
  });

  test('switched off: nothing was sent', async () => {
    const kitchen = await printer();
    const wire = wireTo(kitchen.port, lab);
    await print(wire);
    await kitchen.set({ refusing: true });
    expect(await print(wire)).toEqual({ kind: 'failed', reason: 'refused', retryable: true });
  });

  test('one that answers with noise is as silent as one that does not', async () => {
    const port = await strangePrinter((socket) => {
      socket.on('data', () => socket.write(Buffer.alloc(5_000, 0xff)));
    });
    expect(await print(wireTo(port, lab))).toEqual({ kind: 'done', confirmed: false, flag: 'status_silent' });
  });
});

describe('a printer without status', () => {
  test('is never asked: done once it has taken all, and not confirmed', async () => {
    const heard: Buffer[] = [];
    const port = await strangePrinter((socket) => socket.on('data', (chunk) => heard.push(chunk)));
    expect(await print(wireTo(port, generic), generic)).toEqual({ kind: 'done', confirmed: false });
    const bytes = Buffer.concat(heard);
    expect(bytes.includes('TABLE 7')).toBe(true);
    expect(bytes.includes(Buffer.from([0x10, 0x04]))).toBe(false);
  });

  test('that cannot be reached got nothing', async () => {
    expect(await print(wireTo(await closedPort(), generic), generic)).toEqual({
      kind: 'failed',
      reason: 'refused',
      retryable: true,
    });
  });

  test.each([
    ['hangs up in mid-ticket', (socket: Socket) => socket.once('data', () => socket.destroy())],
    ['resets in mid-ticket', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['resets before it read a byte', (socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 10)],
  ])('that %s leaves doubt, although the system took every byte', async (_, behave) => {
    const outcome = await print(wireTo(await strangePrinter(behave), generic), generic);
    expect(outcome).toMatchObject({ kind: 'uncertain', sent: 'all' });
  });

  test('that never hangs up is given up on after the goodbye, and the ticket counts', async () => {
    const port = await strangePrinter((socket) => {
      socket.pause();
    });
    expect(await print(wireTo(port, generic), generic)).toEqual({ kind: 'done', confirmed: false });
  });
});

describe('the wire itself', () => {
  const payload = Buffer.alloc(600_000, 'abcdefghij');

  test.each([true, false])(
    'a slow reader gets all 600,000 bytes, though it talks back (line kept open: %s)',
    async (keepOpen) => {
      let arrived = 0;
      let failed = false;
      const port = await strangePrinter((socket) => {
        socket.write(Uint8Array.of(0x12));
        socket.on('error', () => {
          failed = true;
        });
        socket.on('data', (chunk) => {
          arrived += chunk.length;
          socket.pause();
          setTimeout(() => socket.resume(), 2);
        });
      });
      const wire = createTcpWire({ host: '127.0.0.1', port }, { timeouts: { ...timeouts, stallMs: 5_000 }, keepOpen });
      await wire.write(payload, never);
      await wire.close();
      await expect.poll(() => arrived, { timeout: 10_000 }).toBe(600_000);
      expect(failed).toBe(false);
    },
  );

  test('a reader that stops has a time; what the system had taken is told', async () => {
    const port = await strangePrinter((socket) => {
      socket.pause();
    });
    const wire = wireTo(port, lab);
    const before = performance.now();
    await expect(wire.write(Buffer.alloc(30_000_000), never)).rejects.toMatchObject({
      fault: 'timeout',
      sent: 'some',
      accepted: expect.any(Number),
    });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('called off before a byte left, nothing was sent; after that, some', async () => {
    const port = await strangePrinter((socket) => {
      socket.pause();
    });
    await expect(wireTo(port, lab).write(payload, AbortSignal.abort())).rejects.toMatchObject({
      fault: 'cancelled',
      sent: 'nothing',
    });
    const halfWay = AbortSignal.timeout(60);
    await expect(wireTo(port, lab).write(Buffer.alloc(30_000_000), halfWay)).rejects.toMatchObject({
      fault: 'cancelled',
      sent: 'some',
    });
  });

  test('confirming over a line that is gone never asks a new one', async () => {
    const kitchen = await printer();
    const wire = wireTo(kitchen.port, lab);
    await wire.write(Buffer.from('hello\n'), never);
    await kitchen.set({ refusing: true });
    await kitchen.set({ refusing: false });
    await pause(20);
    await expect(wire.confirm(never)).rejects.toMatchObject({ sent: 'all' });
    expect(await wire.status(never)).toMatchObject({ online: true });
  });
});

describe('the drawer', () => {
  test('opens exactly once for each pulse', async () => {
    const till = await printer();
    const wire = wireTo(till.port, lab);
    for (let sale = 1; sale <= 5; sale++) {
      expect(await print(wire, lab, { ticket: [drawerPulse()] })).toEqual({ kind: 'done', confirmed: true });
      expect(till.drawerOpenings()).toHaveLength(sale);
    }
    expect(till.drawerOpenings()[0]).toEqual({ at: 1_000, pin: 2 });
  });

  test('a receipt opens nothing', async () => {
    const till = await printer();
    await print(wireTo(till.port, lab));
    expect(till.drawerOpenings()).toEqual([]);
  });
});

test('a hundred slips over one line come out in order', async () => {
  const kitchen = await printer();
  const wire = wireTo(kitchen.port, lab);
  for (let number = 1; number <= 100; number++) {
    await print(wire, lab, { ticket: [text(`slip ${number}`), cut()] });
  }
  expect(words(kitchen)).toEqual(Array.from({ length: 100 }, (_, at) => `slip ${at + 1}`));
});
