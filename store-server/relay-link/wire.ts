import * as http from 'node:http';
import * as https from 'node:https';

/** What came back. `body` is undefined where it was no JSON. */
export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Ms that the relay asks to wait; null when it does not say. */
  readonly retryAfterMs: number | null;
}

export interface Wire {
  /**
   * Sends one request and reads its answer whole.
   * @throws Error when the connection fails, the time runs out or `signal` aborts
   */
  send(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<WireAnswer>;
  close(): void;
}

/** An answer of the relay is small; one that is not is no answer of a relay. */
const LONGEST_ANSWER = 1024 * 1024;

/**
 * The one connection to the relay: it is kept open, and requests go one after the other.
 * @param base address of the relay, with or without a path
 * @param timeoutMs for one request from start to end
 */
export function openWire(base: URL, timeoutMs: number): Wire {
  const { Agent, request } = base.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, keepAliveMsecs: 15_000 });
  const root = base.pathname.replace(/\/+$/, '');

  return {
    send: (path, headers, body, signal) =>
      new Promise((resolve, reject) => {
        const asked = request(
          new URL(`${root}${path}`, base),
          {
            method: 'POST',
            agent,
            headers: { 'Content-Type': 'application/json', ...headers, 'Content-Length': String(body.byteLength) },
          },
          (answer) => {
            const pieces: Buffer[] = [];
            let size = 0;
            answer.on('data', (piece: Buffer) => {
              size += piece.length;
              if (size > LONGEST_ANSWER) asked.destroy(new Error('the answer is too long'));
              pieces.push(piece);
            });
            answer.on('error', reject);
            answer.on('end', () => {
              const { statusCode: status = 0, headers: heard } = answer;
              resolve({ status, body: parsed(Buffer.concat(pieces)), retryAfterMs: waitAsked(heard['retry-after']) });
            });
          },
        );
        const stop = () => asked.destroy(new Error('the link is closing'));
        const timer = setTimeout(() => asked.destroy(new Error('the relay took too long to answer')), timeoutMs);
        signal.addEventListener('abort', stop, { once: true });
        asked.on('error', reject);
        asked.on('close', () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
          reject(new Error('the answer broke off'));
        });
        if (signal.aborted) stop();
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** Seconds only (RFC 9110); a date would need the relay's clock. At most five minutes. */
const waitAsked = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,5}$/.test(header) ? Math.min(Number(header), 300) * 1000 : null;
