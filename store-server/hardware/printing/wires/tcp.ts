import { lookup } from 'node:dns';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { type Wire, WireError, type WireStatus } from '../ports.ts';
import { readStatus, statusAnswerLength, statusQuestion } from '../printer-status.ts';
import { isLocalAddress } from './address.ts';
import { Connection, ConnectionFault, faultOf } from './connection.ts';

/** All in milliseconds. */
export interface WireTimeouts {
  readonly connectMs: number;
  /** How long a printer may take to answer a status question. */
  readonly statusMs: number;
  /** How long it may take no byte at all before the job counts as stuck. */
  readonly stallMs: number;
  /** How long a line without status is watched after the last byte: a printer that vanished shows itself here. */
  readonly settleMs: number;
  /** How long we wait for the printer to hang up after we did. */
  readonly goodbyeMs: number;
}

export const usualTimeouts: WireTimeouts = {
  connectMs: 3_000,
  statusMs: 1_500,
  stallMs: 10_000,
  settleMs: 100,
  goodbyeMs: 1_000,
};

export interface TcpWireOptions {
  readonly timeouts: WireTimeouts;
  /**
   * Keep the connection for the next job. Only for printers with status: a question over the old line finds out that
   * it is dead before a ticket is entrusted to it. Without status a new connection for each job is that question.
   */
  readonly keepOpen: boolean;
}

const chunkSize = 4_096;

/** Raw printing over TCP, usually port 9100. One job at a time; the caller keeps the order. */
export function createTcpWire(to: { host: string; port: number }, { timeouts, keepOpen }: TcpWireOptions): Wire {
  let open: Connection | undefined;
  let last: Connection | undefined;

  const connected = async (signal: AbortSignal): Promise<Connection> => {
    if (open && !open.isLost) return open;
    // The printer may still be reading the last job from the old line; a second line would overtake it.
    if (last && !last.isLost) await last.gone(timeouts.goodbyeMs, signal);
    open = new Connection(await dial(to, timeouts.connectMs, signal));
    last = open;
    return open;
  };

  const hangUp = (connection: Connection) => {
    connection.leave();
    if (open === connection) open = undefined;
  };

  const ask = async (connection: Connection, signal: AbortSignal): Promise<WireStatus> => {
    const answers = await connection.ask(statusQuestion, statusAnswerLength, timeouts.statusMs, signal);
    if (answers) return readStatus(answers);
    // An answer that comes too late must not be taken for the answer to the next question.
    hangUp(connection);
    return 'unknown';
  };

  return {
    async write(bytes, signal) {
      let accepted = 0;
      let sent: WireError['sent'] = 'nothing';
      let connection: Connection | undefined;
      try {
        connection = await connected(signal);
        for (let at = 0; at < bytes.length; at += chunkSize) {
          const chunk = bytes.subarray(at, at + chunkSize);
          sent = 'some';
          await connection.send(chunk, timeouts.stallMs, signal);
          accepted += chunk.length;
        }
        sent = 'all';
        if (keepOpen) return;
        await connection.settle(timeouts.settleMs, signal);
        open = undefined;
        await connection.goodbye(timeouts.goodbyeMs, signal);
      } catch (error) {
        // Torn, not left: half a ticket that waits in a buffer would come out after its own repeat.
        connection?.destroy();
        open = undefined;
        throw wireError(error, sent, accepted);
      }
    },

    async status(signal) {
      try {
        return await ask(await connected(signal), signal);
      } catch (error) {
        open?.destroy();
        open = undefined;
        throw wireError(error, 'nothing', 0);
      }
    },

    async confirm(signal) {
      try {
        if (!last) throw new ConnectionFault('closed');
        return await ask(last, signal);
      } catch (error) {
        throw wireError(error, 'all', 0);
      }
    },

    async close() {
      open = undefined;
      last?.leave();
    },
  };
}

function dial(to: { host: string; port: number }, ms: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ConnectionFault('cancelled'));
    const socket = connect({ ...to, noDelay: true, keepAlive: true, autoSelectFamily: false, lookup: localLookup });
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners('error');
    };
    const fail = (fault: ConnectionFault['fault']) => {
      finish();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(new ConnectionFault(fault));
    };
    const onAbort = () => fail('cancelled');
    const timer = setTimeout(() => fail('timeout'), ms);
    signal.addEventListener('abort', onAbort);
    socket.once('error', (error) => fail(faultOf(error)));
    socket.once('connect', () => {
      finish();
      resolve(socket);
    });
  });
}

/** A name may point anywhere by the time it is used, so what it points to is looked at before the first packet. */
const localLookup: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: false }, (error, address, family) => {
    if (error) return done(error, '', 4);
    if (!isLocalAddress(address)) return done(new Error('The name leads out of the local network.'), '', family);
    done(null, address, family);
  });
};

function wireError(error: unknown, sent: WireError['sent'], accepted: number): WireError {
  if (error instanceof ConnectionFault) return new WireError(error.fault, sent, accepted);
  throw error;
}
