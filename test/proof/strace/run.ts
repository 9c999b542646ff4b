import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareEvening } from '../lab/evening.ts';
import { inside, money, soundness } from '../lab/look-inside.ts';
import { openPrinterRoom } from '../lab/paper.ts';
import { buildServer, latestServer } from '../lab/server.ts';
import { type Bench, type Deed, deeds, openBench } from './bench.ts';
import { whyNoTrace } from './tracer.ts';

/**
 * Creating an order and paying it, with the server killed at each write to its disk, and with each write and each flush
 * failing: afterwards all of it is there (order, lines, ledger, journal, jobs, receipt) or nothing of it, and asked
 * again with the same key it is there once.
 *
 *   node test/proof/strace/run.ts [places for each, default all]
 */
const places = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-strace-'));
const findings: string[] = [];

/** Evenly spread places from 1 to `last`, the first and the last among them. */
function spread(last: number): number[] {
  if (last <= places) return Array.from({ length: last }, (_, n) => n + 1);
  const step = (last - 1) / Math.max(1, places - 1);
  return [...new Set(Array.from({ length: places }, (_, n) => 1 + Math.round(n * step)))];
}

async function kills(bench: Bench, deed: Deed): Promise<string> {
  const { whole, writes } = await bench.measure(deed);
  const ended = { whole: 0, nothing: 0, half: 0 };
  let answered = 0;
  // Past what it took just now: after a restart the log begins anew, and right after the commit the printing begins.
  const tried = spread(Math.ceil(writes * 1.4));
  for (const place of tried) {
    const attempt = await bench.ready(deed);
    const tracer = await bench.sabotage(`pwrite64:signal=SIGKILL:when=${place}`);
    const answer = await attempt.send().catch(() => null);
    if (answer !== null) {
      answered += 1;
      await bench.stop();
    }
    await bench.ended();
    await tracer.detach();
    await bench.start();
    const about = `${deed}, killed at write ${place} of ${writes}`;
    if (answer !== null && bench.isGone(attempt)) findings.push(`${about}: answered, and gone`);
    ended[await bench.checked(about, attempt, whole)] += 1;
  }
  return (
    `${deed}: killed at ${tried.length} places among its ${writes} writes and a little beyond: ${ended.nothing} times ` +
    `nothing was there, ${ended.whole} times all (${answered} of them answered), ${ended.half} times half`
  );
}

async function failures(bench: Bench, deed: Deed): Promise<string> {
  const { whole, writes, syncs } = await bench.measure(deed);
  const bad = [
    ...spread(syncs).map((place) => `fsync,fdatasync:error=EIO:when=${place}`),
    ...spread(writes).map((place) => `pwrite64:error=${place % 2 === 0 ? 'ENOSPC' : 'EIO'}:when=${place}`),
  ];
  const ended = { whole: 0, nothing: 0, half: 0 };
  let refused = 0;
  for (const inject of bad) {
    const attempt = await bench.ready(deed);
    const tracer = await bench.sabotage(inject);
    const { status, body, headers, text } = await attempt.send();
    await tracer.detach();
    const about = `${deed}, ${inject}`;
    if (status === 503) {
      refused += 1;
      if (body.error?.code !== 'STORE_READ_ONLY') findings.push(`${about}: ${text}`);
      if (!(Number(headers['retry-after']) > 0)) findings.push(`${about}: 503 without Retry-After`);
    } else if (status !== 201) findings.push(`${about}: ${status} ${text}`);
    else if (bench.isGone(attempt)) findings.push(`${about}: answered, and gone`);
    ended[await bench.checked(about, attempt, whole)] += 1;
  }
  return (
    `${deed}: ${bad.length} failing writes and flushes: ${refused} refused as STORE_READ_ONLY and written when asked ` +
    `again; ${ended.nothing} times nothing was there, ${ended.whole} times all, ${ended.half} times half`
  );
}

async function prove(): Promise<void> {
  const entry = buildServer(folder);
  const dataDir = path.join(folder, 'store');
  mkdirSync(dataDir);
  const room = await openPrinterRoom(5);
  const { dishes } = await prepareEvening(entry, dataDir, { devices: 0, printers: room.addresses });
  const bench = openBench(entry, folder, { dishes, findings });
  try {
    await bench.start();
    for (const deed of deeds) {
      console.log(await kills(bench, deed));
      console.log(await failures(bench, deed));
      findings.push(...inside(dataDir, (connection) => [...soundness(connection), ...money(connection)]));
    }
  } finally {
    await bench.stop();
    await room.close();
  }
}

const obstacle = whyNoTrace();
if (obstacle === undefined) {
  const from = performance.now();
  try {
    await prove();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    findings.push(`${text}; ${latestServer()}`);
  }
  console.log(`${((performance.now() - from) / 1000).toFixed(0)} s`);
} else {
  console.log(`SKIP ${obstacle}`);
}
for (const finding of findings.slice(0, 20)) console.log(`FOUND ${finding.slice(0, 1_500)}`);
if (findings.length === 0) {
  rmSync(folder, { recursive: true, force: true });
} else {
  console.log(`kept for looking at: ${folder}`);
  process.exitCode = 1;
}
