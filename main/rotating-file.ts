import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export interface RotatingLimits {
  /** Bytes after which a new file is begun. */
  readonly most: number;
  /** How many older files are kept. */
  readonly keep: number;
}

/** A log file that never fills the disk: `server.log`, then `server.log.1`, and so on, the oldest dropped. */
export class RotatingFile {
  readonly #file: string;
  readonly #limits: RotatingLimits;
  #size: number;

  constructor(file: string, limits: RotatingLimits = { most: 2_000_000, keep: 4 }) {
    this.#file = file;
    this.#limits = limits;
    mkdirSync(path.dirname(file), { recursive: true });
    this.#size = existsSync(file) ? statSync(file).size : 0;
  }

  /** A disk that takes nothing more must not end the program that only wanted to say so. */
  write(text: string): void {
    try {
      if (this.#size >= this.#limits.most) this.#turn();
      appendFileSync(this.#file, text);
      this.#size += Buffer.byteLength(text);
    } catch {
      this.#size = 0;
    }
  }

  #turn(): void {
    const nth = (n: number): string => (n === 0 ? this.#file : `${this.#file}.${n}`);
    rmSync(nth(this.#limits.keep), { force: true });
    for (let n = this.#limits.keep - 1; n >= 0; n -= 1) if (existsSync(nth(n))) renameSync(nth(n), nth(n + 1));
    this.#size = 0;
  }
}
