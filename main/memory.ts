import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Remembered = z.object({
  window: z
    .object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), maximized: z.boolean() })
    .optional()
    .catch(undefined),
  /** Closing the window has been explained. */
  toldThatItStays: z.boolean().catch(false),
  /** An update that was begun, until the new version has proved itself. */
  update: z.object({ from: z.string(), to: z.string(), at: z.int(), snapshot: z.string() }).optional().catch(undefined),
  /** Versions that did not come up healthy, and are not installed again. */
  refused: z.array(z.string()).catch([]),
});
export type Remembered = z.infer<typeof Remembered>;

/** What the desktop app keeps for itself, in one small file. It can be lost without harm: a restaurant has none of it. */
export class Memory {
  readonly #file: string;
  #now: Remembered;

  constructor(file: string) {
    this.#file = file;
    this.#now = Remembered.catch({ toldThatItStays: false, refused: [] }).parse(readJson(file));
  }

  read(): Remembered {
    return this.#now;
  }

  /**
   * Written beside and put in place, so that a power cut leaves the old file or the new one.
   * @returns whether it is on disk; where a window stood may be lost, what an update needs to know may not
   */
  change(what: { [Name in keyof Remembered]?: Remembered[Name] | undefined }): boolean {
    this.#now = { ...this.#now, ...what } as Remembered;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#now), { flush: true });
      renameSync(`${this.#file}.new`, this.#file);
      return true;
    } catch {
      return false;
    }
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
