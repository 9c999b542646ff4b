import electronUpdater from 'electron-updater';
import { openDesktop } from './desktop.ts';
import { electronShell } from './electron-shell.ts';
import { isHealthy } from './health-probe.ts';
import { updateSource } from './update-source.ts';

/** The process: hands the real world over, and stays on its feet. */
const opening = openDesktop({
  shell: electronShell(),
  env: process.env,
  now: Date.now,
  chance: Math.random,
  probe: isHealthy,
  updates: () => updateSource(electronUpdater.autoUpdater),
});
// The restaurant's server lives in another process and depends on this one: a slip in a menu must not take it down.
const noted = (error: unknown): void => void opening.then((desktop) => desktop?.broke(error));
process.on('uncaughtException', noted);
process.on('unhandledRejection', noted);
