import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * `npm run build`: one file for the store server in out/store-server/ (or in the folder named), with another for its thread
 * of long reads, its migrations and its page beside it. Native packages stay in node_modules, because their binaries are files of their own; so does the API
 * document's page script.
 */
const root = path.join(import.meta.dirname, '..');
const out = path.resolve(root, process.argv[2] ?? 'out/store-server');

const natives = ['better-sqlite3', 'sharp', '@node-rs/argon2'];

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

rmSync(out, { recursive: true, force: true });
const { warnings } = await build({
  absWorkingDir: root,
  entryPoints: ['store-server/entry.ts', 'store-server/long-reads.worker.ts'],
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
  // CommonJS packages inside an ESM bundle still call require().
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
// What the code reads from beside itself has to stand beside the bundle.
cpSync(path.join(root, 'store-server/db/migrations'), path.join(out, 'migrations'), { recursive: true });
for (const name of ['page.html', 'page.css', 'page.js']) {
  cpSync(path.join(root, 'store-server/status-page', name), path.join(out, name));
}
console.log(
  `${path.relative(root, out)}/entry.mjs is built${warnings.length > 0 ? `, with ${warnings.length} warnings` : ''}`,
);
