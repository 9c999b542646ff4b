import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { sourceMark, windowFolder } from './launch/window.mjs';

/**
 * `node build/renderer.ts manager [FOLDER]`: builds one window of renderer/ into out/renderer/<window>, or into the folder
 * named. It is made beside and then put in place: whoever looks meanwhile finds the old one.
 */
const root = path.join(import.meta.dirname, '..');

function settingsOf(surface: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: path.join(root, 'renderer', surface),
    // The relay has nothing else to show, so the console stands at its front door.
    base: surface === 'console' ? '/' : `/${surface}/`,
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // The server allows no script or style but from its own files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // A window on the restaurant's own network; a warning helps nobody below a megabyte.
      chunkSizeWarningLimit: 1_000,
    },
  };
}

/** @param folder where it goes; absolute */
async function buildWindow(surface: string, folder = windowFolder(root, surface)): Promise<void> {
  // Whoever starts the build, tests among them, gets what a restaurant gets: not React with its development checks.
  process.env['NODE_ENV'] = 'production';
  const mark = sourceMark(root, surface);
  const making = `${folder}.${process.pid}`;
  try {
    await build(settingsOf(surface, making));
    writeFileSync(path.join(making, '.mark'), mark);
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

const [surface = 'manager', folder] = process.argv.slice(2);
await buildWindow(surface, folder === undefined ? undefined : path.resolve(folder));
