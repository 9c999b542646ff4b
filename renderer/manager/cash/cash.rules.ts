import type { z } from 'zod';
import type { SessionDto } from '#contract/shifts.dto.ts';
import { denominations } from '#contract/shifts.ts';

export type Session = z.output<typeof SessionDto>;

/** How many there are of each note and coin, as they were typed. */
export type Pieces = Readonly<Record<string, string>>;

/** The largest first, as they lie in a drawer. */
export const money: readonly { readonly name: string; readonly pence: number; readonly note: boolean }[] =
  Object.entries(denominations)
    .map(([name, pence]) => ({ name, pence, note: pence >= 500 }))
    .sort((a, b) => b.pence - a.pence);

const piecesOf = (typed: string | undefined): number => Number.parseInt(typed ?? '', 10) || 0;

/** Pounds of one kind of note or coin. */
export const worthOf = (pieces: Pieces, { name, pence }: { name: string; pence: number }): number =>
  (piecesOf(pieces[name]) * pence) / 100;

/** Pounds of all that was counted. */
export const sumOf = (pieces: Pieces): number =>
  money.reduce((pence, one) => pence + piecesOf(pieces[one.name]) * one.pence, 0) / 100;

/** What is sent: only what there is. */
export const countedOf = (pieces: Pieces): Record<string, number> =>
  Object.fromEntries(money.map(({ name }) => [name, piecesOf(pieces[name])] as const).filter(([, count]) => count > 0));

/** The pounds somebody typed, "12", "12.5" or "12,50"; null when it is no amount of money. */
export function poundsIn(typed: string): number | null {
  const text = typed.trim().replace(/^£/, '').replace(',', '.');
  return /^\d{1,7}(\.\d{1,2})?$/.test(text) ? Number(text) : null;
}

export const steps = ['before', 'count', 'check', 'done'] as const;
export type Step = (typeof steps)[number];

/** How far the close has come. It survives a reload and a power cut; what has been counted is the server's. */
export interface Closing {
  readonly session: string | null;
  readonly step: 'before' | 'count' | 'recount' | 'check';
  readonly pieces: Pieces;
  readonly carryOver: boolean;
  /** Why there is more or less than there should be. */
  readonly reason?: string;
}

export const notBegun: Closing = { session: null, step: 'before', pieces: {}, carryOver: false };

/** Where the close of a session stands: what the server knows of it wins over what this window remembers. Null: not begun. */
export function stepOf(session: Session, closing: Closing): Step | null {
  const mine = closing.session === session.uuid;
  if (session.state === 'closed') return mine ? 'done' : null;
  if (session.state === 'closing_control') return mine && closing.step === 'recount' ? 'count' : 'check';
  if (session.state === 'opening_control' || !mine) return null;
  return closing.step === 'before' ? 'before' : 'count';
}

/**
 * The business day that a moment belongs to, YYYY-MM-DD: after midnight it is still the evening before.
 * @param endsAt when a day ends on the restaurant's clock, `04:00`
 */
export function dayOf(moment: string, timeZone: string, endsAt: string): string {
  const [hours = 0, minutes = 0] = endsAt.split(':').map(Number);
  const before = new Date(Date.parse(moment) - (hours * 60 + minutes) * 60_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    before,
  );
}
