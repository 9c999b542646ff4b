import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the first 100 bytes of a database file say about it (https://www.sqlite.org/fileformat.html, 1.3). */
export interface FileHeader {
  /** Whether it begins as every SQLite file does, with a page size there is. */
  readonly isDatabase: boolean;
  readonly applicationId: number;
  /** The schema version it was last written with. */
  readonly userVersion: number;
  /** Bytes that are there, and bytes that the header promises. */
  readonly bytes: number;
  readonly promisedBytes: number;
}

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

/** Reads a file's header without opening it as a database, which might already change it. */
export function readHeader(file: string): FileHeader {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEADER_BYTES);
    readSync(handle, head, 0, HEADER_BYTES, 0);
    const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
    const isPowerOfTwo = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
    return {
      isDatabase: head.toString('latin1', 0, 16) === MAGIC && isPowerOfTwo,
      applicationId: head.readInt32BE(68),
      userVersion: head.readInt32BE(60),
      bytes: fstatSync(handle).size,
      promisedBytes: head.readUInt32BE(28) * pageSize,
    };
  } finally {
    closeSync(handle);
  }
}
