import type { Connection } from '../db/connection.ts';
import { chainStart, entryHash, type Head, partDigest } from '../kernel/journal-entry.ts';
import { type EntryWithParts, entriesAfter } from './rows.ts';

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly seq: number; readonly reason: string };

/** Why an entry cannot follow on `previous`; null when it fits. Erased bodies keep their digests. */
export function entryTrouble(previous: Head, entry: EntryWithParts): string | null {
  if (entry.seq !== previous.seq + 1) return 'an entry is missing';
  for (const part of entry.parts) {
    const erased = part.body === null && part.salt === null;
    if (erased) continue;
    if (part.body === null || part.salt === null || !partDigest(part.salt, part.body).equals(part.digest)) {
      return `part ${part.n} (${part.kind}) was altered`;
    }
  }
  const digests = entry.parts.map((part) => part.digest);
  return entryHash(previous.hash, entry, entry.parts, digests).equals(entry.hash) ? null : 'the entry was altered';
}

/**
 * Walks the chain and names the first entry that does not fit.
 * @param from an entry that is known to be right; the chain's very beginning if left out
 */
export function verifyChain(connection: Connection, from: Head = chainStart): ChainVerdict {
  let head = from;
  for (const entry of entriesAfter(connection, from.seq)) {
    const reason = entryTrouble(head, entry);
    if (reason !== null) {
      // A gap is named by the number that is not there.
      return { ok: false, seq: reason === 'an entry is missing' ? head.seq + 1 : entry.seq, reason };
    }
    head = { seq: entry.seq, hash: entry.hash };
  }
  return { ok: true, entries: head.seq - from.seq };
}
