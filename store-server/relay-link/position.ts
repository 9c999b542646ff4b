import type { Core } from '../commands/core.ts';
import { epochOf, hashOf } from '../journal/page.ts';
import { chainStart, type Head } from '../kernel/journal-entry.ts';

/** How far the relay has confirmed the journal. It only ever stands where our own journal says the same. */
export interface Position {
  readonly at: () => Head;
  /** Entries the relay has not confirmed. */
  readonly left: () => number;
  /** Goes to where the relay says it is. @returns false, and stays, if our journal says otherwise of that place */
  believe(seq: number, hash: string): boolean;
  /** Goes to just before the entry that the relay asks for. @returns false if that is where it stands */
  goBackTo(expected: number): boolean;
  /** Forgets what it was told: for a new membership. */
  begin(): void;
  /** After a restore: back to where the history of now and that of then part, if it was beyond. */
  followRestore(): void;
}

export function createPosition(core: Core): Position {
  let acked = chainStart;
  const headAt = (seq: number): Head | undefined => {
    if (seq === 0) return chainStart;
    const hash = seq > core.head().seq ? undefined : hashOf(core.connection(), seq);
    return hash === undefined ? undefined : { seq, hash };
  };
  return {
    at: () => acked,
    left: () => Math.max(0, core.head().seq - acked.seq),
    believe(seq, hash) {
      const ours = headAt(seq);
      if (ours === undefined || ours.hash.toString('hex') !== hash) return false;
      acked = ours;
      return true;
    },
    goBackTo(expected) {
      const before = acked.seq;
      acked = headAt(Math.min(expected - 1, core.head().seq)) ?? chainStart;
      return acked.seq !== before;
    },
    begin() {
      acked = chainStart;
    },
    followRestore() {
      const { epoch } = epochOf(core.connection(), core.head().seq + 1);
      acked = headAt(Math.min(acked.seq, epoch.parentSeq ?? 0)) ?? chainStart;
    },
  };
}
