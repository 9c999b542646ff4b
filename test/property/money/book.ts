import type { CommandContext } from '../../../store-server/commands/define.ts';
import { type Posting, post } from '../../../store-server/features/ledger/index.ts';

/** A ledger in memory: what the house would write, added up by account and rate. Entries go through its own `post`. */
export interface Book {
  enter(kind: 'payment' | 'sale' | 'refund', postings: readonly Posting[]): void;
  /** Debits less credits of an account: all, of one kind of entry, or at one rate. */
  balance(account: string, of?: { kind?: string; bps?: number }): number;
}

interface Row {
  readonly account: string;
  readonly vatBps: number | null;
  readonly amountMinor: number;
}

export function book(): Book {
  const sums = new Map<string, number>();
  const put = (name: string, amount: number): void => void sums.set(name, (sums.get(name) ?? 0) + amount);
  let kind = '';
  let off = 0;
  let ids = 0;
  const writer = {
    insert(_table: unknown, row: object) {
      if (!('account' in row)) return writer;
      const { account, vatBps, amountMinor } = row as Row;
      off += amountMinor;
      put(account, amountMinor);
      put(`${account} ${kind}`, amountMinor);
      if (vatBps !== null) put(`${account} @${vatBps}`, amountMinor);
      return writer;
    },
    tell: () => writer,
  };
  const context = {
    tx: { on: () => writer } as unknown as CommandContext['tx'],
    ids: { next: () => `id-${++ids}`, secret: (bytes: number) => Buffer.alloc(bytes) },
    now: 0,
    businessDay: '2025-06-18',
  };
  return {
    enter(of, postings) {
      kind = of;
      off = 0;
      post(context, { kind: of, occurredAt: 0, postings });
      if (off !== 0) throw new Error(`a ${of} entry is off by ${off}`);
    },
    balance(account, { kind: only, bps } = {}) {
      const of = only === undefined ? (bps === undefined ? '' : ` @${bps}`) : ` ${only}`;
      return sums.get(account + of) ?? 0;
    },
  };
}
