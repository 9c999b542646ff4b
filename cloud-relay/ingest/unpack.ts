import type { IncomingMessage } from 'node:http';
import { zstdDecompress } from 'node:zlib';
import { BATCH_CONTENT_TYPE, Batch, relayLimits } from '#contract/relay.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';

const notABatch = {
  message: 'A batch has to be packed with zstd and named as a batch.',
  suggestion: `Set the headers Content-Type: ${BATCH_CONTENT_TYPE} and Content-Encoding: zstd.`,
  content_type: BATCH_CONTENT_TYPE,
  content_encoding: 'zstd',
};

/**
 * Reads a batch's bytes as sent, never keeping more than its limit.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE, BATCH_TOO_BIG, BAD_REQUEST when the connection ends in the middle
 */
export async function readPacked(request: IncomingMessage): Promise<Buffer> {
  const { headers } = request;
  if (headers['content-type'] !== BATCH_CONTENT_TYPE || headers['content-encoding'] !== 'zstd')
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', notABatch);
  return readAtMost(request, relayLimits.packedBytes);
}

export async function readAtMost(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Problem('BATCH_TOO_BIG', { limit });
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Problem('BAD_REQUEST', { reason: 'gone' });
  }
  if (size > limit) throw new Problem('BATCH_TOO_BIG', { limit });
  return Buffer.concat(chunks);
}

/**
 * What a batch says. The limit holds while it is unpacked: a small parcel cannot fill the memory.
 * @throws Problem BATCH_TOO_BIG, BATCH_BROKEN
 */
export async function unpack(packed: Buffer): Promise<Batch> {
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    zstdDecompress(packed, { maxOutputLength: relayLimits.batchBytes }, (error, result) => {
      if (error === null) resolve(result);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        reject(new Problem('BATCH_TOO_BIG', { limit: relayLimits.batchBytes }));
      else reject(new Problem('BATCH_BROKEN', { reason: 'not_zstd' }));
    });
  });
  const json = parseJson(bytes);
  const { entries } = (json ?? {}) as { entries?: unknown };
  if (Array.isArray(entries) && entries.length > relayLimits.batchEntries)
    throw new Problem('BATCH_TOO_BIG', { limit: relayLimits.batchEntries });
  const read = Batch.safeParse(json);
  if (!read.success)
    throw new Problem('BATCH_BROKEN', { reason: 'form', at: read.error.issues[0]?.path.join('.').slice(0, 100) });
  return read.data;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('BATCH_BROKEN', { reason: 'not_json' });
  }
}
