import { Agent, request } from 'node:http';

/** What came back, as it stood on the wire. */
export interface Heard {
  readonly status: number;
  readonly replayed: boolean;
  readonly text: string;
}

export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Connections to one server, over which answers can be lost on purpose. */
export interface Line {
  /** @throws the error of the connection, if it breaks by itself */
  send(what: Sending): Promise<Heard>;
  /**
   * Sends all of it and then tears the connection down after so many turns of the event loop, whatever has come by
   * then. Says whether the answer was lost (null) or had already been there.
   */
  sendAndDrop(what: Sending, turns: number): Promise<Heard | null>;
  close(): void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param port on loopback */
export function line(port: number): Line {
  const kept = new Agent({ keepAlive: true, maxSockets: 256 });
  // A connection that is torn down must not take another request with it.
  const single = new Agent({ keepAlive: false, maxSockets: 256 });

  function begin(what: Sending, agent: Agent) {
    const payload = JSON.stringify(what.body ?? {});
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(payload)),
      ...what.headers,
    };
    const sent = request({
      host: '127.0.0.1',
      port,
      method: what.method,
      path: what.path,
      headers,
      agent,
    });
    const answer = new Promise<Heard>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            replayed: response.headers['idempotency-replayed'] === 'true',
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
    });
    const written = new Promise<void>((resolve) => sent.end(payload, () => resolve()));
    return { sent, answer, written };
  }

  return {
    send: (what) => begin(what, kept).answer,
    async sendAndDrop(what, turns) {
      const { sent, answer, written } = begin(what, single);
      const outcome = answer.catch(() => null);
      await Promise.race([written, outcome]);
      for (let n = 0; n < turns; n += 1) await turn();
      sent.destroy();
      return outcome;
    },
    close() {
      kept.destroy();
      single.destroy();
    },
  };
}
