import { Agent, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // The tests look at whatever came back; its shape is what they check.
  // biome-ignore lint/suspicious/noExplicitAny: an answer of unknown shape
  readonly body: any;
  readonly text: string;
}

export interface Ask {
  readonly token?: string | null;
  readonly device?: string;
  readonly key?: string;
  readonly approval?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is instead of JSON. */
  readonly raw?: string;
}

/** A plain HTTP client with its own connections, as an iPad has. */
export class ApiClient {
  readonly port: number;
  readonly host: string;
  readonly #agent: Agent;
  token: string | null = null;
  device: string | null = null;

  /** @param from the address it stands at, where several devices have to be told apart */
  constructor(port: number, host = '127.0.0.1', from?: string) {
    this.port = port;
    this.host = host;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 64, ...(from === undefined ? {} : { localAddress: from }) });
  }

  /** @param path with or without the leading `/api/v1` */
  ask(method: string, path: string, body?: unknown, ask: Ask = {}): Promise<Reply> {
    const token = ask.token === undefined ? this.token : ask.token;
    const device = ask.device ?? this.device;
    const payload = ask.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const headers: Record<string, string> = {
      ...(payload === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(payload)) }),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(device === null ? {} : { 'X-Device-Token': device }),
      ...(ask.key === undefined ? {} : { 'Idempotency-Key': ask.key }),
      ...(ask.approval === undefined ? {} : { 'X-Approval-Id': ask.approval }),
      ...ask.headers,
    };
    const full = path.startsWith('/') ? path : `/api/v1/${path}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: this.host, port: this.port, method, path: full, headers, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: readJson(text), text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  get(path: string, ask?: Ask): Promise<Reply> {
    return this.ask('GET', path, undefined, ask);
  }
  post(path: string, body?: unknown, ask?: Ask): Promise<Reply> {
    return this.ask('POST', path, body ?? {}, ask);
  }
  put(path: string, body?: unknown, ask?: Ask): Promise<Reply> {
    return this.ask('PUT', path, body ?? {}, ask);
  }
  patch(path: string, body?: unknown, ask?: Ask): Promise<Reply> {
    return this.ask('PATCH', path, body ?? {}, ask);
  }
  delete(path: string, ask?: Ask): Promise<Reply> {
    return this.ask('DELETE', path, undefined, ask);
  }

  /** Asks and insists on a 2xx; otherwise throws with the answer in the message. Returns the envelope's data. */
  async must(method: string, path: string, body?: unknown, ask?: Ask): Promise<Reply['body']> {
    const reply = await this.ask(method, path, method === 'GET' || method === 'DELETE' ? body : (body ?? {}), ask);
    if (reply.status < 200 || reply.status > 299) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body.data;
  }

  close(): void {
    this.#agent.destroy();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
