import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Problem } from '../../kernel/verdict.ts';
import {
  afterFailure,
  afterSuccess,
  DAY,
  type GuardName,
  type GuardState,
  guardRules,
  untouched,
  waitFor,
} from './staff.guard.rules.ts';
import { signInGuardTable as table } from './staff.schema.ts';

/** One door that is being watched: which rule, and for whom, such as `person:<id>`. */
export interface Watched {
  readonly rule: GuardName;
  readonly of: string;
}

/** What a failure closed. */
export interface Closed extends Watched {
  readonly lockedMs: number;
}

export interface Guard {
  /**
   * Refuses an attempt that comes too early, whether it would be right or wrong.
   * @throws Problem PIN_LOCKED, or RATE_LIMIT_EXCEEDED with `retry_after_seconds`
   */
  insistOpen(connection: Connection, watched: readonly Watched[], now: number): void;
  /** Whole seconds until the next attempt will be let through; 0 for now. */
  secondsToWait(connection: Connection, watched: readonly Watched[]): number;
  /** Counts a failure at every door and says what that closed. The command has to commit: `return refused(…)`. */
  countFailure(context: CommandContext, watched: readonly Watched[]): Closed[];
  countSuccess(context: CommandContext, watched: readonly Watched[]): void;
  /** Opens doors and forgets their failures, as a manager asked. */
  unlock(context: CommandContext, of: { person: string } | { device: string }): void;
}

const CLOCK = 'clock';
const PRUNED_AT_ONCE = 20;

const byId = prepared((orm) =>
  orm
    .select()
    .from(table)
    .where(eq(table.id, sql.placeholder('id')))
    .prepare(),
);
const untouchedSince = prepared((orm) =>
  orm
    .select({ id: table.id })
    .from(table)
    .where(and(lt(table.touchedAt, sql.placeholder('before')), ne(table.id, CLOCK)))
    .limit(PRUNED_AT_ONCE)
    .prepare(),
);
const ofPerson = prepared((orm) =>
  orm
    .select({ id: table.id })
    .from(table)
    .where(sql`${table.id} LIKE 'personOnDevice ' || ${sql.placeholder('person')} || ' %'`)
    .prepare(),
);

const idOf = ({ rule, of }: Watched): string => `${rule} ${of}`;

/** Locks that are reported as such; the others only ask to slow down. */
const pinDoors: ReadonlySet<GuardName> = new Set(['personOnDevice', 'device', 'person']);

/**
 * Counts failures in the database, so that they outlive a restart, and by a time of their own: the ms that this store's
 * server has been running, all runs together. The wall clock may be set back or forward, and how long the server was off
 * nobody can know for certain; so no lock ends early, and none lasts longer than its length of running time.
 */
export function createGuard(clock: Clock): Guard {
  const startedAt = clock.monotonic();
  let before: number | null = null;

  function steadyNow(connection: Connection): number {
    before ??= byId(connection).get({ id: CLOCK })?.touchedAt ?? 0;
    return before + Math.floor(clock.monotonic() - startedAt);
  }

  const stateOf = (connection: Connection, watched: Watched): GuardState =>
    byId(connection).get({ id: idOf(watched) }) ?? untouched;

  function write({ tx }: CommandContext, id: string, state: GuardState, touchedAt: number): void {
    const row = { failures: state.failures, streak: state.streak, lockedUntil: state.lockedUntil, touchedAt };
    if (byId(tx.connection).get({ id }) === undefined) tx.local(table).insert({ id, ...row });
    else tx.local(table).update(id, row);
  }

  const keepTime = (context: CommandContext, now: number): void => write(context, CLOCK, untouched, now);

  function longestWait(connection: Connection, watched: readonly Watched[]) {
    const now = steadyNow(connection);
    return watched
      .map((door) => ({ door, ...waitFor(guardRules[door.rule], stateOf(connection, door), now) }))
      .reduce<{ door: Watched; ms: number; locked: boolean } | null>(
        (longest, wait) => (wait.ms > (longest?.ms ?? 0) ? wait : longest),
        null,
      );
  }

  return {
    secondsToWait: (connection, watched) => Math.ceil((longestWait(connection, watched)?.ms ?? 0) / 1000),
    insistOpen(connection, watched, now) {
      const wait = longestWait(connection, watched);
      if (wait === null) return;
      const seconds = Math.ceil(wait.ms / 1000);
      if (!wait.locked || !pinDoors.has(wait.door.rule)) {
        throw new Problem('RATE_LIMIT_EXCEEDED', { retry_after_seconds: seconds });
      }
      throw new Problem('PIN_LOCKED', {
        retry_after_seconds: seconds,
        locked_until: new Date(now + wait.ms).toISOString(),
        locked: wait.door.rule === 'device' ? 'device' : 'person',
      });
    },
    countFailure(context, watched) {
      const { tx } = context;
      const now = steadyNow(tx.connection);
      for (const { id } of untouchedSince(tx.connection).all({ before: now - DAY })) tx.local(table).remove(id);
      keepTime(context, now);
      return watched.flatMap((door): Closed[] => {
        const { state, lockedMs } = afterFailure(guardRules[door.rule], stateOf(tx.connection, door), now);
        write(context, idOf(door), state, now);
        return lockedMs > 0 ? [{ ...door, lockedMs }] : [];
      });
    },
    countSuccess(context, watched) {
      const now = steadyNow(context.tx.connection);
      for (const door of watched) {
        const state = stateOf(context.tx.connection, door);
        if (state.streak > 0) write(context, idOf(door), afterSuccess(state), now);
      }
      keepTime(context, now);
    },
    unlock(context, of) {
      const { tx } = context;
      const ids =
        'person' in of
          ? [
              ...ofPerson(tx.connection)
                .all({ person: of.person })
                .map(({ id }) => id),
              idOf({ rule: 'person', of: of.person }),
            ]
          : [idOf({ rule: 'device', of: of.device })];
      for (const id of ids) {
        if (byId(tx.connection).get({ id }) !== undefined) tx.local(table).remove(id);
      }
      keepTime(context, steadyNow(tx.connection));
    },
  };
}
