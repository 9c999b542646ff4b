import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileChecksum, writeWhole } from './files.ts';

interface Seal {
  readonly bytes: string;
  /** When the file was last written, epoch ms: a seal speaks of that moment's file only. */
  readonly written: string;
  readonly checksum: number;
}

export type SealVerdict = 'intact' | 'broken' | 'none';

const sealOf = (file: string): string => `${file}.seal`;

function standingOf(file: string): Pick<Seal, 'bytes' | 'written'> {
  const { size, mtimeNs } = statSync(file, { bigint: true });
  return { bytes: String(size), written: String((mtimeNs + 500_000n) / 1_000_000n) };
}

/**
 * Notes what a closed database looks like, every byte of it, so that the next start sees what a bad disk did to it
 * meanwhile: SQLite's pages carry no checksums. Not for a database whose log still holds something.
 */
export function sealFile(file: string): void {
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) return;
  const seal: Seal = { ...standingOf(file), checksum: fileChecksum(file) };
  writeWhole(sealOf(file), `${JSON.stringify(seal)}\n`);
}

/**
 * Whether a file still has the bytes that it was sealed with. A file that somebody has written since is not judged: that
 * is no damage, and the seal does not speak of it. Reads the whole file, about 0.8 s for a gigabyte in memory.
 */
export function checkSeal(file: string): SealVerdict {
  let seal: Seal;
  try {
    seal = JSON.parse(readFileSync(sealOf(file), 'utf8')) as Seal;
  } catch {
    return 'none';
  }
  const { bytes, written } = standingOf(file);
  if (seal.bytes !== bytes || seal.written !== written) return 'none';
  return fileChecksum(file) === seal.checksum ? 'intact' : 'broken';
}
