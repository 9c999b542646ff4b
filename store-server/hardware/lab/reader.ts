import { type Command, readCommand } from './commands.ts';

/** Bytes that are no command, and where they stand in the stream. */
export class UnknownBytes extends Error {
  readonly position: number;
  readonly bytes: Uint8Array;

  constructor(position: number, bytes: Uint8Array) {
    const shown = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    super(`Byte ${position} begins nothing this printer knows: ${shown}`);
    this.name = 'UnknownBytes';
    this.position = position;
    this.bytes = bytes;
  }
}

export interface CommandReader {
  /**
   * Commands that are complete with these bytes; the rest waits for the next call, wherever a network cut the stream.
   * With `error`, the commands are those before the bytes that nobody knows.
   */
  read(chunk: Uint8Array): { readonly commands: readonly Command[]; readonly error?: UnknownBytes };
  /** Bytes of a command that has begun and is not complete. */
  pending(): number;
}

/** Turns a stream of bytes into commands. After an error it reads nothing more: what follows cannot be trusted. */
export function createCommandReader(): CommandReader {
  let waiting: Uint8Array = new Uint8Array();
  let position = 0;
  let failed: UnknownBytes | undefined;

  return {
    pending: () => waiting.length,
    read(chunk) {
      if (failed) return { commands: [], error: failed };
      // A copy: a socket's chunk is a window on memory that is not ours to keep.
      const bytes = new Uint8Array(Buffer.concat([waiting, chunk]));
      const commands: Command[] = [];
      let at = 0;
      while (at < bytes.length) {
        const reading = readCommand(bytes, at);
        if (reading.kind === 'more') break;
        if (reading.kind === 'unknown') {
          failed = new UnknownBytes(position + at, bytes.slice(at, at + reading.length));
          return { commands, error: failed };
        }
        commands.push(reading.command);
        at += reading.length;
      }
      position += at;
      waiting = bytes.slice(at);
      return { commands };
    },
  };
}
