import type { Socket } from 'node:net';
import type { Command } from './commands.ts';
import type { LabCondition } from './condition.ts';
import { createCommandReader, type UnknownBytes } from './reader.ts';

const tickMs = 20;

export interface LabLineEvents {
  condition(): LabCondition;
  onCommand(command: Command, answer: (byte: number) => void): void;
  onUnknown(error: UnknownBytes): void;
  /** Counts bytes against `dropAfterBytes`: how many of these may still be read, and whether the line then falls. */
  allow(bytes: number): { readonly readable: number; readonly thenDrop: boolean };
  onClose(): void;
}

/** One connection into a virtual printer: reads as fast as the printer may, and leaves the rest in the network. */
export function attachLabLine(socket: Socket, events: LabLineEvents): { wake(): void; drop(): void } {
  const reader = createCommandReader();
  let waiting = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
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
    if (stalled || socket.destroyed) return void socket.pause();
    if (waiting.length > 0) {
      const share =
        bytesPerSecond === null ? waiting.length : Math.max(1, Math.round((bytesPerSecond * tickMs) / 1_000));
      consume(Math.min(share, waiting.length));
    }
    if (waiting.length > 0) timer = setTimeout(pump, tickMs);
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

  const drop = () => {
    waiting = Buffer.alloc(0);
    socket.resetAndDestroy();
  };

  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    socket.pause();
    if (!timer) pump();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(timer);
    events.onClose();
  });

  return {
    wake: () => {
      if (!timer) pump();
    },
    drop,
  };
}
