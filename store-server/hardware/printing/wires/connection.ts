import type { Socket } from 'node:net';
import type { WireFault } from '../ports.ts';
import { isStatusByte } from '../printer-status.ts';

/** The fault of a connection, thrown bare; the wire adds how much of the job had gone out. */
export class ConnectionFault extends Error {
  readonly fault: WireFault;

  constructor(fault: WireFault) {
    super(fault);
    this.fault = fault;
  }
}

/** A printer that neither reads nor hangs up is let go of after this, so that lines do not pile up. */
const patienceMs = 300_000;

/** One open TCP connection to a printer. Every wait ends: by the event, its time, an abort, or the loss of the line. */
export class Connection {
  readonly #socket: Socket;
  readonly #whenLost = new Set<(fault: WireFault) => void>();
  #lost: WireFault | undefined;
  #leaving = false;
  #listening: { answers: number[]; wanted: number; heard: () => void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#hear(chunk));
    socket.on('end', () => {
      if (!this.#leaving) this.#lose('closed');
    });
    socket.on('error', (error) => this.#lose(faultOf(error)));
    socket.on('close', () => this.#lose('closed'));
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Resolves once the operating system took the bytes; `stallMs` is how long it may refuse to. */
  async send(bytes: Uint8Array, stallMs: number, signal: AbortSignal): Promise<void> {
    const sent = await this.#wait<'taken'>(stallMs, signal, (done) => {
      this.#socket.write(bytes, (error) => {
        if (!error) done('taken');
      });
    });
    if (sent === 'late') throw new ConnectionFault('timeout');
  }

  /** Asks for `wanted` status bytes; undefined if they are not all here in time. What was heard before counts for nothing. */
  async ask(question: Uint8Array, wanted: number, ms: number, signal: AbortSignal): Promise<number[] | undefined> {
    const answers: number[] = [];
    try {
      const heard = await this.#wait<'heard'>(ms, signal, (done) => {
        this.#listening = { answers, wanted, heard: () => done('heard') };
        this.#socket.write(question);
      });
      return heard === 'heard' ? answers : undefined;
    } finally {
      this.#listening = undefined;
    }
  }

  /** Watches the line for a while. @throws ConnectionFault if the printer hangs up meanwhile */
  async settle(ms: number, signal: AbortSignal): Promise<void> {
    await this.#wait<never>(ms, signal, () => undefined);
  }

  /** Says that no more will come and waits for the printer to hang up as well, or for `ms` to pass. */
  async goodbye(ms: number, signal: AbortSignal): Promise<void> {
    this.leave();
    await this.#wait<never>(ms, signal, () => undefined).catch((error: unknown) => {
      if (!(error instanceof ConnectionFault && error.fault === 'closed')) throw error;
    });
  }

  /** Resolves when the line is down, or after `ms`. */
  async gone(ms: number, signal: AbortSignal): Promise<void> {
    await this.#wait<never>(ms, signal, () => undefined).catch((error: unknown) => {
      if (signal.aborted) throw error;
    });
  }

  /**
   * Lets go without tearing: bytes that the printer has not read yet still reach it. (Destroying a socket whose printer
   * sent a status byte nobody read resets the line, and the rest of the ticket is lost.)
   */
  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    this.#socket.end();
    this.#socket.resume();
    this.#socket.unref();
    this.#socket.setTimeout(patienceMs, () => this.#socket.destroy());
  }

  /** Tears the line down; what is still under way is lost. */
  destroy(): void {
    this.#lose('cancelled');
    this.#socket.destroy();
  }

  #hear(chunk: Uint8Array): void {
    const listening = this.#listening;
    if (!listening) return;
    for (const byte of chunk) {
      if (isStatusByte(byte) && listening.answers.length < listening.wanted) listening.answers.push(byte);
    }
    if (listening.answers.length === listening.wanted) listening.heard();
  }

  #lose(fault: WireFault): void {
    if (this.#lost) return;
    this.#lost = fault;
    for (const tell of this.#whenLost) tell(fault);
    this.#whenLost.clear();
  }

  #wait<T>(ms: number, signal: AbortSignal, start: (done: (value: T) => void) => void): Promise<T | 'late'> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new ConnectionFault('cancelled'));
      if (this.#lost) return reject(new ConnectionFault(this.#lost));
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#whenLost.delete(onLost);
      };
      const onAbort = () => {
        finish();
        reject(new ConnectionFault('cancelled'));
      };
      const onLost = (fault: WireFault) => {
        finish();
        reject(new ConnectionFault(fault));
      };
      const timer = setTimeout(() => {
        finish();
        resolve('late');
      }, ms);
      signal.addEventListener('abort', onAbort);
      this.#whenLost.add(onLost);
      start((value) => {
        finish();
        resolve(value);
      });
    });
  }
}

/** What an error of the operating system means to somebody who wants to print. */
export function faultOf(error: Error): WireFault {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'reset';
  return 'unreachable';
}
