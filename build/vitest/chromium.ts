import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';

/**
 * The browser that the windows are tested in. One that is there is taken; else the system's package is installed where
 * that is possible, else Playwright's own. Which one it was, or why there is none, is said on stderr.
 */
const root = path.join(import.meta.dirname, '../..');
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_MS = 5 * 60_000;

const isThere = (file: string | undefined): file is string => file !== undefined && existsSync(file);
const say = (sentence: string): void => void process.stderr.write(`e2e: ${sentence}\n`);

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find(existsSync);
}

function found(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return [named, ...names.map(onPath), chromium.executablePath()].find(isThere);
}

const run = (command: string, args: string[]): boolean =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

function fromTheSystem(): boolean {
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return false;
  say('installing the system’s Chromium.');
  const install = ['install', '-qq', '-y', '--no-install-recommends', 'chromium'];
  return run('apt-get', install) || (run('apt-get', ['update', '-qq']) && run('apt-get', install));
}

function fromPlaywright(): boolean {
  say('installing Playwright’s Chromium.');
  return run(process.execPath, [path.join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
}

/** Runs once before all tests; the workers find the browser in `CHROMIUM_PATH`. */
export default function setup({ vitest }: { vitest: { filenamePattern?: string[] | undefined } }): void {
  const asked = vitest.filenamePattern ?? [];
  if (asked.length > 0 && !asked.some((part) => part.includes('e2e') || 'test/e2e'.startsWith(part))) return;
  const browser = found() ?? (fromTheSystem() || fromPlaywright() ? found() : undefined);
  if (browser === undefined) {
    const why = 'there is no Chromium and none could be installed, so the windows are not tested in a browser.';
    say(why);
    // A proof counts what is skipped.
    if (process.env['FYNLO_TIER'] === 'long') console.log(`SKIP ${why}`);
    return;
  }
  say(`testing the windows in ${browser}.`);
  process.env['CHROMIUM_PATH'] = browser;
}
