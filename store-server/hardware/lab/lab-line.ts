import type { Socket } from 'node:net';
import type { Command } from './commands.ts';
import type { LabCondition } from './condition.ts';
import { createCommandReader, type UnknownBytes } from './reader.ts';

const tickMs = 20;
/** So long after its last byte a line counts as read to the end, what waits in the network included. */
const quietMs = 100;

export interface LabLineEvents {
  condition(): LabCondition;
  /** A printer reads one line at a time: whether those that were there before have been read to the end. */
  isItsTurn(): boolean;
  onCommand(command: Command, answer: (byte: number) => void): void;
  onUnknown(error: UnknownBytes): void;
  /** Counts bytes against `dropAfterBytes`: how many of these may still be read, and whether the line then falls. */
  allow(bytes: number): { readonly readable: number; readonly thenDrop: boolean };
  onClose(): void;
}

export interface LabLine {
  wake(): void;
  drop(): void;
  isQuiet(): boolean;
}

/** One connection into a virtual printer: reads as fast as the printer may, and leaves the rest in the network. */
export function attachLabLine(socket: Socket, events: LabLineEvents): LabLine {
  const reader = createCommandReader();
  let waiting = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  let quiet: NodeJS.Timeout | undefined;
  let broken = false;

  const consume = (size: number) => {
    const { readable, thenDrop } = events.allow(size);
    const { commands, error } = reader.read(waiting.subarray(0, readable));
    waiting = waiting.subarray(readable);
    for (const command of commands) events.onCommand(command, answer);
    if (error && !broken) {
      broken = true;
      events.onUnknown(error);
    }
    if (thenDrop) drop();
  };

  const pump = () => {
    timer = undefined;
    const { stalled, bytesPerSecond } = events.condition();
    if (stalled) return void socket.pause();
    if (!events.isItsTurn()) {
      timer = setTimeout(pump, tickMs);
      return;
    }
    if (waiting.length > 0) {
      const share =
        bytesPerSecond === null ? waiting.length : Math.max(1, Math.round((bytesPerSecond * tickMs) / 1_000));
      consume(Math.min(share, waiting.length));
    }
    if (waiting.length > 0) timer = setTimeout(pump, tickMs);
    else if (socket.destroyed) end();
    else socket.resume();
  };

  const answer = (byte: number) => {
    const { silent, answerAfterMs } = events.condition();
    if (silent || broken) return;
    const write = () => {
      if (!socket.destroyed) socket.write(Uint8Array.of(byte));
    };
    if (answerAfterMs > 0) setTimeout(write, answerAfterMs).unref();
    else write();
  };

  const end = () => {
    clearTimeout(timer);
    clearTimeout(quiet);
    events.onClose();
  };

  const drop = () => {
    waiting = Buffer.alloc(0);
    if (socket.destroyed) end();
    else socket.resetAndDestroy();
  };

  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      quiet = undefined;
    }, quietMs);
    socket.pause();
    if (!timer) pump();
  });
  socket.on('error', () => undefined);
  socket.on('close', (torn) => {
    // Who hangs up in good order has said everything: a slow printer still prints what it has not got round to.
    if (torn) waiting = Buffer.alloc(0);
    if (waiting.length === 0) end();
  });

  return {
    wake: () => {
      if (!timer) pump();
    },
    drop,
    isQuiet: () => waiting.length === 0 && quiet === undefined,
  };
}
