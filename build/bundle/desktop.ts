import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { requireInEsm } from './server.ts';

/**
 * The desktop app: `main.mjs`, the preload, and the pages that are shown while no server answers.
 * @param root the repository, or a copy of it
 */
export async function bundleDesktop(root: string, out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    sourcemap: 'linked',
    external: ['electron', 'electron-updater'],
    logLevel: 'warning',
  } as const satisfies BuildOptions;
  await Promise.all([
    build({
      ...common,
      entryPoints: ['main/entry.ts'],
      outfile: path.join(out, 'main.mjs'),
      format: 'esm',
      banner: { js: requireInEsm },
    }),
    // A sandboxed preload cannot be an ES module.
    build({ ...common, entryPoints: ['main/preload.ts'], outfile: path.join(out, 'preload.cjs'), format: 'cjs' }),
  ]);
  cpSync(path.join(root, 'main/pages'), path.join(out, 'pages'), { recursive: true });
}
