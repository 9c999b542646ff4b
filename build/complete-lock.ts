import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Tools such as the formatter ship one package per platform. npm leaves those out of the lock file whose metadata the
 * registry does not have at that moment, and then `npm ci` refuses the whole file, on every platform. This adds what is
 * missing: the version is pinned by the package that asks for it, and its name says the platform.
 *
 * Run it after adding a package: `node build/complete-lock.ts`.
 */
export interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export type LockedPackages = Record<string, LockedPackage>;

/** The platform packages that are asked for and not there, by the place in the lock file where they belong. */
export function missingPlatformPackages(packages: LockedPackages): LockedPackages {
  const missing: LockedPackages = {};
  for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!/^\d/.test(version) || foundBy(packages, owner, name)?.version === version) continue;
      const beside = `${owner.slice(0, owner.lastIndexOf('node_modules/'))}node_modules/${name}`;
      const where = beside in packages || beside in missing ? `${owner}/node_modules/${name}` : beside;
      missing[where] = inNpmsOrder({ version, ...platformIn(name), ...(dev ? { dev } : {}), optional: true });
    }
  }
  return missing;
}

/** npm sorts what follows the version, so that its next rewrite of the file changes nothing. */
function inNpmsOrder({ version, ...rest }: LockedPackage): LockedPackage {
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en')));
  return { ...(version === undefined ? {} : { version }), ...sorted };
}

/** What `owner` gets for `name`: Node looks beside the package that asks, then in each folder above it. */
function foundBy(packages: LockedPackages, owner: string, name: string): LockedPackage | undefined {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found || folder === '') return found;
  }
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** `@oxc-parser/binding-linux-arm-musleabihf` runs on Linux, ARM, with musl. */
function platformIn(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined;
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name} does not say for which platform it is.`);
  return { cpu, ...(libc && os[0] === 'linux' ? { libc } : {}), os };
}

export function readLock(root: string): { packages: LockedPackages } {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
}

if (import.meta.main) {
  const root = path.join(import.meta.dirname, '..');
  const lock = readLock(root);
  const missing = missingPlatformPackages(lock.packages);
  const all = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(all);
  writeFileSync(path.join(root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${Object.keys(missing).length} platform packages added to package-lock.json`);
}
