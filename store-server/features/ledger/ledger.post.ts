import { type EntryKind, ledgerPosted } from '#contract/ledger.ts';
import type { CommandContext } from '../../commands/define.ts';
import { ledgerEntryTable, ledgerPostingTable } from './ledger.schema.ts';

/** One line of an entry. Debits positive, credits negative, in minor units; VAT and net sales name their rate. */
export interface Posting {
  readonly account: string;
  readonly amountMinor: number;
  readonly vatBps?: number;
}

export interface NewEntry {
  readonly kind: EntryKind;
  readonly orderId?: string | null;
  readonly sessionId?: string | null;
  readonly paymentId?: string | null;
  /** Epoch ms of the device's claim; the money belongs to the day in which it is recorded all the same. */
  readonly occurredAt: number;
  readonly postings: readonly Posting[];
}

export type PostingContext = Pick<CommandContext, 'tx' | 'ids' | 'now' | 'businessDay'>;

/**
 * Writes one entry with its postings and tells of it; postings of nothing are left out. Returns the entry's id.
 * @throws Error if the entry does not balance: that is a bug, and the command is undone.
 */
export function post({ tx, ids, now, businessDay }: PostingContext, entry: NewEntry): string {
  const postings = entry.postings.filter(({ amountMinor }) => amountMinor !== 0);
  const off = postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (off !== 0 || !postings.every(({ amountMinor }) => Number.isSafeInteger(amountMinor))) {
    throw new Error(`A ${entry.kind} entry does not balance, it is off by ${off}`);
  }
  const id = ids.next();
  const { kind, orderId = null, sessionId = null, paymentId = null, occurredAt } = entry;
  const ledger = tx.on('ledger', id).insert(ledgerEntryTable, {
    id,
    kind,
    orderId,
    sessionId,
    paymentId,
    businessDay,
    occurredAt,
    recordedAt: now,
  });
  for (const { account, amountMinor, vatBps = null } of postings) {
    ledger.insert(ledgerPostingTable, {
      id: ids.next(),
      entryId: id,
      account,
      amountMinor,
      vatBps,
    });
  }
  ledger.tell(ledgerPosted, {
    kind,
    order_id: orderId,
    session_id: sessionId,
    payment_id: paymentId,
    business_day: businessDay,
    occurred_at: occurredAt,
    postings: postings.map(({ account, amountMinor, vatBps = null }) => ({
      account,
      amount_minor: amountMinor,
      vat_bps: vatBps,
    })),
  });
  return id;
}
