import type { PrinterModel } from '../models/printer-models.ts';
import { escpos } from './escpos.ts';
import { type Language, type PrinterStatus, type Ticket, type Wire, WireError, type WireFault } from './ports.ts';

export type PrintReason = WireFault | 'paper_out' | 'cover_open' | 'printer_error' | 'offline' | 'status_silent';

/** Something worth telling although the slip went out. */
export type PrintFlag = 'status_silent' | 'paper_low';

/**
 * What became of one attempt.
 * - `done`: it went out. `confirmed` when the printer itself said afterwards that all is well.
 * - `failed`: nothing of it reached the printer, so it can be sent again, or elsewhere, without a mark.
 * - `uncertain`: nobody knows what is on paper. `sent: 'nothing'` when this attempt added nothing to the doubt.
 */
export type PrintOutcome =
  | { readonly kind: 'done'; readonly confirmed: boolean; readonly flag?: PrintFlag }
  | { readonly kind: 'failed'; readonly reason: PrintReason; readonly retryable: boolean }
  | { readonly kind: 'uncertain'; readonly reason: PrintReason; readonly sent: WireError['sent'] };

export interface PrintAttempt {
  readonly wire: Wire;
  readonly ticket: Ticket;
  readonly model: PrinterModel;
  readonly signal: AbortSignal;
  /** False when an earlier attempt of this job was cut off, so that a slip may already lie there. */
  readonly fresh: boolean;
  readonly language?: Language;
  /** Called when the first byte is about to leave; until then an abort costs nothing. */
  readonly onSending?: () => void;
}

/**
 * One attempt at one ticket. It never repeats anything by itself: whether to try again, and with which mark, is the
 * queue's decision. Never rejects for anything a printer or a network does.
 */
export async function printTicket(attempt: PrintAttempt): Promise<PrintOutcome> {
  const { wire, model, fresh, signal } = attempt;
  const bytes = (attempt.language ?? escpos)(attempt.ticket, model);

  let silent = false;
  if (model.hasStatus) {
    const before = await askBefore(wire, signal);
    if (before.kind === 'failed') return before;
    if (before.kind === 'silent') {
      if (!fresh) return { kind: 'uncertain', reason: 'status_silent', sent: 'nothing' };
      silent = true;
    }
  }

  attempt.onSending?.();
  try {
    await wire.write(bytes, signal);
  } catch (error) {
    return afterFault(error);
  }
  return model.hasStatus ? askAfter(attempt, silent) : { kind: 'done', confirmed: false };
}

async function askBefore(
  wire: Wire,
  signal: AbortSignal,
): Promise<{ kind: 'ready' } | { kind: 'silent' } | Extract<PrintOutcome, { kind: 'failed' }>> {
  try {
    const status = await statusOverLiveLine(wire, signal);
    if (status === 'unknown') return { kind: 'silent' };
    const reason = troubleIn(status);
    return reason ? { kind: 'failed', reason, retryable: true } : { kind: 'ready' };
  } catch (error) {
    if (error instanceof WireError) return { kind: 'failed', reason: error.fault, retryable: true };
    throw error;
  }
}

/** A line kept open since the last job may have died unnoticed; that is worth one new line, since nothing is at stake. */
async function statusOverLiveLine(wire: Wire, signal: AbortSignal) {
  try {
    return await wire.status(signal);
  } catch (error) {
    const died = error instanceof WireError && (error.fault === 'reset' || error.fault === 'closed');
    if (!died) throw error;
    return wire.status(signal);
  }
}

async function askAfter({ wire, signal, fresh }: PrintAttempt, silent: boolean): Promise<PrintOutcome> {
  try {
    const status = await wire.confirm(signal);
    if (status === 'unknown') {
      return fresh
        ? { kind: 'done', confirmed: false, flag: 'status_silent' }
        : { kind: 'uncertain', reason: 'status_silent', sent: 'all' };
    }
    const reason = troubleIn(status);
    if (reason) return { kind: 'uncertain', reason, sent: 'all' };
    if (silent) return { kind: 'done', confirmed: true, flag: 'status_silent' };
    return { kind: 'done', confirmed: true, ...(status.paper === 'low' ? { flag: 'paper_low' } : {}) };
  } catch (error) {
    return afterFault(error);
  }
}

function afterFault(error: unknown): PrintOutcome {
  if (!(error instanceof WireError)) throw error;
  return error.sent === 'nothing'
    ? { kind: 'failed', reason: error.fault, retryable: true }
    : { kind: 'uncertain', reason: error.fault, sent: error.sent };
}

/** The one thing to tell the person who walks over, the most obvious first. */
function troubleIn(status: PrinterStatus): PrintReason | undefined {
  if (status.coverOpen) return 'cover_open';
  if (status.paper === 'out') return 'paper_out';
  if (status.error) return 'printer_error';
  return status.online ? undefined : 'offline';
}
