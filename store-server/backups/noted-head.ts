import { readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../db/files.ts';
import { sha256 } from '../kernel/hashing.ts';

const Note = z.strictObject({
  store_id: z.string(),
  epoch: z.string(),
  seq: z.int().min(1),
  /** Hex. */
  hash: z.string(),
  second_folder: z.string(),
});
/** How far the journal had come, written beside the database: what a database that lost its end does not know itself. */
export type Note = z.output<typeof Note>;

const fileIn = (dataDir: string): string => join(dataDir, 'store.head');
const mark = (text: string): string => sha256(text).toString('hex', 0, 8);
const asText = (note: Note): string => {
  const text = JSON.stringify(note);
  return `${text}\n${mark(text)}\n`;
};

/** What was noted last; null when nothing was, or when it cannot be read. */
export function readNote(dataDir: string): Note | null {
  try {
    const [text = '', given] = readFileSync(fileIn(dataDir), 'utf8').split('\n');
    return given === mark(text) ? Note.parse(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}

/** Notes it for certain: at a stop, and once another database has taken the first one's place. */
export const writeNote = (dataDir: string, note: Note): void => writeWhole(fileIn(dataDir), asText(note));

/** Forgets what was here, before something else takes its place. */
export const removeNote = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

const OFTEN_MS = 500;

export interface HeadNote {
  /** The journal has grown. Written within half a second, and never waited for. */
  changed(): void;
  close(): void;
}

/**
 * Keeps the note up to date while the store works. It only ever lags behind what is on the disk, since it is written
 * after a commit; so a database that ends before it has lost something.
 * @param present what there is to note; it may throw while the database is exchanged for another
 */
export function keepHeadNote(dataDir: string, present: () => Note): HeadNote {
  const file = fileIn(dataDir);
  let timer: NodeJS.Timeout | null = null;
  async function write(): Promise<void> {
    timer = null;
    try {
      const note = present();
      await writeFile(`${file}.next`, asText(note), { mode: 0o600 });
      // Whoever exchanges the database notes the other one, which this must not overtake.
      if (present().epoch === note.epoch) renameSync(`${file}.next`, file);
    } catch {
      // A full disk is complained about elsewhere; here it only means an older note.
    }
  }
  return {
    changed() {
      timer ??= setTimeout(() => void write(), OFTEN_MS).unref();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
