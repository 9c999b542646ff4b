import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { downloadElectron, electronHere, withoutElectron } from './electron.mjs';
import { repositoryRoot } from './setup.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-electron-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A checkout whose Electron package has, or has not, fetched its program. */
function checkout(name: string, install: string): string {
  const root = path.join(folder, name);
  const electron = path.join(root, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(path.join(electron, 'package.json'), '{"version":"45.4.1"}');
  writeFileSync(path.join(electron, 'install.js'), install);
  const bin = path.join(root, 'node_modules/node/bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  chmodSync(path.join(bin, 'node'), 0o755);
  return root;
}

test.runIf(process.platform !== 'win32')('the program is fetched once, and then found', () => {
  const root = checkout(
    'fetched',
    "const fs=require('fs');fs.mkdirSync(__dirname+'/dist');fs.writeFileSync(__dirname+'/dist/electron','');fs.writeFileSync(__dirname+'/path.txt','electron')",
  );
  expect(electronHere(root, {})).toBeNull();
  expect(downloadElectron(root)).toBeNull();
  expect(electronHere(root, {})).toBe(path.join(root, 'node_modules/electron/dist/electron'));
  rmSync(path.join(root, 'node_modules/electron/dist'), { recursive: true });
  expect(electronHere(root, {}), 'a note about a program that is gone').toBeNull();
});

test.runIf(process.platform !== 'win32')(
  'where it cannot be fetched, one sentence says what is missing and what to do',
  () => {
    const root = checkout(
      'offline',
      "console.error('TypeError: fetch failed [cause]: getaddrinfo ENOTFOUND elsewhere.example');process.exit(1)",
    );
    const why = downloadElectron(root);
    expect(why).toBe('getaddrinfo ENOTFOUND elsewhere.example');
    const sentence = withoutElectron(root, why ?? '');
    expect(sentence.split('\n')).toHaveLength(1);
    expect(sentence).toMatch(/needs Electron 45\.4\.1.*could not be downloaded.*ELECTRON_BIN.*`npm start`\.$/);
    expect(downloadElectron(checkout('odd', 'process.exit(7)'))).toBe('its download ended with 7');
    expect(downloadElectron(checkout('slow', 'setTimeout(()=>{}, 20000)'), 200)).toContain('ETIMEDOUT');
  },
);

test('a package that is not there at all is named', () => {
  expect(downloadElectron(path.join(folder, 'empty'))).toBe('the package electron is not installed');
});

test('npm run desktop with a program that is not there ends with one sentence', () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [path.join(repositoryRoot, 'build/launch/desktop.mjs'), '--demo'],
    {
      env: { ...process.env, ELECTRON_BIN: path.join(folder, 'nowhere') },
      encoding: 'utf8',
    },
  );
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(`fynlo: ELECTRON_BIN names ${path.join(folder, 'nowhere')}, and there is no such file.\n`);
});
