import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Ids } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/verdict.ts';

/** What one hash costs: KiB of memory, passes over it, threads. */
export interface HashCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 thread. */
export const argon2Cost: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes passwords and PINs, away from the event loop, a few at a time.
 * Every verb throws Problem RATE_LIMIT_EXCEEDED when a great many wait already.
 */
export interface Hashing {
  hashPassword(password: string): Promise<string>;
  hashPin(staffId: string, pin: string): Promise<string>;
  /** Whether the password is right; where there is no hash, the same work is done for nothing. */
  verifyPassword(stored: string | null, password: string): Promise<boolean>;
  verifyPin(stored: string | null, staffId: string, pin: string): Promise<boolean>;
}

const AT_ONCE = 2;
const MOST_WAITING = 200;

/** Lets few through at once: hashing must not take every thread of the pool from reading and writing files. */
function createQueue() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw new Problem('RATE_LIMIT_EXCEEDED', { retry_after_seconds: 1 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * @param pepper key kept outside the database: a PIN has too few digits for a hash alone to hide it from somebody who
 *   copied the database
 * @param cost cheaper only in tests
 */
export function createHashing(ids: Ids, pepper: Buffer, cost: HashCost = argon2Cost): Hashing {
  const queue = createQueue();
  const options = () => ({ ...cost, salt: ids.secret(16) });
  let decoy: Promise<string> | undefined;

  const peppered = (staffId: string, pin: string): string =>
    createHmac('sha256', pepper).update(`${staffId}:${pin}`).digest('base64');

  async function check(stored: string | null, secret: string): Promise<boolean> {
    decoy ??= hash(ids.secret(32).toString('base64'), options());
    const against = stored ?? (await decoy);
    const right = await queue(() => verify(against, secret));
    return stored !== null && right;
  }

  return {
    hashPassword: (password) => queue(() => hash(password.normalize('NFC'), options())),
    hashPin: (staffId, pin) => queue(() => hash(peppered(staffId, pin), options())),
    verifyPassword: (stored, password) => check(stored, password.normalize('NFC')),
    verifyPin: (stored, staffId, pin) => check(stored, peppered(staffId, pin)),
  };
}
