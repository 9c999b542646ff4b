import type { Connection } from '../db/connection.ts';
import { chainStart, entryHash, partDigest } from '../kernel/journal-entry.ts';
import { entriesAfter } from './rows.ts';

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly seq: number; readonly reason: string };

/** Walks the whole chain and names the first entry that does not fit. Erased bodies keep their digests. */
export function verifyChain(connection: Connection): ChainVerdict {
  let hash = chainStart.hash;
  let expected = 1;
  for (const entry of entriesAfter(connection, 0)) {
    if (entry.seq !== expected) return { ok: false, seq: expected, reason: 'an entry is missing' };
    for (const part of entry.parts) {
      const erased = part.body === null && part.salt === null;
      if (erased) continue;
      if (part.body === null || part.salt === null || !partDigest(part.salt, part.body).equals(part.digest)) {
        return { ok: false, seq: entry.seq, reason: `part ${part.n} (${part.kind}) was altered` };
      }
    }
    hash = entryHash(
      hash,
      entry,
      entry.parts,
      entry.parts.map((part) => part.digest),
    );
    if (!hash.equals(entry.hash)) return { ok: false, seq: entry.seq, reason: 'the entry was altered' };
    expected += 1;
  }
  return { ok: true, entries: expected - 1 };
}
