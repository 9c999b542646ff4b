import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Somebody who looks over the server's shoulder at every call to the disk, and makes one of them go wrong. */
export interface Tracer {
  /** Lets go of the server, if it is still there. */
  detach(): Promise<void>;
}

const tracing = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of tracing) child.kill('SIGINT');
});

/** Why calls cannot be traced on this machine, or undefined when they can. */
export function whyNoTrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace needs Linux';
  if (spawnSync('which', ['strace']).status !== 0) return 'strace is not installed';
  const restricted = '/proc/sys/kernel/yama/ptrace_scope';
  if (process.getuid?.() !== 0 && existsSync(restricted) && readFileSync(restricted, 'utf8').trim() !== '0') {
    return 'only root may attach to a running process here';
  }
  const tried = spawnSync('strace', ['-qq', '-e', 'inject=pwrite64:error=EIO', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `strace does not work here: ${tried.stderr.trim()}`;
}

/**
 * Attaches to a running process and all its threads.
 * @param inject what goes wrong, as strace writes it, such as `pwrite64:signal=SIGKILL:when=3`; counted from now on
 * @param log file for the calls that were made
 */
export async function attach(pid: number, inject: string | null, log: string): Promise<Tracer> {
  const wrong = inject === null ? [] : ['-e', `inject=${inject}`];
  const calls = ['-e', 'trace=pwrite64,fsync,fdatasync', '-e', 'signal=none'];
  const child = spawn('strace', ['-f', '-p', String(pid), ...calls, ...wrong, '-o', log], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  tracing.add(child);
  let said = '';
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      tracing.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes;
      if (/Process \d+ attached/.test(said)) resolve();
    });
    void ended.then(() => reject(new Error(`strace did not attach: ${said}`)));
  });
  return {
    async detach() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** How often each call was made by the thread that made most of them: the one that writes the database. */
export function callsIn(log: string): { writes: number; syncs: number } {
  const threads = new Map<string, { writes: number; syncs: number }>();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread = '', call = ''] = /^(\d+)\s+(pwrite64|fsync|fdatasync)\(/.exec(line) ?? [];
    if (call === '') continue;
    const counted = threads.get(thread) ?? { writes: 0, syncs: 0 };
    threads.set(thread, counted);
    if (call === 'pwrite64') counted.writes += 1;
    else counted.syncs += 1;
  }
  return [...threads.values()].sort((a, b) => b.writes - a.writes)[0] ?? { writes: 0, syncs: 0 };
}
