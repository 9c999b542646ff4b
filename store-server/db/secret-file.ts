import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Flushes the names in a folder, or a new file may be gone after a power cut. Windows neither can nor needs to. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Whole or not at all, and readable by the server's own user only. */
export function writeSecretFile(file: string, text: string): void {
  const half = `${file}.new`;
  const handle = openSync(half, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(half, file);
}
