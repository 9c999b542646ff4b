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
  /** Whether it runs, or how it ended, and the last that it wrote to stderr: for explaining a failure. */
  state(): string;
}

/** Everything started here, so that nothing stays behind when a proof is interrupted. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.log(`stopped by ${signal}`);
    process.exit(1);
  });
}

let latest: ServerProcess | null = null;

/** What became of the server that was started last, for explaining a failure. */
export const latestServer = (): string => latest?.state() ?? 'no server was started';

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
  const state = (): string => {
    const how = child.exitCode ?? child.signalCode;
    return `the server ${how === null ? 'is running' : `ended with ${how}`}; it said: ${said.slice(-2_000) || 'nothing'}`;
  };
  latest = {
    pid: child.pid ?? -1,
    ended,
    state,
    signal: (name) => void child.kill(name),
    ready: (ms = 60_000) =>
      new Promise((resolve, reject) => {
        const giveUp = (why: string): void => {
          clearTimeout(timer);
          reject(new Error(`${why}: ${state()}`));
        };
        const timer = setTimeout(() => giveUp(`not ready within ${ms} ms`), ms);
        wake = () => {
          const port = /^fynlo ready http:\/\/127\.0\.0\.1:(\d+)\//m.exec(out)?.[1];
          if (port !== undefined) {
            clearTimeout(timer);
            resolve(Number(port));
          } else if (child.exitCode !== null || child.signalCode !== null) {
            giveUp('not ready');
          }
        };
        wake();
      }),
  };
  return latest;
}
