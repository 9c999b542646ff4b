import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entries = {
  relay: fileURLToPath(new URL('../../cloud-relay/entry.ts', import.meta.url)),
  store: fileURLToPath(new URL('../../store-server/entry.ts', import.meta.url)),
};
const READY_MS = 60_000;

/** One of the product's commands as a process of its own. */
export interface Running {
  /** Where it said that it is ready. */
  readonly url: URL;
  /** What it says to the person at the console. */
  said(): string;
  /** Asks it to stop, as a service manager does. @returns its exit code */
  stop(): Promise<number | null>;
  kill(): void;
}

/** Starts a command and waits for its line on stdout. @throws Error with what it said when it ends before */
export async function startProcess(
  what: keyof typeof entries,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [entries[what], ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    err += bytes;
  });
  const ended = once(child, 'exit');
  const url = await new Promise<URL>((resolve, reject) => {
    let out = '';
    const timer = setTimeout(() => reject(new Error(`the ${what} was not ready in time: ${err}`)), READY_MS);
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes;
      const found = /^fynlo (?:relay )?ready (\S+)$/m.exec(out)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(new URL(found));
    });
    child.once('exit', (code) => reject(new Error(`the ${what} ended with ${code}: ${err}`)));
  });
  return {
    url,
    said: () => err,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
