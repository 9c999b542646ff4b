import { existsSync, statSync } from 'node:fs';
import { integrityTrouble, openToLook } from '../db/backup.ts';
import type { Connection } from '../db/connection.ts';
import { readHeader } from '../db/file-header.ts';
import { checkSeal } from '../db/file-seal.ts';
import { DatabaseRefused, insistOpenable } from '../db/migrate.ts';
import { currentEpoch, hashOf, journalHead, knowsEpoch } from '../journal/tail.ts';
import { verifyChain } from '../journal/verify.ts';
import type { Head } from '../kernel/journal-entry.ts';
import type { Note } from './noted-head.ts';

/** How a database is found at the start. `reason` is for the log. */
export type Standing =
  /** Nothing has ever been here, or a first start was interrupted before there was a store. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'sound'; readonly head: Head; readonly isWholeChecked: boolean }
  /** Sound as far as it goes, and it has gone further before. */
  | { readonly kind: 'end_lost'; readonly head: Head; readonly reason: string }
  | { readonly kind: 'missing' | 'damaged' | 'other_store'; readonly reason: string };

export interface Traces {
  readonly note: Note | null;
  /** The store that the newest snapshot is of. */
  readonly storeId: string | null;
  /** Keys of a store that has been here. */
  readonly hasKeys: boolean;
}

/** Up to this size every page is looked at before the store opens, at about 3 ms a megabyte; beyond, in the background. */
const LOOKED_THROUGH_AT_START = 48 << 20;
/** Entries at the end of the chain that are recomputed at every start. */
const TAIL_ENTRIES = 200;

const damaged = (reason: string): Standing => ({ kind: 'damaged', reason });
const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

function storeIdOf({ sqlite }: Connection): string | null {
  const has = sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'store'").get();
  if (has === undefined) return null;
  return sqlite.prepare<[], { id: string }>('SELECT id FROM store LIMIT 1').get()?.id ?? null;
}

/** The end of the chain, recomputed; the entry before it is taken as it stands. */
function tailTrouble(connection: Connection, head: Head): string | null {
  const seq = Math.max(0, head.seq - TAIL_ENTRIES);
  const hash = seq === 0 ? Buffer.alloc(32) : hashOf(connection, seq);
  if (hash === undefined) return `entry ${seq} is missing`;
  const chain = verifyChain(connection, { seq, hash });
  if (!chain.ok) return `entry ${chain.seq}: ${chain.reason}`;
  return chain.entries === head.seq - seq ? null : 'the chain ends before the journal does';
}

/** Whether what was noted beside the database fits it; the note may lag behind, never the database. */
function endTrouble(connection: Connection, head: Head, note: Note): string | null {
  if (currentEpoch(connection) !== note.epoch) {
    // A restore writes its database first and the note afterwards.
    return knowsEpoch(connection, note.epoch) ? null : 'it is of an earlier time than what was here last';
  }
  if (head.seq < note.seq) return `it ends at entry ${head.seq}, and there were at least ${note.seq}`;
  return hashOf(connection, note.seq)?.toString('hex') === note.hash ? null : 'it tells another story than was told';
}

function lookInside(connection: Connection, file: string, { note, storeId }: Traces): Standing {
  const seal = checkSeal(file);
  if (seal === 'broken') return damaged('its bytes are not those of the last stop');
  const isSmall = sizeOf(file) + sizeOf(`${file}-wal`) <= LOOKED_THROUGH_AT_START;
  const structure = seal === 'none' && isSmall ? integrityTrouble(connection, 'quick') : null;
  if (structure !== null) return damaged(structure);

  const found = storeIdOf(connection);
  const expected = note?.store_id ?? storeId;
  if (found === null) return expected === null ? { kind: 'fresh' } : damaged('there is no store in it');
  if (expected !== null && found !== expected) return { kind: 'other_store', reason: `it is the database of ${found}` };
  const head = journalHead(connection);
  const tail = tailTrouble(connection, head);
  if (tail !== null) return damaged(tail);
  const end = note === null ? null : endTrouble(connection, head, note);
  if (end !== null) return { kind: 'end_lost', head, reason: end };
  return { kind: 'sound', head, isWholeChecked: seal === 'intact' || isSmall };
}

/**
 * Looks at a database before it is opened, and changes nothing about it.
 * @throws DatabaseRefused for a database of a newer program, and for another program's where nothing says that ours was here
 */
export function assess(file: string, traces: Traces): Standing {
  const hasTraces = traces.note !== null || traces.storeId !== null;
  if (!existsSync(file)) {
    return hasTraces || traces.hasKeys ? { kind: 'missing', reason: 'the file is not there' } : { kind: 'fresh' };
  }
  const hasLog = sizeOf(`${file}-wal`) > 0;
  if (sizeOf(file) === 0 && !hasLog) return hasTraces ? damaged('the file is empty') : { kind: 'fresh' };
  const { isDatabase, bytes, promisedBytes } = readHeader(file);
  if (!isDatabase) return damaged('the file does not begin as a database does');
  if (!hasLog && bytes < promisedBytes) return damaged(`${bytes} of ${promisedBytes} bytes are there`);
  let connection: Connection | null = null;
  try {
    connection = openToLook(file);
    try {
      insistOpenable(file);
    } catch (error) {
      if (!(error instanceof DatabaseRefused) || error.why === 'newer' || !hasTraces) throw error;
      return damaged(error.message);
    }
    return lookInside(connection, file, traces);
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error;
    return damaged(error instanceof Error ? error.message : String(error));
  } finally {
    connection?.sqlite.close();
  }
}
