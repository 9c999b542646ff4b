import { sha256 } from '../../store-server/kernel/hashing.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database } from '../db/database.ts';

const MINUTE = 60_000;

/** No more than `most` failures within any `windowMs`. */
const doors = {
  accountAtAddress: { most: 10, windowMs: 15 * MINUTE },
  address: { most: 50, windowMs: 15 * MINUTE },
  account: { most: 100, windowMs: 60 * MINUTE },
  claim: { most: 10, windowMs: 15 * MINUTE },
} as const;

export interface Watched {
  readonly door: keyof typeof doors;
  readonly of: string;
}

const LONGEST = 60 * MINUTE;

/**
 * Slows down guessing. Failures are kept in the database, so neither a restart nor a second relay forgets them; who
 * failed is kept as a digest.
 */
export interface Attempts {
  /** @throws Problem RATE_LIMIT_EXCEEDED */
  insistOpen(watched: readonly Watched[], now: number): Promise<void>;
  countFailure(watched: readonly Watched[], now: number): Promise<void>;
}

export function createAttempts(database: Database): Attempts {
  return {
    insistOpen: (watched, now) =>
      database.outside(async (sql) => {
        for (const { door, of } of watched) {
          const { most, windowMs } = doors[door];
          const failures = await sql.rows<{ at: number }>(
            'SELECT failed_at AS at FROM attempt WHERE door = $1 AND who = $2 AND failed_at > $3 ORDER BY failed_at DESC LIMIT $4',
            [door, sha256(of), now - windowMs, most],
          );
          const oldest = failures.at(-1);
          if (failures.length >= most && oldest !== undefined)
            throw new Problem('RATE_LIMIT_EXCEEDED', {
              retry_after_seconds: Math.ceil((oldest.at + windowMs - now) / 1000),
            });
        }
      }),
    countFailure: (watched, now) =>
      database.outside(async (sql) => {
        await sql.run('DELETE FROM attempt WHERE failed_at < $1', [now - LONGEST]);
        for (const { door, of } of watched)
          await sql.run('INSERT INTO attempt (door, who, failed_at) VALUES ($1, $2, $3)', [door, sha256(of), now]);
      }),
  };
}
