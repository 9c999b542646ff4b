import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** The only packages that run unbundled: binaries with what they load, and the updater. */
const unbundled = [
  ...['@img', '@node-rs', 'better-sqlite3', 'detect-libc', 'semver', 'sharp'],
  ...[
    'argparse',
    'builder-util-runtime',
    'debug',
    'electron-updater',
    'fs-extra',
    'graceful-fs',
    'js-yaml',
    'jsonfile',
  ],
  ...['lazy-val', 'lodash.escaperegexp', 'lodash.isequal', 'ms', 'sax', 'tiny-typed-emitter', 'universalify'],
];
const needed = [
  ...['/package.json', '/out/main/main.mjs', '/out/main/preload.cjs', '/out/main/pages/attention.html'],
  ...['/out/main/pages/starting.html', '/out/main/pages/page.css', '/out/main/pages/page.js'],
  ...['/out/store-server/entry.mjs', '/out/store-server/migrations/meta/_journal.json', '/out/store-server/page.html'],
  ...['/out/store-server/api-reader.js', '/out/store-server/manager/index.html'],
];
/** Sources, maps, tests, other systems' binaries, and what would tell where it was made. */
const unwanted = [
  /\.ts$/,
  /\.map$/,
  /\.(c|cc|cpp|h|gyp)$/,
  /\/test\//,
  /(darwin|win32|arm64|musl)[^/]*\.node$/,
  /\.md$/i,
];

/** @returns what is wrong with the archive, in sentences */
export function wrongContent(resources: string): string[] {
  const files = listPackage(path.join(resources, 'app.asar'), { isPack: false }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const found: string[] = [];
  for (const file of needed) if (!files.includes(file)) found.push(`${file} is missing from app.asar`);
  const ours = files.filter((file) => !file.startsWith('/node_modules'));
  for (const file of files.filter((one) =>
    unwanted.slice(0, ours.includes(one) ? undefined : 5).some((it) => it.test(one)),
  ))
    found.push(`${file} has no business in app.asar`);
  const packages = new Set(files.flatMap((file) => /^\/node_modules\/([^/]+)/.exec(file)?.[1] ?? []));
  for (const name of packages)
    if (!unbundled.includes(name)) found.push(`node_modules/${name} should have been bundled`);
  const unpacked = path.join(resources, 'app.asar.unpacked');
  const natives = files.filter((file) => file.endsWith('.node') || /\.so(\.|$)/.test(file));
  if (natives.length < 3) found.push(`only ${natives.length} natives are packed: ${natives.join(', ')}`);
  for (const file of [...natives, '/out/store-server/entry.mjs'])
    if (!existsSync(path.join(unpacked, file))) found.push(`${file} is not unpacked`);
  return found;
}

const wanted: Readonly<Record<FuseV1Options, boolean>> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/** Reads the wire in the executable itself. */
export async function wrongFuses(executable: string): Promise<string[]> {
  const wire = (await getCurrentFuseWire(executable)) as Partial<Record<FuseV1Options, number>>;
  return Object.entries(wanted).flatMap(([fuse, on]) => {
    const state = String.fromCharCode(wire[Number(fuse) as FuseV1Options] ?? 0);
    return state === (on ? '1' : '0') ? [] : [`the fuse ${FuseV1Options[Number(fuse)]} reads "${state}"`];
  });
}

export function wrongUpdateFile(resources: string, updatesUrl: string): string[] {
  const file = path.join(resources, 'app-update.yml');
  if (!existsSync(file)) return ['app-update.yml is missing: no update would ever be found'];
  const text = readFileSync(file, 'utf8');
  return text.includes('provider: generic') && text.includes(`url: ${updatesUrl}`)
    ? []
    : [`app-update.yml reads ${text}`];
}

/** Takes the archive apart, as Electron would read it. */
export function unpackApp(resources: string, folder: string): void {
  extractAll(path.join(resources, 'app.asar'), folder);
}
