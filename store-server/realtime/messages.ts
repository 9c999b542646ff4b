import type { IncomingMessage } from 'node:http';

/** A client's message; older clients put their fields flat, later ones under `data`. */
export interface ClientMessage {
  readonly type: string;
  readonly token: string;
  readonly cursor: string | null;
  /** The restaurant that it says it means, in whatever form; undefined when it says none. */
  readonly restaurant: unknown;
  readonly data: Readonly<Record<string, unknown>>;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads one text frame; null when it is not a JSON object with a `type`. */
export function readMessage(text: string): ClientMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const message = value as Record<string, unknown>;
  const type = textOf(message['type']);
  if (type === null) return null;
  const given = message['data'];
  const data = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  return {
    type,
    token: textOf(message['token']) ?? textOf(data['token']) ?? '',
    cursor: textOf(message['cursor']) ?? textOf(data['cursor']),
    restaurant: message['restaurant_id'] ?? data['restaurant_id'],
    data,
  };
}

const queryOf = (request: IncomingMessage): URLSearchParams =>
  new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));

/** The cursor that came with the request, from a client that knows at once where it wants to go on. */
export const cursorOf = (request: IncomingMessage): string | null => queryOf(request).get('cursor');

/**
 * The token that came with the request itself: the Authorization header, `?token=`, or the second of two subprotocols
 * (`token`, then the token in base64url). Some clients strip the query from socket addresses, so all of them count.
 */
export function bearerOf(request: IncomingMessage): string | null {
  const header = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header !== undefined) return header;
  const query = queryOf(request).get('token');
  if (query !== null && query !== '') return query;
  const [scheme, encoded] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  if (scheme !== 'token' || encoded === undefined) return null;
  // A token itself is also a valid subprotocol name, and some clients send it bare.
  return encoded.split('.').length === 3 ? encoded : Buffer.from(encoded, 'base64url').toString();
}
