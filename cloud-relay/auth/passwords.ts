import { hash, verify } from '@node-rs/argon2';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';

/** What one hash costs: KiB of memory, passes over it, threads. */
export interface HashCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 thread. */
export const argon2Cost: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MOST_AT_ONCE = 16;

/** Hashes passwords off the event loop. Throws Problem RATE_LIMIT_EXCEEDED when a great many are at it already. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether it is right; where there is no hash, the same work is done for nothing. */
  isRight(stored: string | null, password: string): Promise<boolean>;
}

/** @param cost cheaper only in tests */
export function createPasswords(ids: Ids, cost: HashCost = argon2Cost): Passwords {
  let running = 0;
  let decoy: Promise<string> | undefined;
  const make = (password: string) => hash(password.normalize('NFC'), { ...cost, salt: ids.secret(16) });
  const counted = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= MOST_AT_ONCE) throw new Problem('RATE_LIMIT_EXCEEDED', { retry_after_seconds: 1 });
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
  return {
    hash: (password) => counted(() => make(password)),
    isRight: (stored, password) =>
      counted(async () => {
        decoy ??= make(ids.secret(32).toString('base64'));
        const right = await verify(stored ?? (await decoy), password.normalize('NFC'));
        return stored !== null && right;
      }),
  };
}
