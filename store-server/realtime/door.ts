import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { RealtimeLimits } from './limits.ts';
import type { Guest } from './listener.ts';
import { type Room, socketAddress } from './rooms.ts';

interface DoorDeps {
  readonly server: WebSocketServer;
  readonly restaurantId: () => string;
  readonly limits: RealtimeLimits;
  readonly guests: ReadonlySet<Guest>;
  /** Whether the request's Host and Origin are our own. */
  allowed(request: IncomingMessage): boolean;
  open(socket: WebSocket, wire: Duplex, request: IncomingMessage, room: Room): void;
}

const addressOf = (request: IncomingMessage) => socketAddress((request.url ?? '').split('?')[0] ?? '');

/** Takes requests for sockets, and turns away those that have no business here before anything is set up for them. */
export function createDoor({ server, restaurantId, limits, guests, allowed, open }: DoorDeps) {
  const strangersFrom = (address: string): number =>
    [...guests].filter((guest) => guest.listener === null && guest.address === address).length;

  /** Why a socket is not opened, as an HTTP status; null when it is. */
  function turnedAway(request: IncomingMessage): string | null {
    const address = addressOf(request);
    if (address === undefined) return '404 Not Found';
    if (!allowed(request)) return '403 Forbidden';
    if (address.restaurantId !== restaurantId()) return '404 Not Found';
    if (server.clients.size >= limits.sockets) return '503 Service Unavailable';
    const strangers = strangersFrom(request.socket.remoteAddress ?? '');
    return strangers >= limits.strangersPerAddress ? '429 Too Many Requests' : null;
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const reason = turnedAway(request);
    if (reason !== null) {
      socket.end(`HTTP/1.1 ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const room = addressOf(request)?.room ?? 'general';
    server.handleUpgrade(request, socket, head, (ws) => open(ws, socket, request, room));
  };
}
