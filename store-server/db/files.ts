import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

const PIECE_BYTES = 1 << 20;

/** Reads a file from beginning to end, a megabyte at a time. */
export function eachPiece(file: string, take: (piece: Buffer) => void): void {
  const handle = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let read = -1; read !== 0; ) {
      read = readSync(handle, piece, 0, PIECE_BYTES, null);
      if (read > 0) take(piece.subarray(0, read));
    }
  } finally {
    closeSync(handle);
  }
}

/** SHA-256 of a file's bytes, in hex. */
export function fileDigest(file: string): string {
  const hash = createHash('sha256');
  eachPiece(file, (piece) => void hash.update(piece));
  return hash.digest('hex');
}

/** A checksum of a file's bytes that finds what a medium does to them, and takes a fifth of a digest's time. */
export function fileChecksum(file: string): number {
  let sum = 0;
  eachPiece(file, (piece) => {
    sum = crc32(piece, sum);
  });
  return sum;
}

/** Waits until a file's or a folder's contents are on the disk. Windows neither can nor needs to flush a folder. */
export function flush(path: string, { folder = false } = {}): void {
  if (folder && process.platform === 'win32') return;
  const handle = openSync(path, folder ? 'r' : 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes a small file whole or not at all. */
export function writeWhole(file: string, text: string): void {
  const half = `${file}.part`;
  const handle = openSync(half, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(half, file);
  flush(dirname(file), { folder: true });
}

/** A database's own file and those that belong to it while it is open. */
export const databaseFiles = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`];

export function removeDatabase(file: string): void {
  for (const one of databaseFiles(file)) rmSync(one, { force: true });
}

/** Moves a database with what belongs to it; what is not there is left out. Both places are on one disk. */
export function moveDatabase(from: string, to: string): void {
  for (const [at, one] of databaseFiles(from).entries()) {
    if (existsSync(one)) renameSync(one, databaseFiles(to)[at] as string);
  }
}
