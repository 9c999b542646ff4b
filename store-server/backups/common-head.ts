import type { Connection } from '../db/connection.ts';
import { hashOf, journalHead } from '../journal/tail.ts';

/** Up to which entry two databases tell the same story; each entry vouches for all before it. */
export function commonHead(one: Connection, other: Connection): number {
  let same = 0;
  let apart = Math.min(journalHead(one).seq, journalHead(other).seq) + 1;
  while (apart - same > 1) {
    const seq = (same + apart) >>> 1;
    const hash = hashOf(other, seq);
    if (hash !== undefined && hashOf(one, seq)?.equals(hash) === true) same = seq;
    else apart = seq;
  }
  return same;
}
