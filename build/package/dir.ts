import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { buildStandIn } from './stand-in.ts';

/**
 * Packs the desktop app as a folder for Linux, with nothing downloaded: in place of Electron stands Node with a fuse wire.
 * Bundle first (`build/bundle.ts`).
 * @param output where electron-builder puts it
 * @param updatesUrl where the packed app looks for updates
 * @returns the folder with the executable `fynlo`
 * @throws with electron-builder's own words when it fails
 */
export async function packageDir(root: string, output: string, updatesUrl: string): Promise<string> {
  await renderIcon(root);
  const standIn = path.join(output, 'stand-in');
  mkdirSync(output, { recursive: true });
  await buildStandIn(root, standIn, electronVersion(root));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', '--publish', 'never', '--config', 'electron-builder.yml'],
      `-c.electronDist=${standIn}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, FYNLO_UPDATES_URL: updatesUrl }, timeout: 240_000 },
  );
  rmSync(standIn, { recursive: true, force: true });
  if (status !== 0) throw new Error(`electron-builder ended with ${status}:\n${stdout}${stderr}`);
  return path.join(output, 'linux-unpacked');
}

/** The icon of every system is made from one picture. */
async function renderIcon(root: string): Promise<void> {
  const icons = path.join(root, 'out/icons');
  mkdirSync(icons, { recursive: true });
  const picture = readFileSync(path.join(root, 'build/package/icon.svg'));
  await sharp(picture).resize(1024).png().toFile(path.join(icons, 'icon.png'));
}

function electronVersion(root: string): string {
  const file = path.join(root, 'node_modules/electron/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
