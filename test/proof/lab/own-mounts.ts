import { spawnSync } from 'node:child_process';

const done = 'FYNLO_OWN_MOUNTS';

/**
 * Begins this program anew with mounts of its own, where that can be had: nothing stays mounted then, however it ends.
 */
export function intoOwnMounts(): void {
  if (process.env[done] !== undefined || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const found = spawnSync('which', ['unshare'], { encoding: 'utf8' }).stdout.trim();
  if (found === '' || spawnSync(found, ['--mount', 'true']).status !== 0) return;
  const words = ['unshare', '--mount', '--', process.execPath, ...process.argv.slice(1)];
  process.execve?.(found, words, { ...process.env, [done]: '1' });
}
