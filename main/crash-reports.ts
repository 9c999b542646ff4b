import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEPT = 20;

/** Reports of what broke, as text files on this computer and nowhere else. */
export class CrashReports {
  readonly #folder: string;
  readonly #about: string;
  readonly #now: () => number;

  /** @param now epoch ms */
  constructor(folder: string, version: string, now: () => number) {
    this.#folder = folder;
    this.#about = `Fynlo ${version} on ${process.platform} ${process.arch}`;
    this.#now = now;
  }

  /** Never throws: it is called when something else already went wrong. */
  write(what: string, lines: readonly string[]): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const at = new Date(this.#now()).toISOString();
      const text = [this.#about, at, '', what, '', ...lines, ''].join('\n');
      writeFileSync(path.join(this.#folder, `crash-${at.replaceAll(':', '-')}.txt`), text);
      const reports = readdirSync(this.#folder)
        .filter((name) => name.startsWith('crash-'))
        .sort();
      for (const old of reports.slice(0, -KEPT)) rmSync(path.join(this.#folder, old), { force: true });
    } catch {
      // A full disk, most likely: there is nothing left to tell it to.
    }
  }
}
