import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { watchFolder } from '../../cloud-relay/db/end-with-us.ts';

/**
 * One PostgreSQL for a whole run. It is started by the first test file that asks for a database (cloud-relay/db/
 * cluster.fixture.ts) and stopped here, so that a run without such files costs nothing. A run that is killed leaves
 * nothing behind either: somebody watches.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fynlo-postgres-'));
  // The database does not run as root, so its own user has to get here.
  chmodSync(folder, 0o711);
  process.env['FYNLO_TEST_POSTGRES'] = folder;
  const remove = watchFolder(folder);
  return () => {
    const stop = path.join(folder, 'stop.json');
    if (existsSync(stop)) {
      const { file, args, user } = JSON.parse(readFileSync(stop, 'utf8')) as Stop;
      execFileSync(file, args, { ...user, cwd: folder, stdio: 'ignore' });
    }
    remove();
  };
}

interface Stop {
  readonly file: string;
  readonly args: string[];
  readonly user: { uid?: number; gid?: number };
}
