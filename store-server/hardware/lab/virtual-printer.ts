import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import type { Command } from './commands.ts';
import { inGoodOrder, isOnline, type LabCondition, statusByte } from './condition.ts';
import { createPaperMachine } from './interpreter.ts';
import { attachLabLine, type LabLine } from './lab-line.ts';
import type { Slip } from './slip.ts';

/** A finished piece of paper. `number` counts from 1 for as long as this printer lives. */
export interface PrintedSlip {
  readonly number: number;
  readonly at: number;
  readonly slip: Slip;
}

export interface DrawerOpening {
  readonly at: number;
  readonly pin: 2 | 5;
}

/** Bytes the printer could not understand: a fault of whoever sent them. */
export interface LabError {
  readonly at: number;
  readonly message: string;
}

export interface VirtualPrinterOptions {
  /** 0 or absent picks a free one. */
  readonly port?: number;
  readonly model?: PrinterModel;
  readonly clock: { now(): number };
}

export interface VirtualPrinter {
  readonly port: number;
  /** As a printer's address is written: `tcp://127.0.0.1:<port>`. */
  readonly address: string;
  readonly model: PrinterModel;
  /** The latest finished slips, oldest first, at most 500. */
  papers(): readonly PrintedSlip[];
  /** What hangs in the printer, not cut yet. */
  unfinished(): Slip | null;
  drawerOpenings(): readonly DrawerOpening[];
  errors(): readonly LabError[];
  bytesRead(): number;
  condition(): LabCondition;
  /** Makes something go wrong, or right again. Resolves when it holds. */
  set(change: Partial<LabCondition>): Promise<void>;
  /** Calls for each slip as it is cut off; returns how to stop. */
  onPaper(listener: (printed: PrintedSlip) => void): () => void;
  close(): Promise<void>;
}

const slipsKept = 500;

/** A printer of the lab: a real TCP server on loopback that prints on paper anybody can look at. */
export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const model = options.model ?? labModel();
  const { clock } = options;
  let condition = inGoodOrder;
  let bytesRead = 0;
  let printed = 0;
  const papers: PrintedSlip[] = [];
  const openings: DrawerOpening[] = [];
  const errors: LabError[] = [];
  const listeners = new Set<(slip: PrintedSlip) => void>();
  const lines = new Set<LabLine>();
  /** What arrived while it could not move paper. */
  let held: Command[] = [];

  const machine = createPaperMachine(model, {
    onSlip(slip) {
      const paper = { number: ++printed, at: clock.now(), slip };
      papers.push(paper);
      if (papers.length > slipsKept) papers.shift();
      for (const listener of listeners) listener(paper);
    },
    onDrawer(pin) {
      openings.push({ at: clock.now(), pin });
      condition = { ...condition, drawerOpen: true };
    },
  });

  const obey = (command: Command) => {
    try {
      machine.obey(command);
    } catch (error) {
      errors.push({ at: clock.now(), message: error instanceof Error ? error.message : String(error) });
    }
  };

  // Without noDelay four status bytes wait for each other's acknowledgement, 40 ms at a time.
  const server = createServer({ noDelay: true }, (socket) => {
    const line = attachLabLine(socket, {
      condition: () => condition,
      isItsTurn() {
        for (const earlier of lines) {
          if (earlier === line) return true;
          if (!earlier.isQuiet()) return false;
        }
        return true;
      },
      onCommand(command, answer) {
        if (command.kind === 'askStatus') {
          // Status questions are answered in passing, also by a printer that is out of paper.
          if (model.hasStatus) answer(statusByte(command.which, condition));
        } else if (isOnline(condition)) obey(command);
        else held.push(command);
      },
      onUnknown: (error) => errors.push({ at: clock.now(), message: error.message }),
      allow(bytes) {
        const left = condition.dropAfterBytes;
        const readable = left === null ? bytes : Math.min(bytes, left);
        bytesRead += readable;
        if (left === null) return { readable, thenDrop: false };
        const thenDrop = readable === left;
        condition = { ...condition, dropAfterBytes: thenDrop ? null : left - readable };
        return { readable, thenDrop };
      },
      onClose: () => lines.delete(line),
    });
    lines.add(line);
  });

  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const switchOff = async () => {
    const closed = server.listening ? once(server, 'close') : Promise.resolve();
    server.close();
    for (const line of lines) line.drop();
    await closed;
  };

  const port = options.port ? await listen(options.port) : await listenSomewhere(listen);

  return {
    port,
    address: `tcp://127.0.0.1:${port}`,
    model,
    papers: () => [...papers],
    unfinished: () => machine.unfinished(),
    drawerOpenings: () => [...openings],
    errors: () => [...errors],
    bytesRead: () => bytesRead,
    condition: () => condition,
    async set(change) {
      const wasRefusing = condition.refusing;
      condition = { ...condition, ...change };
      if (condition.refusing && !wasRefusing) await switchOff();
      if (!condition.refusing && wasRefusing) await listen(port);
      if (isOnline(condition)) {
        const late = held;
        held = [];
        for (const command of late) obey(command);
      }
      for (const line of lines) line.wake();
    },
    onPaper(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: switchOff,
  };
}

/**
 * Below the ports that systems lend to outgoing connections (Linux from 32768, others from 49152): a printer that was
 * switched off for a while finds its port free again. Servers side by side begin their search apart.
 */
const firstPort = 21_000;
const portCount = 11_000;
let searched = process.pid * 97;

async function listenSomewhere(listen: (port: number) => Promise<number>): Promise<number> {
  for (let left = 500; ; left -= 1) {
    searched += 1;
    try {
      return await listen(firstPort + (searched % portCount));
    } catch (error) {
      if (left === 0 || (error as { code?: string }).code !== 'EADDRINUSE') throw error;
    }
  }
}

function labModel(): PrinterModel {
  const model = printerModelById('fynlo-lab-80');
  if (!model) throw new Error('The lab model is missing from the list of models.');
  return model;
}
