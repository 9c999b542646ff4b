import type { Config } from './config.ts';
import { FolderInUse } from './db/folder-lock.ts';
import { DatabaseRefused } from './db/migrate.ts';
import { DemoRefused } from './demo/open-demo.ts';
import { holderOfPort, type PortHolder } from './port-holder.ts';

export interface StartFailure {
  /** What happened and a way out, for the person in front of the computer. */
  readonly sentence: string;
  /** Another try changes nothing until somebody has done something about it. */
  readonly needsSomebody: boolean;
}

const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;
const locked = /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/;
const noFolder = /^(EEXIST|ENOTDIR)$/;

/**
 * Why the store server did not start.
 * @param whoHolds asked for the program behind a busy port
 */
export async function startFailure(
  error: unknown,
  { dataDir, host }: Pick<Config, 'dataDir' | 'host'>,
  whoHolds: (port: number) => Promise<PortHolder | null> = holderOfPort,
): Promise<StartFailure> {
  const known = (sentence: string): StartFailure => ({ sentence, needsSomebody: true });
  if (error instanceof FolderInUse || error instanceof DatabaseRefused || error instanceof DemoRefused)
    return known(error.message);
  const { code = '', port, syscall } = (error ?? {}) as { code?: string; port?: number; syscall?: string };
  if (port !== undefined && code === 'EADDRINUSE') return known(busyPort(port, await whoHolds(port)));
  if (port !== undefined && code === 'EACCES')
    return known(`This user may not listen on port ${port}. Give another --port.`);
  if (code === 'EADDRNOTAVAIL') return known(`This computer has no address ${host}. Give another --host.`);
  if (full.test(code))
    return known(
      `The disk that holds ${dataDir} is full (${code}). Make room on it, then start again; nothing is lost.`,
    );
  // The file system of /proc says of a folder that it cannot hold that it is not there.
  if (locked.test(code) || (code === 'ENOENT' && syscall === 'mkdir'))
    return known(
      `${dataDir} cannot be written (${code}). Give this user the right to write there, or give another --data-dir.`,
    );
  if (noFolder.test(code)) return known(`${dataDir} is not a folder. Give another --data-dir.`);
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { sentence: `The store server could not start: ${told}`, needsSomebody: false };
}

function busyPort(port: number, holder: PortHolder | null): string {
  const who = holder === null ? 'another program' : `the program "${holder.name}" (process ${holder.pid})`;
  return `Port ${port} is taken by ${who}. Stop it, or start Fynlo with another --port or --compat-port.`;
}
