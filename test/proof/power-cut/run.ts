import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareEvening } from '../lab/evening.ts';
import { intoOwnMounts } from '../lab/own-mounts.ts';
import { openPrinterRoom } from '../lab/paper.ts';
import { createRandom } from '../lab/random.ts';
import { buildServer } from '../lab/server.ts';
import { controlCuts, weakened } from './control.ts';
import { realCuts } from './cuts.ts';
import type { Bench } from './restaurant.ts';
import { whyNoCut } from './volume.ts';

/**
 * Cuts the power under the server: its disk forgets at once everything that was not flushed. What was acknowledged before
 * the cut has to be there afterwards. The same harness then attacks a server that does not wait for the disk, and that
 * one has to lose something, or the harness is blind.
 *
 *   node test/proof/power-cut/run.ts [cuts] [control cuts] [seed]
 */
const cuts = Number(process.argv[2] ?? 50);
const control = Number(process.argv[3] ?? 25);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);

intoOwnMounts();
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-cut-'));
const cutter = path.join(folder, 'cut');
const obstacle = await whyNoCut(folder, cutter);
if (obstacle === undefined) process.exitCode = (await prove()) ? 0 : 1;
else console.log(`SKIP ${obstacle}`);
if (process.exitCode !== 1) rmSync(folder, { recursive: true, force: true });

async function prove(): Promise<boolean> {
  const entry = buildServer(folder);
  const template = path.join(folder, 'template');
  mkdirSync(template);
  const room = await openPrinterRoom(5);
  try {
    const evening = await prepareEvening(entry, template, { devices: 5, printers: room.addresses });
    const bench: Bench = { folder, cutter, entry, template, evening, random: createRandom(seed) };
    const from = performance.now();
    const real = await realCuts(bench, cuts);
    console.log(real.report);
    console.log(`${((performance.now() - from) / 1000 / Math.max(1, cuts)).toFixed(2)} s a cut, seed ${seed}`);
    if (!real.holds || control === 0) return real.holds;

    const since = performance.now();
    const blind = await controlCuts({ ...bench, entry: weakened(path.join(folder, 'weakened')) }, control);
    console.log(blind.report);
    console.log(`${((performance.now() - since) / 1000 / control).toFixed(2)} s a control cut`);
    return blind.holds;
  } finally {
    await room.close();
  }
}
