import type { PaperState } from '../printing/ports.ts';

/** What is the matter with a virtual printer. All of it can be changed while it runs. */
export interface LabCondition {
  readonly paper: PaperState;
  readonly coverOpen: boolean;
  /** The knife is jammed. */
  readonly jammed: boolean;
  readonly drawerOpen: boolean;
  /** Reads nothing more, and so answers nothing either. */
  readonly stalled: boolean;
  /** Prints, but answers no status question. */
  readonly silent: boolean;
  readonly answerAfterMs: number;
  readonly bytesPerSecond: number | null;
  /** Tears the line down once this many further bytes were read; then it is null again. */
  readonly dropAfterBytes: number | null;
  /** Switched off: takes no connection and drops those it has. */
  readonly refusing: boolean;
}

export const inGoodOrder: LabCondition = {
  paper: 'ok',
  coverOpen: false,
  jammed: false,
  drawerOpen: false,
  stalled: false,
  silent: false,
  answerAfterMs: 0,
  bytesPerSecond: null,
  dropAfterBytes: null,
  refusing: false,
};

/** Whether it can move paper; a printer that cannot keeps what it is sent and prints it later. */
export function isOnline(condition: LabCondition): boolean {
  return condition.paper !== 'out' && !condition.coverOpen && !condition.jammed;
}

/** The byte it answers to `DLE EOT which`. */
export function statusByte(which: 1 | 2 | 3 | 4, condition: LabCondition): number {
  const always = 0x12;
  const { paper, coverOpen, jammed, drawerOpen } = condition;
  const bits = {
    1: (isOnline(condition) ? 0 : 0x08) | (drawerOpen ? 0x04 : 0),
    2: (coverOpen ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0) | (jammed ? 0x40 : 0),
    3: jammed ? 0x08 : 0,
    4: (paper === 'ok' ? 0 : 0x0c) | (paper === 'out' ? 0x60 : 0),
  };
  return always | bits[which];
}
