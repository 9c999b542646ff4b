import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../../harness/api-client.ts';
import { prepareEvening } from '../lab/evening.ts';
import { inside, money, soundness } from '../lab/look-inside.ts';
import { intoOwnMounts } from '../lab/own-mounts.ts';
import { openPrinterRoom } from '../lab/paper.ts';
import { buildServer, startServer } from '../lab/server.ts';

/**
 * Fills the disk of a running server to the last byte: what would have to be written is refused with a time to come
 * back, what can be looked at is shown, and within ten seconds of there being room it writes again by itself.
 *
 *   node test/proof/disk-full/run.ts [rounds]
 */
const rounds = Number(process.argv[2] ?? 8);
const RECOVERY_MS = 10_000;
intoOwnMounts();
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-full-'));
const disk = path.join(folder, 'disk');
const findings: string[] = [];
const took: number[] = [];

function mounted(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'mounting a small disk needs Linux and root';
  mkdirSync(disk);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk], { encoding: 'utf8' });
  return status === 0 ? undefined : `no small disk can be mounted here: ${stderr.trim()}`;
}

/** Takes every last byte, in ever smaller pieces. */
function fill(): void {
  for (let size = 1 << 20, n = 0; size >= 1; ) {
    try {
      writeFileSync(path.join(disk, `ballast-${n++}`), Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 4);
    }
  }
}
const empty = (): void => {
  spawnSync('sh', ['-c', 'rm -f "$0"/ballast-*', disk]);
};

async function round(api: ApiClient, n: number): Promise<void> {
  const open = { order_type: 'takeaway' };
  const known = (await api.must('POST', 'orders', open)).id as string;
  fill();
  // What is already allotted to the log may still take a few.
  let refused = 0;
  for (let tried = 0; tried < 400 && refused < 5; tried += 1) {
    const { status, headers, body, text } = await api.post('orders', open, { key: `full-${n}-${tried}` });
    if (status === 201) continue;
    refused += 1;
    if (status !== 503 || body?.error?.code !== 'STORE_READ_ONLY') findings.push(`round ${n}: ${status} ${text}`);
    if (!(Number(headers['retry-after']) > 0)) findings.push(`round ${n}: a 503 without Retry-After`);
  }
  if (refused === 0) findings.push(`round ${n}: the disk was full and nothing was refused`);
  for (const what of [`orders/${known}`, 'products/mobile', 'orders?status=open', '/health']) {
    const { status } = await api.get(what);
    if (status !== 200) findings.push(`round ${n}: with a full disk GET ${what} answered ${status}`);
  }

  empty();
  const from = performance.now();
  for (;;) {
    const { status } = await api.post('orders', open, { key: `room-${n}` });
    const ms = performance.now() - from;
    if (status === 201) {
      took.push(ms);
      return;
    }
    if (ms > RECOVERY_MS) {
      findings.push(`round ${n}: ten seconds after there was room it still answered ${status}`);
      return;
    }
    await pause(50);
  }
}

/** On a disk without room, or one that takes no writes, the server does not start, and one sentence says why. */
async function refusedStarts(entry: string): Promise<void> {
  const refused = async (what: string, dataDir: string, wanted: RegExp): Promise<void> => {
    const server = startServer(entry, dataDir);
    const alarm = setTimeout(() => server.signal('SIGKILL'), 30_000);
    const { code } = await server.ended;
    clearTimeout(alarm);
    if (code !== 1 || !wanted.test(server.state())) findings.push(`${what}: ${server.state()}`);
  };
  fill();
  await refused(
    'a new store on a full disk',
    path.join(disk, 'new'),
    /The disk that holds .* is full \([A-Z_]+\)\. Make room/,
  );
  empty();
  spawnSync('mount', ['-o', 'remount,ro', disk]);
  await refused(
    'a new store on a read-only disk',
    path.join(disk, 'newer'),
    /cannot be written \([A-Z_]+\)\. Give this user/,
  );
  await refused(
    'a store on a read-only disk',
    path.join(disk, 'store'),
    /cannot be written \([A-Z_]+\)\. Give this user/,
  );
  spawnSync('mount', ['-o', 'remount,rw', disk]);
}

async function prove(): Promise<void> {
  const entry = buildServer(folder);
  const template = path.join(folder, 'template');
  mkdirSync(template);
  const room = await openPrinterRoom(5);
  await prepareEvening(entry, template, { devices: 0, printers: room.addresses });
  const dataDir = path.join(disk, 'store');
  cpSync(template, dataDir, { recursive: true });
  const server = startServer(entry, dataDir);
  const api = new ApiClient(await server.ready());
  try {
    const body = { email: 'manager@demo.test', password: 'demo-manager-1' };
    api.token = (await api.must('POST', 'auth/login', body)).access_token;
    for (let n = 1; n <= rounds && findings.length === 0; n += 1) await round(api, n);
    const found = inside(dataDir, (connection) => [...soundness(connection), ...money(connection)]);
    findings.push(...found);
  } finally {
    api.close();
    server.signal('SIGTERM');
    const { code } = await server.ended;
    if (code !== 0) findings.push(server.state());
    await room.close();
  }
  await refusedStarts(entry);
}

const obstacle = mounted();
if (obstacle !== undefined) {
  console.log(`SKIP ${obstacle}`);
} else {
  try {
    await prove();
  } catch (error) {
    findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    spawnSync('umount', [disk]);
  }
  const slowest = Math.max(0, ...took);
  console.log(`${took.length} times the disk was full; writing again after ${slowest.toFixed(0)} ms at the latest`);
}
rmSync(folder, { recursive: true, force: true });
for (const finding of findings) console.log(`FOUND ${finding.slice(0, 1_500)}`);
if (findings.length > 0) process.exitCode = 1;
