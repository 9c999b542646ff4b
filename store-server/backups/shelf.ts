import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileDigest, flush, removeDatabase, writeWhole } from '../db/files.ts';
import { Manifest } from './manifest.ts';

/** A folder with snapshots: `NAME.db` and beside it `NAME.json`. */
export interface Shelf {
  readonly folder: string;
  fileOf(name: string): string;
  /** All that are whole as far as their names and sizes tell, the newest first. */
  list(): Manifest[];
  /** Takes a finished file in under its name; until then it is called `….part`. */
  put(half: string, manifest: Manifest): void;
  /** Notes something new about a snapshot. */
  note(manifest: Manifest): void;
  /** Whether the file still has the bytes it was put here with. Reads all of it. */
  isIntact(manifest: Manifest): boolean;
  remove(name: string): void;
  /** Clears away what a stop or a full disk left half done. */
  tidy(): void;
}

export function openShelf(folder: string): Shelf {
  const fileOf = (name: string) => join(folder, `${name}.db`);
  const manifestOf = (name: string) => join(folder, `${name}.json`);
  const names = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);

  function read(name: string): Manifest[] {
    try {
      const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      const isOurs = `${manifest.name}.json` === name && statSync(fileOf(manifest.name)).size === manifest.bytes;
      return isOurs ? [manifest] : [];
    } catch {
      return [];
    }
  }

  return {
    folder,
    fileOf,
    list: () =>
      names()
        .filter((name) => name.endsWith('.json'))
        .flatMap(read)
        .sort((a, b) => b.made_at - a.made_at || b.head_seq - a.head_seq),
    put(half, manifest) {
      renameSync(half, fileOf(manifest.name));
      flush(folder, { folder: true });
      writeWhole(manifestOf(manifest.name), `${JSON.stringify(manifest, null, 2)}\n`);
    },
    note: (manifest) => writeWhole(manifestOf(manifest.name), `${JSON.stringify(manifest, null, 2)}\n`),
    isIntact({ name, digest }) {
      try {
        return fileDigest(fileOf(name)) === digest;
      } catch {
        return false;
      }
    },
    remove(name) {
      rmSync(manifestOf(name), { force: true });
      removeDatabase(fileOf(name));
    },
    tidy() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of names()) if (/\.part(-wal|-shm|-journal)?$/.test(name)) rmSync(join(folder, name));
    },
  };
}
