const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How guessing is slowed down and stopped. Times are ms of steady time, which neither a clock nor a restart moves. */
export interface GuardRule {
  /** No more than `most` failures within any `windowMs`. */
  readonly most: number;
  readonly windowMs: number;
  /** From the `most`th failure on, closed for this long whatever the window says; 0 leaves it to the window. */
  readonly lockMs: number;
  /** After this many failures in a row, and again after as many more, closed for `streakLockMs`; 0 for never. */
  readonly streak: number;
  readonly streakLockMs: number;
  /** Wait 1, 2, 4… seconds after the first, second, third… failure in a row. */
  readonly growingDelays: boolean;
}

const plain = { lockMs: 0, streak: 0, streakLockMs: 0, growingDelays: false };

/**
 * A person chooses their name first, so a PIN is guessed for one person on one device. One device can use up at most 20
 * of the 60 guesses a day that a person's PIN stands, so a single vandal cannot lock somebody out everywhere.
 */
export const guardRules = {
  personOnDevice: { most: 20, windowMs: DAY, lockMs: 0, streak: 5, streakLockMs: 5 * MINUTE, growingDelays: true },
  device: { ...plain, most: 20, windowMs: HOUR, lockMs: HOUR },
  person: { ...plain, most: 60, windowMs: DAY },
  /** Passwords: one account from one address, one address for all accounts, one account from strange addresses. */
  accountAtAddress: { ...plain, most: 10, windowMs: 15 * MINUTE },
  address: { ...plain, most: 50, windowMs: 15 * MINUTE },
  account: { ...plain, most: 100, windowMs: HOUR },
  /** Set-up codes and device codes, by address. */
  codes: { ...plain, most: 10, windowMs: 15 * MINUTE },
} as const satisfies Record<string, GuardRule>;

export type GuardName = keyof typeof guardRules;

export interface GuardState {
  readonly failures: readonly number[];
  readonly streak: number;
  readonly lockedUntil: number | null;
}

export const untouched: GuardState = { failures: [], streak: 0, lockedUntil: null };

const longestLock = (rule: GuardRule): number => Math.max(rule.windowMs, rule.lockMs, rule.streakLockMs);

/** How long to wait before the next attempt, and whether that is a lock or only the short delay between attempts. */
export function waitFor(rule: GuardRule, state: GuardState, now: number): { ms: number; locked: boolean } {
  const locked = (state.lockedUntil ?? now) - now;
  const first = state.failures.at(-rule.most);
  const crowded = state.failures.length >= rule.most && first !== undefined ? first + rule.windowMs - now : 0;
  const lock = Math.min(Math.max(locked, crowded, 0), longestLock(rule));
  const inRow = rule.streak === 0 ? state.streak : state.streak % rule.streak;
  const last = state.failures.at(-1);
  const delay =
    rule.growingDelays && inRow > 0 && last !== undefined ? Math.max(0, last + SECOND * 2 ** (inRow - 1) - now) : 0;
  return { ms: Math.max(lock, delay), locked: lock > 0 };
}

/** The state after one more failure, and for how long that closed the door (0 if it did not). */
export function afterFailure(rule: GuardRule, state: GuardState, now: number): { state: GuardState; lockedMs: number } {
  const failures = [...state.failures.filter((at) => at > now - rule.windowMs), now].slice(-rule.most);
  const streak = state.streak + 1;
  const byStreak = rule.streak > 0 && streak % rule.streak === 0 ? rule.streakLockMs : 0;
  const byCount = failures.length >= rule.most ? rule.lockMs : 0;
  const lockedMs = Math.max(byStreak, byCount);
  const lockedUntil = lockedMs > 0 ? now + lockedMs : state.lockedUntil;
  return { state: { failures, streak, lockedUntil }, lockedMs };
}

/** A success ends the row of failures; how many there were in the window still counts. */
export const afterSuccess = (state: GuardState): GuardState => ({ ...state, streak: 0 });
