import path from 'node:path';
import { bundleDesktop } from './bundle/desktop.ts';
import { bundleServer, copyApiReader } from './bundle/server.ts';
import { ensureWindow } from './launch/window.mjs';

/**
 * `npm run build`: the store server in out/store-server/ and the desktop app in out/main/, each as one file with what it
 * reads from beside itself. Native packages stay in node_modules, because their binaries are files of their own.
 * With a folder named, the server alone, into that folder.
 */
const root = path.join(import.meta.dirname, '..');
const folder = process.argv[2];
if (folder !== undefined) {
  await bundleServer(root, path.resolve(folder));
} else {
  const server = path.join(root, 'out/store-server');
  await ensureWindow(root, 'manager');
  await Promise.all([bundleServer(root, server), bundleDesktop(root, path.join(root, 'out/main'))]);
  copyApiReader(server);
  console.log('out/store-server/entry.mjs and out/main/main.mjs are built');
}
