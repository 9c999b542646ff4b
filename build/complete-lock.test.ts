import { expect, test } from 'vitest';
import { type LockedPackages, missingPlatformPackages } from './complete-lock.ts';

const tool = (version: string, platforms: string[]): LockedPackages[string] => ({
  version,
  dev: true,
  optionalDependencies: Object.fromEntries(platforms.map((name) => [name, version])),
});

test('a platform that the registry did not show is added, pinned by the tool that asks for it', () => {
  const packages: LockedPackages = {
    'node_modules/tool': tool('2.0.0', ['@tool/linux-x64-gnu', '@tool/linux-arm64-musl']),
    'node_modules/@tool/linux-x64-gnu': { version: '2.0.0', optional: true },
  };
  expect(missingPlatformPackages(packages)).toEqual({
    'node_modules/@tool/linux-arm64-musl': {
      version: '2.0.0',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  });
});

test('two versions of a tool each get their own platform packages', () => {
  const packages: LockedPackages = {
    'node_modules/tool': tool('2.0.0', ['tool-darwin-arm64']),
    'node_modules/other/node_modules/tool': tool('1.0.0', ['tool-darwin-arm64']),
    'node_modules/tool-darwin-arm64': { version: '1.0.0', optional: true },
  };
  expect(Object.keys(missingPlatformPackages(packages))).toEqual(['node_modules/tool/node_modules/tool-darwin-arm64']);
});

test('a complete lock file is left as it is', () => {
  const packages: LockedPackages = {
    'node_modules/tool': tool('1.0.0', ['tool-win32-x64']),
    'node_modules/tool-win32-x64': { version: '1.0.0', optional: true },
  };
  expect(missingPlatformPackages(packages)).toEqual({});
});
