import { type Connection, openConnection } from '../db/connection.ts';
import { bringMarks, bringRows } from '../db/whole-tables.ts';
import { createReplay } from '../journal/replay.ts';
import { entriesAfter } from '../journal/rows.ts';
import { journalHead } from '../journal/tail.ts';
import { entryTrouble } from '../journal/verify.ts';
import type { Head } from '../kernel/journal-entry.ts';

/**
 * Goes on from where a snapshot ends with what a damaged database still has in its journal: entry by entry, as long as
 * each fits the chain. What the chain vouches for is right, whatever became of the rest of the file.
 * @returns the last entry that could be brought over
 */
export function bringJournal(into: Connection, damaged: Connection): Head {
  const { sqlite } = into;
  const replay = createReplay(into);
  let head = journalHead(into);
  try {
    for (const entry of entriesAfter(damaged, head.seq)) {
      if (entryTrouble(head, entry) !== null) break;
      sqlite.exec('SAVEPOINT entry');
      try {
        if (replay.applyChanges(entry) === null) throw new Error('a part was erased');
        replay.record(entry);
        sqlite.exec('RELEASE entry');
      } catch {
        sqlite.exec('ROLLBACK TO entry');
        sqlite.exec('RELEASE entry');
        break;
      }
      head = { seq: entry.seq, hash: entry.hash };
    }
  } catch {
    // Here the damage begins; what came before it is kept.
  }
  return head;
}

/** Rows that are nobody's business and so not in the journal. All keyed by `id`. */
const secrets = [
  'staff_secret',
  'device_secret',
  'one_time_code',
  'login_session',
  'refresh_token',
  'sign_in_guard',
] as const;

const tableExists = ({ sqlite }: Connection, name: string): boolean =>
  sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

/**
 * Passwords, sign-ins, used codes and counted wrong PINs stay as they are now, whatever the restaurant goes back to:
 * nobody has to sign in again, and going back opens no lock and makes no old password good.
 */
export function bringSecrets(into: Connection, from: Connection): void {
  for (const table of secrets) if (tableExists(into, table)) bringRows(into, from, { table });
}

/** Of a damaged database's secrets nothing can be believed but that something was ended or used up. */
export function bringEndings(into: Connection, from: Connection): void {
  bringMarks(into, from, 'login_session', 'revoked_at');
  bringMarks(into, from, 'refresh_token', 'used_at');
  bringMarks(into, from, 'one_time_code', 'used_at');
}

/** What nobody knows about prints as a possible repeat. */
export function doubtJobs({ sqlite }: Connection): void {
  sqlite.exec(
    `UPDATE job SET state = 'uncertain', repeat_possible = 1, retry_at = NULL
       WHERE state IN ('queued', 'running', 'failed')`,
  );
}

/** What was printed since is not printed again. */
export function bringJobs(into: Connection, from: Connection): void {
  const isKnown = into.sqlite.prepare('SELECT 1 FROM job WHERE id = ?');
  bringRows(into, from, { table: 'job', skip: 'n' }, ({ id }) => isKnown.get(id) !== undefined);
}

/**
 * The same from a damaged database, of whose jobs only the ends are believed. A slip that is new and perhaps not out yet
 * prints as a possible repeat: the kitchen had better ask about an odd letter than not hear of a dish.
 */
export function bringDamagedJobs(into: Connection, from: Connection): void {
  bringJobEnds(into, from);
  const isKnown = into.sqlite.prepare('SELECT 1 FROM job WHERE id = ?');
  const isOpen = (state: unknown): boolean => state !== 'done' && state !== 'dead';
  bringRows(into, from, { table: 'job', skip: 'n' }, ({ id, state }) => isOpen(state) && isKnown.get(id) === undefined);
}

/** Of slips that both know: which came out. */
export function bringJobEnds(into: Connection, from: Connection): void {
  const end = into.sqlite.prepare("UPDATE job SET state = ? WHERE id = ? AND state NOT IN ('done', 'dead')");
  try {
    const ended = from.sqlite.prepare<[], { id: string; state: string }>(
      "SELECT id, state FROM job WHERE state IN ('done', 'dead')",
    );
    for (const { id, state } of ended.iterate()) end.run(state, id);
  } catch {
    // Here is the damage.
  }
}

/**
 * What does not move to another computer. Whoever is signed in signs in again: a copy may be stolen, and what was signed
 * out or used up since is not in it. No PIN is good where the key that it was hashed with is missing.
 * @param now epoch ms
 */
export function leaveBehind({ sqlite }: Connection, now: number): void {
  sqlite.prepare('UPDATE login_session SET revoked_at = ? WHERE revoked_at IS NULL').run(now);
  sqlite.prepare('UPDATE refresh_token SET used_at = ? WHERE used_at IS NULL').run(now);
  sqlite.prepare('UPDATE one_time_code SET used_at = ? WHERE used_at IS NULL').run(now);
  sqlite.exec('UPDATE staff_secret SET pin_hash = NULL');
}

/**
 * Requests whose entries were brought over are known to be done, from the journal itself. Their answers are lost: a
 * damaged file's word is not passed on as what was said before.
 */
export function rebuildReceipts({ sqlite }: Connection, after: number): void {
  sqlite
    .prepare(
      `INSERT OR IGNORE INTO receipt (scope, key, request_digest, outcome, command_id, seq, answer, recorded_at)
       SELECT scope, key, x'', 'applied', command_id, seq, 'null', recorded_at
       FROM journal WHERE seq > ? AND scope IS NOT NULL AND key IS NOT NULL`,
    )
    .run(after);
}

/** Opens a copy of a damaged database of this store, as far as that is possible. */
export function openDamaged(file: string, storeId: string): Connection | null {
  let opened: Connection | null = null;
  try {
    opened = openConnection(file);
    const found = opened.sqlite.prepare<[], { id: string }>('SELECT id FROM store').get()?.id;
    if (found === storeId) return opened;
  } catch {
    // Not even that much of it can be read.
  }
  opened?.sqlite.close();
  return null;
}
