import type { PaperState, PrinterStatus } from './ports.ts';

/** DLE EOT 1 to 4: printer, reason for being offline, error, paper. Each is answered by one byte. */
export const statusQuestion: Uint8Array = Uint8Array.from([1, 2, 3, 4].flatMap((which) => [0x10, 0x04, which]));
export const statusAnswerLength = 4;

/** Every answer has these bits fixed, which tells it from flow control and from bytes a hostile printer makes up. */
export function isStatusByte(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** Reads the four answers, in the order of the question. */
export function readStatus(answers: readonly number[]): PrinterStatus {
  const [printer = 0, offline = 0, fault = 0, paper = 0] = answers;
  return {
    online: (printer & 0x08) === 0,
    drawerOpen: (printer & 0x04) !== 0,
    coverOpen: (offline & 0x04) !== 0,
    error: (offline & 0x40) !== 0 || (fault & 0x6c) !== 0,
    paper: paperIn(offline, paper),
  };
}

function paperIn(offline: number, paper: number): PaperState {
  if ((paper & 0x60) !== 0 || (offline & 0x20) !== 0) return 'out';
  return (paper & 0x0c) !== 0 ? 'low' : 'ok';
}
