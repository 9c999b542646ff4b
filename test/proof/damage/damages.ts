import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Random } from '../lab/random.ts';
import type { Template } from './template.ts';

/** Does something bad to a data folder. Says what, or null when there is nothing there to do it to. */
export type Damage = (at: { folder: string; random: Random; template: Template }) => string | null;

const PAGE = 4096;
const db = (folder: string): string => path.join(folder, 'store.db');

/** Changes bytes as a bad disk does: nobody's clock notices. */
function inPlace(file: string, change: (handle: number, bytes: number) => void): void {
  const { size, atimeMs, mtimeMs } = statSync(file);
  const handle = openSync(file, 'r+');
  change(handle, size);
  closeSync(handle);
  utimesSync(file, atimeMs / 1000, mtimeMs / 1000);
}

function flip(file: string, random: Random, bits: number, from = 0): void {
  inPlace(file, (handle, bytes) => {
    for (let n = 0; n < bits; n += 1) {
      const at = random.between(Math.min(from, bytes - 1), bytes - 1);
      const byte = Buffer.alloc(1);
      readSync(handle, byte, 0, 1, at);
      byte[0] = (byte[0] ?? 0) ^ (1 << random.between(0, 7));
      writeSync(handle, byte, 0, 1, at);
    }
  });
}

const withLog =
  (act: (log: string, random: Random) => string): Damage =>
  ({ folder, random }) => {
    const log = `${db(folder)}-wal`;
    return existsSync(log) && statSync(log).size > 0 ? act(log, random) : null;
  };

export const damages: readonly Damage[] = [
  ({ folder, random }) => {
    flip(db(folder), random, 1, 100);
    return 'one bit';
  },
  ({ folder, random }) => {
    const bits = random.between(2, 40);
    flip(db(folder), random, bits);
    return `${bits} bits`;
  },
  ({ folder, random }) => {
    inPlace(db(folder), (handle, bytes) => {
      for (let n = random.between(1, 4); n > 0; n -= 1) {
        writeSync(handle, Buffer.alloc(PAGE), 0, PAGE, random.between(0, bytes / PAGE - 1) * PAGE);
      }
    });
    return 'zeroed pages';
  },
  ({ folder, random }) => {
    inPlace(db(folder), (handle, bytes) => {
      const page = Buffer.alloc(PAGE);
      readSync(handle, page, 0, PAGE, random.between(1, bytes / PAGE - 1) * PAGE);
      writeSync(handle, page, 0, PAGE, random.between(1, bytes / PAGE - 1) * PAGE);
    });
    return 'a page written to another’s place';
  },
  ({ folder, random }) => {
    const bytes = random.between(0, statSync(db(folder)).size - 1);
    truncateSync(db(folder), bytes);
    return `cut off at ${bytes}`;
  },
  withLog((log, random) => {
    truncateSync(log, random.between(0, statSync(log).size - 1));
    return 'a log cut off';
  }),
  withLog((log, random) => {
    flip(log, random, random.between(1, 20));
    return 'bits of the log';
  }),
  withLog((log) => {
    rmSync(log);
    return 'no log';
  }),
  ({ folder, random }) => {
    const shm = `${db(folder)}-shm`;
    if (random.chance(0.5)) rmSync(shm, { force: true });
    else writeFileSync(shm, Buffer.alloc(32_768, random.between(0, 255)));
    return 'the log’s index lost or garbage';
  },
  ({ folder }) => {
    rmSync(db(folder));
    return 'no database';
  },
  ({ folder }) => {
    for (const one of ['', '-wal', '-shm']) rmSync(`${db(folder)}${one}`, { force: true });
    return 'no database and no log';
  },
  ({ folder, template }) => {
    for (const one of ['-wal', '-shm']) rmSync(`${db(folder)}${one}`, { force: true });
    copyFileSync(template.other, db(folder));
    return 'another restaurant’s database';
  },
  ({ folder, random }) => {
    inPlace(db(folder), (handle) => {
      const id = Buffer.alloc(4);
      id.writeUInt32BE(random.between(1, 0xffff_ffff));
      writeSync(handle, id, 0, 4, 68);
    });
    return 'another program’s mark';
  },
  ({ folder, random }) => {
    writeFileSync(db(folder), Buffer.alloc(random.between(0, 3) * 10_000, 'not a database. '));
    return 'something else in its place';
  },
  ({ folder, random }) => {
    // The newest snapshot is half of one, and the database is gone as well.
    const backups = path.join(folder, 'backups');
    if (!existsSync(backups)) return null;
    const newest = readdirSync(backups)
      .filter((name) => name.endsWith('.db'))
      .sort()
      .at(-1);
    if (newest === undefined) return null;
    const file = path.join(backups, newest);
    if (random.chance(0.5)) truncateSync(file, random.between(0, statSync(file).size - 1));
    else flip(file, random, 3);
    flip(db(folder), random, 60);
    return 'half a snapshot and many bits';
  },
];
