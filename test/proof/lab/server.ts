import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');

/**
 * Bundles the server into a folder of its own, because a bundle is up in a third of the time. Native packages are found
 * through a link to ours.
 * @param sources the repository, or a copy of it
 * @returns the path of its entry
 */
export function buildServer(folder: string, sources = root): string {
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [path.join(sources, 'build/bundle.ts'), path.join(folder, 'app')], { stdio: 'pipe' });
  const packages = path.join(folder, 'node_modules');
  if (!existsSync(packages)) symlinkSync(path.join(root, 'node_modules'), packages);
  return path.join(folder, 'app/entry.mjs');
}

/** How a server process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The real server as a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** The port of its API, once it says that it is ready. @throws when it ends or stays silent instead */
  ready(ms?: number): Promise<number>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ending>;
  /** What it wrote to stderr. */
  said(): string;
}

/** Everything started here, so that nothing stays behind when a proof is interrupted. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param dataDir the demo restaurant's folder */
export function startServer(entry: string, dataDir: string): ServerProcess {
  const free = ['--port', '0', '--compat-port', '0', '--host', '127.0.0.1', '--no-mdns'];
  const child = spawn(process.execPath, [entry, '--demo', '--data-dir', dataDir, ...free], {
    cwd: path.dirname(entry),
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(path.dirname(entry), 'compiled') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let said = '';
  let wake = (): void => undefined;
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes;
    wake();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
      wake();
    });
  });
  return {
    pid: child.pid ?? -1,
    ended,
    said: () => said,
    signal: (name) => void child.kill(name),
    ready: (ms = 60_000) =>
      new Promise((resolve, reject) => {
        const giveUp = (why: string): void => {
          clearTimeout(timer);
          reject(new Error(`the server ${why}; it said: ${said.slice(-2_000) || 'nothing'}`));
        };
        const timer = setTimeout(() => giveUp(`was not ready within ${ms} ms`), ms);
        wake = () => {
          const port = /^fynlo ready http:\/\/127\.0\.0\.1:(\d+)\//m.exec(out)?.[1];
          if (port !== undefined) {
            clearTimeout(timer);
            resolve(Number(port));
          } else if (child.exitCode !== null || child.signalCode !== null) {
            giveUp(`ended with ${child.exitCode ?? child.signalCode}`);
          }
        };
        wake();
      }),
  };
}
