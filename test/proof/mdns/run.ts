import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { layCable, type TwoMachines } from './network.ts';

/**
 * Starts the server on one machine and looks for it with avahi-browse from another, as an iPad would: found by both
 * service types, reachable at what was found, and gone after SIGTERM.
 *
 *   node test/proof/mdns/run.ts [command…]     default: the demo restaurant on free ports
 */
const root = path.join(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-mdns-'));
const services = ['_fynlo._tcp', '_http._tcp'] as const;
const command = process.argv.length > 2 ? process.argv.slice(2) : demoRestaurant();
const started: ChildProcess[] = [];

function demoRestaurant(): string[] {
  const free = ['--port', '0', '--compat-port', '0'];
  return ['node', 'store-server/entry.ts', '--demo', ...free, '--data-dir', path.join(folder, 'store')];
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  for (const tool of ['ip', 'unshare', 'dbus-daemon', 'avahi-daemon', 'avahi-browse']) {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
    } catch {
      return `${tool} is not installed`;
    }
  }
  return undefined;
}

/** Everything a child says, line by line, and a way to wait for a line. */
function listen(child: ChildProcess) {
  let said = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  return async (what: string, matches: (line: string) => boolean, seconds: number): Promise<string> => {
    for (const until = performance.now() + seconds * 1000; performance.now() < until; await pause(50)) {
      const line = said.split('\n').find(matches);
      if (line !== undefined) return line;
      if (child.exitCode !== null) break;
    }
    throw new Error(`${what}: not within ${seconds} s. Heard so far:\n${said}`);
  };
}

function start(file: string, args: string[]): ChildProcess {
  // Errors go to stderr of this proof; the group makes sure that nothing of it stays behind.
  const child = spawn(file, args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}

/** The second machine's own message bus and avahi, which must not meet those of the machine we run on. */
function browser(machine: string): ChildProcess {
  const settings = path.join(folder, 'avahi.conf');
  writeFileSync(
    settings,
    '[server]\nhost-name=ipad\nuse-ipv4=yes\nuse-ipv6=no\nenable-dbus=yes\n[publish]\ndisable-publishing=yes\n',
  );
  const script = [
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/dbus /run/avahi-daemon',
    'dbus-daemon --system --nofork --nopidfile --nosyslog &',
    'while [ ! -S /run/dbus/system_bus_socket ]; do sleep 0.05; done',
    `avahi-daemon -f ${settings} --no-drop-root --no-chroot --no-rlimits >/dev/null 2>&1 &`,
    'until avahi-browse -at >/dev/null 2>&1; do sleep 0.1; done',
    ...services.map((service) => `stdbuf -oL avahi-browse -rpk ${service} &`),
    'wait',
  ].join('\n');
  return start('ip', ['netns', 'exec', machine, 'unshare', '--mount', 'sh', '-c', script]);
}

async function prove({ a, b, addressOfA }: TwoMachines): Promise<void> {
  const [file = 'node', ...args] = command;
  const server = start('ip', ['netns', 'exec', a, file === 'node' ? process.execPath : file, ...args]);
  const ready = await listen(server)('the server is ready', (line) => line.startsWith('fynlo ready '), 60);
  const { port } = new URL(ready.slice('fynlo ready '.length));

  // The library speaks unasked after 0, 3 and 12 s. Between those it is only found if it answers questions, which a
  // socket bound to the wrong address does not.
  await pause(4_000);
  const from = performance.now();
  const hear = listen(browser(b));
  for (const service of services) {
    const isIt = (line: string) =>
      line.startsWith('=;') && line.includes(`;${service};`) && line.includes(`;${addressOfA};${port};`);
    const found = await hear(`${service} is found at ${addressOfA}:${port}`, isIt, 7);
    console.log(`found ${service} after ${Math.round(performance.now() - from)} ms: ${found}`);
  }

  const knock = `fetch('http://${addressOfA}:${port}/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  execFileSync('ip', ['netns', 'exec', b, process.execPath, '-e', knock], { timeout: 10_000 });
  console.log('what was found answers /health from the other machine');

  if (server.pid !== undefined) process.kill(server.pid, 'SIGTERM');
  for (const service of services) {
    await hear(`${service} is taken back`, (line) => line.startsWith('-;') && line.includes(`;${service};`), 10);
  }
  console.log('both announcements were taken back at SIGTERM');
}

function clearUp(): void {
  for (const { pid } of started) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

const obstacle = whyNot();
if (obstacle) {
  console.log(`SKIP ${obstacle}`);
} else {
  let machines: TwoMachines | undefined;
  try {
    machines = layCable();
  } catch (error) {
    console.log(`SKIP this machine makes no network namespaces: ${error instanceof Error ? error.message : error}`);
  }
  if (machines) {
    try {
      await prove(machines);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    } finally {
      clearUp();
      machines.remove();
    }
  }
}
