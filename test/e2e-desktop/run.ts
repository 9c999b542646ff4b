import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { electronHere } from '../../build/launch/electron.mjs';
import { type Stage, stories } from './stories.ts';

/**
 * The desktop app in a real Electron: the one that ELECTRON_BIN names, or the one that `npm run desktop` fetched. Where
 * there is none every story is skipped and says so; how many may be is pinned in test/proof/list.ts.
 */
const root = path.join(import.meta.dirname, '../..');

function obstacle(electron: string | null): string | null {
  if (electron === null) return 'no Electron program is here (ELECTRON_BIN names one)';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'no screen is here (xvfb-run gives one)';
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const electron = electronHere(root);
const why = obstacle(electron);
let failed = 0;
if (why !== null || electron === null) {
  for (const { name } of stories) console.log(`SKIP ${name}: ${why}`);
} else {
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'build/bundle.ts')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the app could not be bundled: ${stderr}`);
  for (const story of stories) {
    const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-electron-'));
    const stage: Stage = { root, electron, folder, port: await freePort() };
    const from = performance.now();
    const told = await story.play(stage).then(
      () => 'ok  ',
      (error: unknown) => `FAIL ${error instanceof Error ? error.message : String(error)}: `,
    );
    if (told !== 'ok  ') failed += 1;
    console.log(`${told}${((performance.now() - from) / 1000).toFixed(1)} s  ${story.name}`);
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed === 0 ? 0 : 1;
