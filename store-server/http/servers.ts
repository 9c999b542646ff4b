import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** One application behind any number of ports. */
export interface Servers {
  /** @returns the address it listens on. Rejects if the port is taken. */
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Takes nobody new, lets running requests finish for at most `ms`, then closes every connection. */
  close(ms: number): Promise<void>;
}

/** Longer than the pool of any client, which would otherwise use a connection we are just closing. */
const KEEP_ALIVE_MS = 120_000;
const HEADERS_MS = 20_000;
const REQUEST_MS = 30_000;
const MOST_CONNECTIONS = 4096;

export function createServers(handler: RequestListener, onUpgrade: UpgradeListener): Servers {
  const servers: Server[] = [];
  /** How many requests each connection is waiting for. */
  const sockets = new Map<Socket, number>();
  let closing = false;

  const begin = (socket: Socket): void => {
    sockets.set(socket, (sockets.get(socket) ?? 0) + 1);
  };
  const end = (socket: Socket): void => {
    const left = (sockets.get(socket) ?? 1) - 1;
    if (sockets.has(socket)) sockets.set(socket, left);
    if (closing && left === 0) socket.end();
  };

  return {
    listen(host, port) {
      const server = createServer(
        {
          keepAliveTimeout: KEEP_ALIVE_MS,
          headersTimeout: HEADERS_MS,
          requestTimeout: REQUEST_MS,
          connectionsCheckingInterval: 5000,
          noDelay: true,
        },
        handler,
      );
      server.maxConnections = MOST_CONNECTIONS;
      server.on('connection', (socket) => {
        sockets.set(socket, 0);
        socket.once('close', () => sockets.delete(socket));
      });
      server.on('request', ({ socket }, response) => {
        begin(socket);
        response.once('close', () => end(socket));
      });
      // Left to itself, node answers an expectation it does not know with a status and no body.
      server.on('checkExpectation', (request, response) => server.emit('request', request, response));
      server.on('upgrade', onUpgrade);
      server.on('clientError', refuseUnreadable);
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          servers.push(server);
          resolve(server.address() as AddressInfo);
        });
      });
    },
    async close(ms) {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      closing = true;
      for (const [socket, waiting] of sockets) if (waiting === 0) socket.destroy();
      const late = setTimeout(() => {
        for (const socket of sockets.keys()) socket.destroy();
      }, ms);
      await Promise.all(closed);
      clearTimeout(late);
    },
  };
}

/** Answers what is not HTTP at all, or too slow, or has headers without end, in the envelope and lets go. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [line, message] = unreadable[error.code ?? ''] ?? ['400 Bad Request', 'The request is not readable as HTTP.'];
  writeRefusal(socket, line, 'BAD_REQUEST', message);
}

const unreadable: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers of the request are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
};

/** Writes a refusal where there is no response object, then closes the connection. */
export function writeRefusal(socket: Duplex, statusLine: string, code: string, message: string): void {
  const error = { code, message, field: null, details: null };
  const body = JSON.stringify({ success: false, data: null, message, detail: message, error, meta: null });
  const head = `HTTP/1.1 ${statusLine}\r\nContent-Type: application/json; charset=utf-8\r\nConnection: close\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
