import type { Dice } from '../dice.ts';

/** A check that might be eaten, and what becomes of its money. Pence and basis points; every list may be shortened. */
export interface Plan {
  readonly lines: readonly {
    readonly unit: number;
    readonly quantity: number;
    readonly bps: number;
    readonly seat: number | null;
  }[];
  readonly vatInclusive: boolean;
  readonly discountBps: number | null;
  readonly discountMinor: number | null;
  readonly service: {
    readonly bps: number;
    readonly mandatory: boolean;
    readonly removed: boolean;
    readonly asked: number | null;
  };
  readonly split: 'none' | 'even' | 'items' | 'seats';
  readonly ways: number;
  /** Paid on account before anybody thought of splitting, and given back again, as parts of what is due. */
  readonly onAccount: number;
  readonly backAgain: number;
  readonly payments: readonly Paying[];
  readonly refunds: readonly Giving[];
}

export interface Paying {
  /** How much of what is due, how many pence more are handed over, how big the tip is. */
  readonly part: number;
  readonly method: 'cash' | 'card' | 'qr' | 'voucher' | 'other';
  readonly over: number;
  readonly tip: number;
}

export interface Giving {
  readonly by: 'share' | 'lines' | 'amount';
  readonly which: number;
  readonly part: number;
}

const methods = ['cash', 'cash', 'card', 'card', 'qr', 'voucher', 'other'] as const;
/** The rates that the United Kingdom has or had, and one that no country would dare. */
const rates = [2000, 2000, 2000, 500, 0, 1250, 1750] as const;

/** Menu prices end in 00, 50, 95 or 99; some are anything, some nothing, a bottle is dear. */
function price(at: Dice): number {
  const kind = at.between(0, 9);
  if (kind < 5) return at.between(1, 40) * 100 + at.pick([0, 50, 95, 99]) - at.pick([0, 100]) + 100;
  if (kind < 8) return at.between(0, 4000);
  return kind === 8 ? at.pick([0, 1, 2, 3]) : at.between(5_000, 95_000);
}

export function planOf(at: Dice): Plan {
  const discount = at.between(0, 9);
  const some = <One>(most: number, make: () => One): One[] => Array.from({ length: at.between(0, most) }, make);
  return {
    lines: Array.from({ length: at.chance(0.02) ? at.between(8, 30) : at.between(1, 6) }, () => ({
      unit: price(at),
      quantity: at.chance(0.7) ? 1 : at.between(2, 12),
      bps: at.pick(rates),
      seat: at.chance(0.3) ? null : at.between(1, 5),
    })),
    vatInclusive: at.chance(0.8),
    discountBps: discount < 3 ? at.pick([500, 1000, 1250, 3333, 5000, 9999, 10_000]) : null,
    discountMinor: discount === 3 ? at.between(0, 5000) : null,
    service: {
      bps: at.pick([0, 1000, 1250, 1250, 1500]),
      mandatory: at.chance(0.3),
      removed: at.chance(0.15),
      asked: at.chance(0.2) ? at.between(0, 2000) : null,
    },
    split: at.pick(['none', 'none', 'even', 'items', 'seats'] as const),
    ways: at.between(2, 9),
    onAccount: at.chance(0.25) ? at.part() : 0,
    backAgain: at.chance(0.3) ? at.part() : 0,
    payments: some(5, () => ({
      part: at.chance(0.4) ? 1 : at.part(),
      method: at.pick(methods),
      over: at.chance(0.3) ? at.between(1, 2000) : 0,
      tip: at.chance(0.3) ? at.between(1, 1500) : 0,
    })),
    refunds: some(5, () => ({
      by: at.pick(['share', 'lines', 'lines', 'amount', 'amount'] as const),
      which: at.part(),
      part: at.part(),
    })),
  };
}

/** Shorter and simpler plans that are worth a try when this one fails. */
export function* simpler(plan: Plan): Generator<Plan> {
  for (const name of ['refunds', 'payments', 'lines'] as const) {
    const list = plan[name] as readonly unknown[];
    for (let at = 0; at < list.length; at += 1) {
      if (name !== 'lines' || list.length > 1) yield { ...plan, [name]: list.toSpliced(at, 1) };
    }
  }
  if (plan.discountBps !== null || plan.discountMinor !== null)
    yield { ...plan, discountBps: null, discountMinor: null };
  if (plan.service.bps > 0) yield { ...plan, service: { ...plan.service, bps: 0 } };
  if (plan.split !== 'none') yield { ...plan, split: 'none' };
  if (plan.onAccount > 0) yield { ...plan, onAccount: 0, backAgain: 0 };
  if (plan.backAgain > 0) yield { ...plan, backAgain: 0 };
  if (!plan.vatInclusive) yield { ...plan, vatInclusive: true };
}
