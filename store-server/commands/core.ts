import { type Connection, openConnection } from '../db/connection.ts';
import { undid } from '../db/remembered.ts';
import type { BeforeWrite } from '../db/row-writer.ts';
import { isStorageFailure } from '../db/storage-failure.ts';
import type { ToldFact } from '../db/tx.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Head } from '../kernel/journal-entry.ts';
import { Problem } from '../kernel/verdict.ts';
import type { Caller } from './caller.ts';
import type { Command } from './define.ts';
import { type Applied, createPerformer, type Performed, type Reactions, Rejection, type Request } from './perform.ts';

/** One committed journal entry, as sockets and caches hear of it right after the commit. */
export interface CommittedEntry {
  readonly seq: number;
  readonly recordedAt: number;
  readonly command: string;
  readonly actorId: string | null;
  readonly deviceId: string | null;
  readonly facts: readonly ToldFact[];
}

/** What one transaction brought. `commands` counts everything in the group, refusals included. */
export interface Commit {
  readonly head: Head;
  readonly entries: readonly CommittedEntry[];
  /** Lanes in which a job was queued. */
  readonly lanes: ReadonlySet<string>;
  readonly commands: number;
}

export interface CoreDeps {
  readonly file: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly businessDay: (now: number) => string;
  readonly reactions: Reactions;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
  /** Most commands in one transaction, and the ms after which no further one is begun. */
  readonly groupLimit?: number;
  readonly groupMs?: number;
  /** Test hook: called before every statement of a command. */
  readonly beforeWrite?: BeforeWrite;
  /** Ms between attempts to reopen after the disk failed. */
  readonly reopenMs?: number;
}

export type Execute = <Input, Output, Prepared>(
  command: Command<Input, Output, Prepared>,
  caller: Caller,
  input: Input,
  sent?: unknown,
) => Promise<Applied<Output>>;

/** The one door to change, and the one connection that writes. */
export interface Core {
  /** The present connection, for reads. Ask anew each time: it is replaced after a disk failure. */
  connection(): Connection;
  /**
   * Runs a command; the answer comes only after its transaction is on the disk.
   * @throws Rejection for every refusal, STORE_READ_ONLY included; anything else thrown is a bug
   */
  execute: Execute;
  onCommit(listener: (commit: Commit) => void): void;
  head(): Head;
  /** Whether the last write failed for want of a working disk. */
  readOnly(): boolean;
  /** Drops receipts older than the given epoch ms. */
  pruneReceipts(before: number): void;
  /**
   * Puts another database in the place of this one. From the call on nothing new is let in; once everything that waits is
   * answered, `prepare` may take its time, and what it returns is done while nobody can look: the old file is closed by
   * then, and the new one is opened at once after it. If either throws, the store goes on with what lies at its place.
   */
  exchange<Prepared>(prepare: () => Promise<{ place: () => void; result: Prepared }>): Promise<Prepared>;
  /** Told after each exchange: what was remembered of the old database, its epoch above all, holds no more. */
  onExchange(listener: () => void): void;
  /** Finishes what waits, checkpoints, closes. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: Request;
  resolve(answer: Applied): void;
  reject(reason: unknown): void;
}

interface Outcome {
  readonly who: Waiting;
  readonly performed?: Performed;
  readonly bug?: unknown;
}

/** Opens the store's database for writing. The schema has to be migrated already. */
export function openCore(deps: CoreDeps): Core {
  const { file, clock, ids, log, groupLimit = 64, groupMs = 16, reopenMs = 250 } = deps;
  const performerOf = (connection: Connection) => createPerformer(connection, { ...deps, now: clock.now });

  let connection = openConnection(file);
  let performer = performerOf(connection);
  let begin = connection.sqlite.prepare('BEGIN IMMEDIATE');
  let commit = connection.sqlite.prepare('COMMIT');
  let head = performer.journal.readHead();
  let suspectSince: number | null = null;
  let lastReopen = -Infinity;
  let closing = false;
  let exchanging = false;
  const waiting: Waiting[] = [];
  const listeners: ((commit: Commit) => void)[] = [];
  const exchangeListeners: (() => void)[] = [];

  function take(opened: Connection): void {
    connection = opened;
    performer = performerOf(connection);
    begin = connection.sqlite.prepare('BEGIN IMMEDIATE');
    commit = connection.sqlite.prepare('COMMIT');
  }

  /** After a failed sync the page cache cannot be trusted: reopen and look before writing again. */
  function reopened(): boolean {
    if (clock.monotonic() - lastReopen < reopenMs) return false;
    lastReopen = clock.monotonic();
    try {
      if (connection.sqlite.open) connection.sqlite.close();
      connection = openConnection(file);
      const check = connection.sqlite.pragma('quick_check', { simple: true });
      if (check !== 'ok') throw new Error(`quick_check: ${String(check)}`);
      take(connection);
      const found = performer.journal.readHead();
      if (found.seq < head.seq) throw new Error(`the journal ends at ${found.seq}, ${head.seq} was acknowledged`);
      head = found;
      return true;
    } catch (error) {
      log('error', 'the database cannot be written yet', { reason: String(error) });
      return false;
    }
  }

  function failGroup(unlucky: readonly Waiting[], error: unknown): void {
    suspectSince ??= clock.monotonic();
    log('error', 'a write failed; the store is read-only until the disk works again', { reason: String(error) });
    for (const who of unlucky) who.reject(new Rejection(new Problem('STORE_READ_ONLY'), ids.next(), clock.now()));
  }

  function announce(group: readonly Outcome[]): void {
    const entries = group.flatMap(({ performed }): CommittedEntry[] => {
      if (performed === undefined || performed.told.length === 0) return [];
      const { result, header, told, head: at } = performed;
      return [{ seq: at.seq, recordedAt: result.recordedAt, ...header, facts: told }];
    });
    const lanes = new Set(group.flatMap(({ performed }) => performed?.lanes ?? []));
    for (const listener of listeners) {
      try {
        listener({ head, entries, lanes, commands: group.length });
      } catch (error) {
        // It is on the disk: whoever cannot follow must not keep the others from hearing of it, or it from being answered.
        log('error', 'a listener failed after a commit', { reason: String(error) });
      }
    }
  }

  /** One transaction for whoever is waiting now; nobody hears an answer before it is on the disk. */
  function flush(): void {
    if (suspectSince !== null && !reopened()) {
      failGroup(waiting.splice(0), 'the disk has not recovered');
      return;
    }
    const group: Outcome[] = [];
    let next = head;
    try {
      begin.run();
      const alone = waiting.length === 1;
      const until = clock.monotonic() + groupMs;
      while (waiting.length > 0 && group.length < groupLimit && (group.length === 0 || clock.monotonic() < until)) {
        const who = waiting.shift() as Waiting;
        try {
          const performed = performer.perform(who.request, next, alone);
          next = performed.head;
          group.push({ who, performed });
        } catch (bug) {
          group.push({ who, bug });
          if (isStorageFailure(bug) || !connection.sqlite.inTransaction) throw bug;
        }
      }
      commit.run();
    } catch (error) {
      abandon(group, error);
      if (waiting.length > 0) setImmediate(flush);
      return;
    }
    if (suspectSince !== null) log('info', 'the disk works again; writing goes on');
    suspectSince = null;
    head = next;
    announce(group);
    for (const { who, performed, bug } of group) {
      if (performed === undefined) who.reject(bug);
      else if (performed.result instanceof Rejection) who.reject(performed.result);
      else who.resolve(performed.result);
    }
    if (waiting.length > 0) setImmediate(flush);
  }

  /** The whole group hears it; a BEGIN that failed takes everybody who waits, or the queue would spin for ever. */
  function abandon(group: readonly Outcome[], error: unknown): void {
    undid(connection);
    try {
      if (connection.sqlite.inTransaction) connection.sqlite.exec('ROLLBACK');
    } catch (second) {
      log('error', 'the failed transaction could not be rolled back', { reason: String(second) });
    }
    failGroup(group.length > 0 ? group.map(({ who }) => who) : waiting.splice(0), error);
  }

  function submit(request: Request): Promise<Applied> {
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (waiting.length === 1) setImmediate(flush);
    });
  }

  const execute: Execute = async (command, caller, input, sent = input) => {
    if (closing || exchanging) throw new Rejection(new Problem('SERVICE_UNAVAILABLE'), ids.next(), clock.now());
    const asked = command as unknown as Command;
    let prepared: unknown;
    if (asked.prepare !== undefined && !performer.earlier({ command: asked, caller })) {
      try {
        prepared = await asked.prepare({ connection, caller, now: clock.now() }, input);
      } catch (error) {
        throw error instanceof Problem ? new Rejection(error, ids.next(), clock.now()) : error;
      }
    }
    // What was prepared meanwhile must not be written to a database that is on its way out.
    if (exchanging) throw new Rejection(new Problem('SERVICE_UNAVAILABLE'), ids.next(), clock.now());
    return (await submit({ command: asked, caller, input, sent, prepared })) as Applied<never>;
  };

  const idle = async (): Promise<void> => {
    while (waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Closes, places, opens: in one go, so that nobody finds the connection closed. */
  function replace(place: () => void): void {
    if (connection.sqlite.open) connection.sqlite.close();
    try {
      place();
    } finally {
      take(openConnection(file));
      head = performer.journal.readHead();
      suspectSince = null;
      for (const listener of exchangeListeners) listener();
    }
  }

  return {
    connection: () => connection,
    execute,
    async exchange(prepare) {
      if (closing || exchanging) throw new Problem('SERVICE_UNAVAILABLE');
      exchanging = true;
      try {
        await idle();
        const { place, result } = await prepare();
        replace(place);
        return result;
      } finally {
        exchanging = false;
      }
    },
    onExchange: (listener) => void exchangeListeners.push(listener),
    onCommit: (listener) => void listeners.push(listener),
    head: () => head,
    readOnly: () => suspectSince !== null,
    pruneReceipts: (before) => void performer.receipts.prune(before, 1000),
    async close() {
      closing = true;
      await idle();
      if (!connection.sqlite.open) return;
      try {
        connection.sqlite.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        log('warn', 'the last checkpoint failed; the next start does it', { reason: String(error) });
      }
      connection.sqlite.close();
    },
  };
}
