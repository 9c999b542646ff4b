import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Problem } from '../kernel/verdict.ts';
import { insistPlainJson } from './plain-json.ts';

/** A body as it came and as it reads; `value` is undefined where nothing was sent. */
export interface Body {
  readonly bytes: Buffer;
  readonly value: unknown;
}

const nothing: Body = { bytes: Buffer.alloc(0), value: undefined };
const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;

/**
 * Reads a request's body as JSON, never keeping more than `limit` bytes of it. What is too big is read to its end and
 * dropped, up to sixteen times the limit, so that an ordinary client gets to hear the answer.
 * @throws Problem BODY_TOO_LARGE, INVALID_JSON, UNSUPPORTED_MEDIA_TYPE, VALIDATION_ERROR (too deep, odd characters)
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<Body> {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return nothing;
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return nothing;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', { reason: 'compressed' });
  }
  if (!jsonType.test(headers['content-type'] ?? '')) throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  if (!isUtf8(bytes)) throw new Problem('INVALID_JSON', { reason: 'not_utf8' });
  const value = parse(bytes.toString('utf8'));
  insistPlainJson(value);
  return { bytes, value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('INVALID_JSON');
  }
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limit * 16) reject(new Problem('BODY_TOO_LARGE', { limit }));
    });
    request.on('end', () => {
      if (size > limit) reject(new Problem('BODY_TOO_LARGE', { limit }));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    // Whoever hung up in mid-body hears nothing any more; the request merely has to come to an end.
    const hungUp = () => {
      if (!request.complete) reject(new Problem('BAD_REQUEST', { reason: 'gone' }));
    };
    request.on('error', hungUp);
    request.on('close', hungUp);
  });
}
