import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../store-server/kernel/hashing.ts';
import { StartRefused } from '../refused.ts';

/** Who the database runs as: PostgreSQL refuses to run as root. Empty for ordinary users. */
export interface RunsAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where it goes when the folders of root are closed to everybody else. */
const openPlace = '/var/lib/fynlo-relay';

/** @throws StartRefused when there is no user `postgres` and none can be made */
export function databaseUser(): RunsAs {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', 'postgres'], { stdio: 'ignore' });
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      throw new StartRefused(
        'PostgreSQL does not run as root, and the user postgres could not be made. Start the relay as another user, or give DATABASE_URL.',
      );
    }
  }
}

/** Whether users other than root may walk to a folder. */
export function isOpenToOthers(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** A folder the database's user can reach: the one asked for, or one of its own below /var/lib that belongs to it. */
export function reachableFolder(folder: string, user: RunsAs): string {
  if (user.uid === undefined) return folder;
  if (existsSync(dirname(folder))) chmodSync(dirname(folder), 0o711);
  if (isOpenToOthers(dirname(folder))) return folder;
  mkdirSync(openPlace, { recursive: true, mode: 0o711 });
  return join(openPlace, sha256(folder).toString('hex', 0, 8));
}

/** The programs of PostgreSQL where the database's user can run them; copied once if they lie in a closed folder. */
export function reachablePrograms(native: string, version: string, user: RunsAs): string {
  if (user.uid === undefined || isOpenToOthers(native)) return join(native, 'bin');
  const copy = join(openPlace, `postgres-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(openPlace, { recursive: true, mode: 0o711 });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return join(copy, 'bin');
}
