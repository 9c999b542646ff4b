import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalJson } from '../../store-server/kernel/hashing.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database } from '../db/database.ts';
import type { Person } from './route.ts';

/** How long a key is remembered; after that it is a new request. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** A change as somebody asks for it. */
export interface Wished {
  readonly person: Person;
  readonly key: string;
  readonly operation: string;
  /** All that tells it from another: path parameters, query and body. */
  readonly input: unknown;
  /** Epoch ms. */
  readonly now: number;
}

/** What was done, now or when the key was first used. */
export interface Done {
  readonly payload: unknown;
  /** Epoch ms of the first time; null for now. */
  readonly repeated: number | null;
}

export interface Receipts {
  /**
   * Does something once for one person's key, and answers a repeat with what was answered then. The change and its
   * receipt are one transaction; a refusal leaves neither.
   * @throws Problem IDEMPOTENCY_KEY_REUSED where the key stands for another request
   */
  once(wished: Wished, work: () => Promise<unknown>): Promise<Done>;
}

interface Row {
  readonly requestDigest: Buffer;
  readonly sealed: Buffer;
  readonly answeredAt: number;
}

/** @param secret the relay's own; whoever reads the database alone can neither guess what was asked nor read the answer */
export function createReceipts(database: Database, secret: string, ids: Ids): Receipts {
  const under = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  /** Only with the key it was asked under can an answer be read again. */
  const lockOf = ({ person, key }: Wished): Buffer => under(`answer ${person.personId} ${key}`);

  function seal(wished: Wished, text: string): Buffer {
    const iv = ids.secret(12);
    const cipher = createCipheriv('aes-256-gcm', lockOf(wished), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }
  function open(wished: Wished, sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', lockOf(wished), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  }

  return {
    once(wished, work) {
      const { person, key, operation, input, now } = wished;
      const whose = [person.tenantId, person.personId, under(`key ${person.personId} ${key}`)];
      const asked = under(`request ${canonicalJson([operation, input])}`);
      return database.together(person.tenantId, async (sql) => {
        await sql.run('DELETE FROM receipt WHERE tenant_id = $1 AND answered_at < $2', [
          person.tenantId,
          now - KEPT_MS,
        ]);
        // A copy that arrives while the first is running waits here for its end.
        const isFirst = await sql.run(
          `INSERT INTO receipt (tenant_id, person_id, key_digest, request_digest, answered_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
          [...whose, asked, now],
        );
        if (isFirst === 0) {
          const row = await sql.one<Row>(
            `SELECT request_digest AS "requestDigest", sealed, answered_at AS "answeredAt" FROM receipt
             WHERE tenant_id = $1 AND person_id = $2 AND key_digest = $3`,
            whose,
          );
          if (row === undefined) throw new Problem('SERVICE_UNAVAILABLE');
          if (!row.requestDigest.equals(asked)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
          return { payload: JSON.parse(open(wished, row.sealed)), repeated: row.answeredAt };
        }
        const payload = await work();
        await sql.run('UPDATE receipt SET sealed = $4 WHERE tenant_id = $1 AND person_id = $2 AND key_digest = $3', [
          ...whose,
          seal(wished, JSON.stringify(payload ?? null)),
        ]);
        return { payload, repeated: null };
      });
    },
  };
}

/** The key that came along, under either of its names; null where there is none. @throws Problem INVALID_IDEMPOTENCY_KEY */
export function requestKey(headers: IncomingHttpHeaders): string | null {
  const given = [headers['idempotency-key'], headers['x-idempotency-key']].filter((key) => key !== undefined);
  const [key = null] = given;
  if (given.some((one) => one !== key)) throw new Problem('INVALID_IDEMPOTENCY_KEY', { reason: 'two_different_keys' });
  if (key !== null && (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)))
    throw new Problem('INVALID_IDEMPOTENCY_KEY');
  return key;
}
