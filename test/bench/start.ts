import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Bench, ratio, skipped } from './kit/findings.ts';
import { alternate } from './kit/rounds.ts';
import { demoFolder, ownFolder } from './kit/store.ts';
import { end } from './kit/work.ts';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'out/store-server/entry.mjs');

/** The least that answers over HTTP at all. */
const bare = `require('node:http').createServer((_, answer) => answer.end('{}'))
  .listen(Number(process.argv[1]), '127.0.0.1')`;

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

interface Started {
  /** Ms from the start of the process to its first answer of 200. */
  readonly ms: number;
  /** Resident memory a while later, with nothing to do, in MB. */
  readonly idleMb: number;
}

async function firstAnswer(port: number): Promise<void> {
  for (let tries = 0; tries < 20_000; tries += 1) {
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/health`, { headers: { Connection: 'close' } });
      if (status === 200) return;
    } catch {
      // Not there yet: asked again at once.
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('a server did not answer');
}

async function look(args: (port: number) => string[], env: Record<string, string>, idleMs: number): Promise<Started> {
  const port = await freePort();
  const from = performance.now();
  const child: ChildProcess = spawn(process.execPath, args(port), { stdio: 'ignore', env: { ...process.env, ...env } });
  try {
    await firstAnswer(port);
    const ms = performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const status = existsSync(`/proc/${child.pid}/status`) ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : '';
    const idleMb = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024;
    // A polite end first: the compile cache is written then.
    child.kill('SIGTERM');
    await Promise.race([
      new Promise((resolve) => child.once('exit', resolve)),
      new Promise((resolve) => setTimeout(resolve, 5_000)),
    ]);
    return { ms, idleMb };
  } finally {
    await end(child);
  }
}

/** Goal 15, its second part: the bundled server beside the least that node needs, from start to its first answer. */
export const start: Bench = {
  name: 'start',
  title: 'Start of the bundle to its first answer, and its idle memory',
  async run({ rounds, quick }) {
    if (!existsSync(bundle)) await build();
    const folder = await demoFolder();
    const cache = join(ownFolder(), 'compiled');
    const idleMs = quick ? 300 : 1500;
    const ours = (port: number) => [
      bundle,
      ...['--data-dir', folder, '--host', '127.0.0.1', '--port', String(port), '--compat-port', '0', '--no-mdns'],
    ];
    const memory: { ours: number; bare: number }[] = [];
    let anchorMb = Number.NaN;
    const pairs = await alternate(
      quick ? rounds : Math.max(rounds, 7),
      async () => {
        const seen = await look(ours, { NODE_COMPILE_CACHE: cache }, idleMs);
        memory.push({ ours: seen.idleMb, bare: anchorMb });
        return seen.ms;
      },
      async () => {
        const seen = await look((port) => ['-e', bare, String(port)], {}, 100);
        anchorMb = seen.idleMb;
        return seen.ms;
      },
    );
    const startUp = ratio({
      goal: 15,
      what: 'start to the first 200, bundle / bare node:http',
      bound: { most: 3.5 },
      pairs,
      note: 'a demo restaurant in its folder, compile cache warm',
    });
    const what = 'idle memory, bundle / bare node:http';
    if (Number.isNaN(anchorMb)) return [startUp, skipped({ goal: 15, what, note: 'only Linux tells it in /proc' })];
    const kept = memory.slice(1).map(({ ours: subject, bare: anchor }) => ({ subject, anchor }));
    const note = `${kept.at(-1)?.subject.toFixed(0)} MB / ${kept.at(-1)?.anchor.toFixed(0)} MB resident`;
    return [startUp, ratio({ goal: 15, what, bound: { most: 1.7 }, pairs: kept, note })];
  },
};

async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'build/bundle.ts')], { stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((resolve) => child.once('exit', resolve));
}
