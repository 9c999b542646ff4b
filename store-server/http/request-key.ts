import type { IncomingHttpHeaders } from 'node:http';
import { sha256 } from '../kernel/hashing.ts';
import { Problem } from '../kernel/verdict.ts';
import type { CommandRoute } from './route.ts';

/**
 * What tells a repeat of a request from a second one like it.
 *
 * A key made for one tap of a finger (our own clients send a uuid) proves a repeat for as long as receipts are kept.
 * The older iPads' offline queue sends `X-Idempotency-Key` with the SHA-256 of the order's content, so two guests who
 * order the same share a key: there it counts only together with the mark that the app puts into each order
 * (`localId`, `date_order`). Without a mark, and without any key, nothing in the request tells a repeat; then `unkeyed`
 * is true and `repeats.ts` decides by whether the first answer was heard.
 */
export interface RequestKey {
  readonly key: string | null;
  readonly unkeyed: boolean;
}

const contentHash = /^[0-9a-f]{64}$/i;

/** @throws Problem INVALID_IDEMPOTENCY_KEY */
export function requestKey(headers: IncomingHttpHeaders, route: CommandRoute, body: unknown): RequestKey {
  const own = keyIn(headers['idempotency-key']);
  const older = keyIn(headers['x-idempotency-key']);
  if (own !== null && older !== null && own !== older) {
    throw new Problem('INVALID_IDEMPOTENCY_KEY', { reason: 'two_different_keys' });
  }
  const fromOlderClient = route.tolerant && route.method === 'post';
  if (own !== null) return { key: own, unkeyed: false };
  if (older === null) return { key: null, unkeyed: fromOlderClient };
  if (!fromOlderClient || !contentHash.test(older)) return { key: older, unkeyed: false };
  const mark = markIn(body);
  if (mark === null) return { key: null, unkeyed: true };
  return { key: `${older}:${sha256(mark).toString('hex', 0, 16)}`, unkeyed: false };
}

function keyIn(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) throw new Problem('INVALID_IDEMPOTENCY_KEY');
  return header;
}

function markIn(body: unknown): string | null {
  const { localId, date_order } = (body ?? {}) as { localId?: unknown; date_order?: unknown };
  const marks = [localId, date_order].map((mark) => (typeof mark === 'number' ? String(mark) : mark));
  const given = marks.filter((mark) => typeof mark === 'string' && mark !== '');
  return given.length === 0 ? null : JSON.stringify(marks);
}
