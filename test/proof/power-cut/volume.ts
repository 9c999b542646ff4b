import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What went wrong with the bench and not with what lies on it. */
export class BenchFault extends Error {
  override readonly name = 'BenchFault';
}

/** A disk of its own in a file, whose power can be cut. */
export interface Volume {
  readonly mountPoint: string;
  /** Gets somebody ready to cut, who then only waits for the word. */
  armed(): { cut(): void; done: Promise<void>; disarm(): void };
  /** Waits until everything written so far is on the disk. */
  sync(): void;
  unmount(): Promise<void>;
  mount(): void;
  /** A copy of the disk as it is now; it has to be unmounted. */
  copyTo(file: string): void;
  /** Unmounts whatever is mounted; for the end. */
  remove(): Promise<void>;
}

function run(file: string, ...words: string[]): void {
  try {
    execFileSync(file, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new BenchFault(`${file} ${words.join(' ')}: ${stderr?.toString().trim() || String(error)}`);
  }
}

/** The device mounted at a folder, or undefined where nothing is mounted. */
function deviceAt(folder: string): { name: string; major: number } | undefined {
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [, , device = '', , point, ...rest] = line.split(' ');
    if (point === folder) return { name: rest[rest.indexOf('-') + 2] ?? '', major: Number(device.split(':')[0]) };
  }
  return undefined;
}

/** Nothing is ever cut but a loop device that is really mounted there now. */
function insistOurDisk(folder: string): void {
  const device = deviceAt(folder);
  if (spawnSync('mountpoint', ['-q', folder]).status !== 0 || device === undefined) {
    throw new BenchFault(`${folder} is no mount point, so nothing is cut`);
  }
  if (!device.name.startsWith('/dev/loop') || device.major !== 7) {
    throw new BenchFault(`${folder} lies on ${device.name}, which is no loop device, so nothing is cut`);
  }
}

/** Why power cannot be cut on this machine, or undefined when it can. Tries it on a small disk. */
export async function whyNoCut(folder: string, cutter: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'cutting the power of a file system needs Linux';
  if (process.getuid?.() !== 0) return 'mounting a disk of its own needs root';
  for (const tool of ['gcc', 'mkfs.ext4', 'mount', 'umount', 'mountpoint']) {
    if (spawnSync('which', [tool]).status !== 0) return `${tool} is not installed`;
  }
  try {
    run('gcc', '-O1', '-o', cutter, path.join(import.meta.dirname, 'cut.c'));
    const volume = createVolume(path.join(folder, 'probe'), cutter, 16);
    try {
      const { cut, done } = volume.armed();
      cut();
      await done;
    } finally {
      await volume.remove();
    }
  } catch (error) {
    return `no loop device can be mounted and cut here: ${error instanceof Error ? error.message : String(error)}`;
  }
  return undefined;
}

/** @param at path of the new disk: `<at>.img`, mounted at `<at>` */
export function createVolume(at: string, cutter: string, megabytes = 160): Volume {
  const image = `${at}.img`;
  const fd = openSync(image, 'w');
  ftruncateSync(fd, megabytes * 1024 * 1024);
  closeSync(fd);
  mkdirSync(at);
  run('mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image);
  const mount = (): void => run('mount', '-o', 'loop', image, at);
  const helpers = new Set<ChildProcess>();
  mount();

  const volume: Volume = {
    mountPoint: at,
    mount,
    sync: () => run('sync', '-f', at),
    armed() {
      const helper = spawn(cutter, [at], { stdio: ['pipe', 'ignore', 'ignore'] });
      helpers.add(helper);
      helper.stdin.on('error', () => undefined);
      const done = new Promise<void>((resolve, reject) => {
        helper.once('error', (error) => reject(new BenchFault(`the cutter did not start: ${error.message}`)));
        helper.once('close', (code) => {
          helpers.delete(helper);
          if (code === 0) resolve();
          else reject(new BenchFault(`the cutter ended with ${code}`));
        });
      });
      done.catch(() => undefined);
      return {
        cut() {
          insistOurDisk(at);
          helper.stdin.end('now\n');
        },
        done,
        disarm: () => helper.kill('SIGKILL'),
      };
    },
    async unmount() {
      // Whoever was killed a moment ago may still be letting go of its files.
      for (let tried = 1; ; tried += 1) {
        const { status, stderr } = spawnSync('umount', [at], { encoding: 'utf8' });
        if (status === 0) break;
        if (tried >= 50) throw new BenchFault(`umount: ${stderr.trim()}`);
        await pause(100);
      }
      if (deviceAt(at) !== undefined) throw new BenchFault(`${at} is still mounted after umount`);
    },
    copyTo: (file) => run('cp', '--sparse=always', image, file),
    async remove() {
      for (const helper of helpers) helper.kill('SIGKILL');
      if (deviceAt(at) !== undefined) await volume.unmount();
    },
  };
  return volume;
}
