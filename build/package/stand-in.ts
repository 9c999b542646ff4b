import { appendFileSync, chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';

/** What @electron/fuses looks for in an Electron executable; a version, a length and one character for each fuse follow. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron is delivered: run-as-node, NODE_OPTIONS, inspector and file privileges on, the rest off. */
const DELIVERED = '10110001';

/**
 * A folder that electron-builder takes for an Electron of this version, made from what is here: its executable is the
 * packaged Node, with a fuse wire at its end. The app cannot be shown with it, but all that is packed can be looked at,
 * the fuses can be flipped and read, and the store server can be started from the packed files.
 */
export async function buildStandIn(root: string, folder: string, electronVersion: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const executable = path.join(folder, 'electron');
  copyFileSync(path.join(root, 'node_modules/node/bin/node'), executable);
  appendFileSync(
    executable,
    Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, DELIVERED.length]), Buffer.from(DELIVERED)]),
  );
  chmodSync(executable, 0o755);
  writeFileSync(path.join(folder, 'version'), electronVersion);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    writeFileSync(path.join(folder, name), '');
  }
  const empty = path.join(folder, 'default-app');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'package.json'), '{}');
  await createPackage(empty, path.join(folder, 'resources/default_app.asar'));
  rmSync(empty, { recursive: true });
}
