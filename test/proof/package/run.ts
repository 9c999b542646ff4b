import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageDir } from '../../../build/package/dir.ts';
import { serveOneGuest, wrongMain } from './boot.ts';
import { unpackApp, wrongContent, wrongFuses, wrongUpdateFile } from './content.ts';

/**
 * Packs the desktop app with a stand-in for Electron, carries it out of the repository (beside the project's own
 * node_modules anything would seem to work), opens it, and serves a guest from the packed files.
 *
 *   node test/proof/package/run.ts [FOLDER]     the packed folder is left in FOLDER, such as dist
 */
const root = path.join(import.meta.dirname, '../../..');
const UPDATES = 'https://updates.invalid/fynlo';
const kept = process.argv[2];
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-package-'));
const findings: string[] = [];
const from = performance.now();
const mark = (what: string): void =>
  console.log(`${((performance.now() - from) / 1000).toFixed(1).padStart(6)} s  ${what}`);

async function prove(): Promise<void> {
  execFileSync(process.execPath, [path.join(root, 'build/bundle.ts')], { stdio: 'pipe' });
  mark('bundled');
  const output = kept === undefined ? path.join(folder, 'dist') : path.resolve(kept);
  const made = await packageDir(root, output, UPDATES);
  mark('packed');
  const app = path.join(folder, 'elsewhere');
  cpSync(made, app, { recursive: true });
  const executable = path.join(app, 'fynlo');
  const resources = path.join(app, 'resources');
  findings.push(...wrongContent(resources), ...wrongUpdateFile(resources, UPDATES), ...(await wrongFuses(executable)));
  mark('opened: the archive, the unpacked files, the fuses, the update file');
  const apart = path.join(folder, 'apart');
  unpackApp(resources, apart);
  findings.push(...wrongMain(executable, apart));
  mark('the main process loads');
  const entry = path.join(resources, 'app.asar.unpacked/out/store-server/entry.mjs');
  findings.push(...(await serveOneGuest(executable, entry, path.join(folder, 'data'))));
  mark('the packed server took an order, printed it, and stopped');
  if (kept !== undefined) console.log(`the packed folder is in ${made}`);
}

if (process.platform !== 'linux') console.log('SKIP the stand-in for Electron is made for Linux only');
else {
  try {
    await prove();
  } catch (error) {
    findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const finding of findings) console.log(`FOUND ${finding.slice(0, 2_000)}`);
if (findings.length > 0) process.exitCode = 1;
