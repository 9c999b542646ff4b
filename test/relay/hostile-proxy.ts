import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../property/dice.ts';

/** What may happen to a request on its way. */
const mischiefs = [
  'lose the request',
  'lose the answer',
  'delay',
  'send it twice',
  'send an old one again',
  'cut the request',
  'cut the answer',
  'answer with an error page',
  'give the answer before',
] as const;
type Mischief = (typeof mischiefs)[number];

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * A proxy between store and relay as the worst of networks: it loses, delays, doubles, reorders, cuts and swaps whole
 * requests and answers. It can also be closed for a while, as if the relay were not there.
 */
export class HostileProxy {
  readonly done = new Map<Mischief, number>();
  /** Chance of mischief at each request. */
  chance = 0;
  /** How thin the line up is; null for as wide as may be. */
  bytesPerSecond: number | null = null;
  target: URL;
  readonly #at: Dice;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #old: Sent[] = [];
  #before: Answer | null = null;
  #server: Server | null = null;
  #port = 0;

  constructor(target: string, at: Dice) {
    this.target = new URL(target);
    this.#at = at;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<this> {
    this.#server = createServer((asked, response) => {
      void this.#pass(asked, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async end(): Promise<void> {
    await this.close();
    this.#agent.destroy();
  }

  async #pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of asked) pieces.push(piece as Buffer);
    const { method = '', url: path = '', headers } = asked;
    const sent = { method, path, headers, body: Buffer.concat(pieces) };
    if (this.bytesPerSecond !== null) await pause((sent.body.length / this.bytesPerSecond) * 1000);
    // Whoever has hung up meanwhile has not sent it whole.
    if (asked.socket.destroyed) return;
    const mischief = this.#at.chance(this.chance) ? this.#at.pick(mischiefs) : null;
    if (mischief !== null) this.done.set(mischief, (this.done.get(mischief) ?? 0) + 1);
    if (mischief === 'lose the request') return void response.destroy();
    if (mischief === 'answer with an error page') {
      response.writeHead(this.#at.pick([500, 502, 503, 504]), { 'Content-Type': 'text/html' });
      return void response.end('<html><h1>Bad gateway</h1></html>');
    }
    if (mischief === 'delay') await pause(this.#at.between(5, 60));
    if (mischief === 'send an old one again' && this.#old.length > 0) await this.#forward(this.#at.pick(this.#old));
    const twice = mischief === 'send it twice' ? this.#forward(sent) : null;
    const whole = mischief === 'cut the request' ? sent.body : null;
    const answer = await this.#forward(
      whole === null ? sent : { ...sent, body: whole.subarray(0, this.#at.between(0, whole.length - 1)) },
    );
    await twice;
    this.#old.push(sent);
    if (this.#old.length > 40) this.#old.shift();
    if (mischief === 'lose the answer') return void response.destroy();
    this.#give(response, mischief === 'give the answer before' ? (this.#before ?? answer) : answer, mischief);
    this.#before = answer;
  }

  #give(response: ServerResponse, { status, headers, body }: Answer, mischief: Mischief | null): void {
    const { 'transfer-encoding': _, connection: __, ...rest } = headers;
    response.writeHead(status, { ...rest, 'content-length': String(body.length) });
    if (mischief !== 'cut the answer') return void response.end(body);
    response.write(body.subarray(0, this.#at.between(0, body.length - 1)), () => response.destroy());
  }

  #forward({ method, path, headers, body }: Sent): Promise<Answer> {
    const { host: _, connection: __, ...rest } = headers;
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.target),
        { method, agent: this.#agent, headers: { ...rest, 'content-length': String(body.length) } },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }
}
