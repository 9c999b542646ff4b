import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Packages with binaries of their own, which stay in node_modules. */
const natives = ['better-sqlite3', 'sharp', '@node-rs/argon2'];

/** CommonJS packages inside an ESM bundle still call require(). */
export const requireInEsm =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * Node's own modules, asked for when they are used. An `import` of one reads all that it exports, and node:http then
 * loads the whole of fetch, which a server has no use for: a tenth of the time it takes to start.
 */
const nodeModules: Plugin = {
  name: 'node modules',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: name, namespace: 'node' }));
    bundle.onLoad({ filter: /./, namespace: 'node' }, ({ path: name }) => ({
      contents: `module.exports = process.getBuiltinModule('${name}')`,
    }));
  },
};

/**
 * The store server in `entry.mjs`, its threads for snapshots and for long reads beside it, and what it reads from beside
 * itself: its migrations, its pages, and the manager's window where that has been built.
 * @param root the repository, or a copy of it
 */
export async function bundleServer(root: string, out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      entry: 'store-server/entry.ts',
      'backups.worker': 'store-server/backups/backups.worker.ts',
      'long-reads.worker': 'store-server/long-reads.worker.ts',
    },
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: 'linked',
    // Names stay, for logs; without blanks and comments there is half as much to read and to keep in memory.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [nodeModules],
    external: natives,
    banner: { js: requireInEsm },
    logLevel: 'warning',
  });
  cpSync(path.join(root, 'store-server/db/migrations'), path.join(out, 'migrations'), { recursive: true });
  for (const name of ['page.html', 'page.css', 'page.js']) {
    cpSync(path.join(root, 'store-server/status-page', name), path.join(out, name));
  }
  const window = path.join(root, 'out/renderer/manager');
  if (existsSync(window)) cpSync(window, path.join(out, 'manager'), { recursive: true });
}

/** The script of the API document's page, for a bundle that leaves its node_modules behind. */
export function copyApiReader(out: string): void {
  const style = createRequire(import.meta.url).resolve('@scalar/api-reference/style.css');
  cpSync(path.join(path.dirname(style), 'browser/standalone.js'), path.join(out, 'api-reader.js'));
}
