import { closeSync, openSync, writeSync } from 'node:fs';

/** Every acknowledgement in the order in which it was heard, kept outside the file system that is being attacked. */
export interface AckLog {
  /** Notes one and returns its number, counted from 1. */
  note(line: object): number;
  /** How many have been heard until now: the mark that is taken before a cut. */
  readonly count: number;
  close(): void;
}

export function openAckLog(file: string): AckLog {
  const fd = openSync(file, 'a');
  let count = 0;
  return {
    note(line) {
      count += 1;
      writeSync(fd, `${JSON.stringify({ n: count, ...line })}\n`);
      return count;
    },
    get count() {
      return count;
    },
    close: () => closeSync(fd),
  };
}
