import { FolderInUse } from '../store-server/db/folder-lock.ts';
import type { Config } from './config.ts';
import { StartRefused } from './refused.ts';

/** What the person at the console reads when the relay does not start. */
export function startFailure(error: unknown, { dataDir, host }: Config): string {
  if (error instanceof StartRefused || error instanceof FolderInUse) return error.message;
  const { code, port } = (error ?? {}) as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Stop it, or give another --port.`;
  if (code === 'EACCES' && port !== undefined) return `This user may not listen on port ${port}. Give another --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This computer has no address ${host}. Give another --host.`;
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${dataDir} is not a folder. Give another --data-dir.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') return `${dataDir} cannot be written (${code}).`;
  return `The relay could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
