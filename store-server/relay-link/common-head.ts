import { BATCH_CONTENT_TYPE, BatchTaken, relayPaths } from '#contract/relay.ts';
import type { Core } from '../commands/core.ts';
import { hashOf } from '../journal/page.ts';
import { type CommonHead, chainStart, type Head } from '../kernel/journal-entry.ts';
import { packBatch } from './batch.ts';
import { RelayRefusal, type Session } from './session.ts';

/** Searching by halves finds any place in a journal of a billion entries in fewer than this. */
const MOST_QUESTIONS = 40;

interface Asking {
  readonly core: Core;
  readonly storeId: string;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/**
 * The last entry that this journal and the relay's have in common. The relay is shown single entries: what it holds
 * already it compares and leaves, so asking changes nothing there.
 * @throws RelayRefusal, RelayMumbles or an error of the connection
 */
export async function commonHead({ core, storeId, session, signal }: Asking): Promise<CommonHead> {
  const headAt = (seq: number): Head => ({ seq, hash: hashOf(core.connection(), seq) ?? chainStart.hash });
  let common = 0;
  let beyond = core.head().seq + 1;
  let parted = false;
  for (let asked = 0; beyond - common > 1 && asked < MOST_QUESTIONS; asked += 1) {
    const seq = Math.floor((common + beyond) / 2);
    const answer = await ask(seq);
    if (answer === 'same') common = seq;
    else {
      beyond = seq;
      parted = answer === 'other';
    }
  }
  return { head: headAt(common), parted };

  async function ask(seq: number): Promise<'same' | 'other' | 'nothing'> {
    const turn = (): Promise<void> => Promise.resolve();
    const batch = await packBatch(core.connection, { storeId, after: headAt(seq - 1), most: 1, turn });
    if (batch === null) throw new Error(`the journal has no entry ${seq}`);
    const headers = { 'Content-Type': BATCH_CONTENT_TYPE, 'Content-Encoding': 'zstd' };
    try {
      await session.post(relayPaths.batches, { body: batch.body, headers }, BatchTaken, signal);
      return 'same';
    } catch (error) {
      if (!(error instanceof RelayRefusal)) throw error;
      if (error.code === 'CHAIN_FORKED') return 'other';
      if (error.code === 'BATCH_GAP') return 'nothing';
      throw error;
    }
  }
}
