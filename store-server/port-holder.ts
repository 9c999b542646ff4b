import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** The program that listens on a port. */
export interface PortHolder {
  /** As its owner would know it: `node`, `python3`, `httpd.exe`. */
  readonly name: string;
  readonly pid: number;
}

/** How this computer is asked; a test hands over one of its own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly read: (file: string) => string;
  readonly list: (folder: string) => readonly string[];
  readonly linkOf: (file: string) => string;
  /** What a program writes to stdout. Rejects when it is not there, fails or takes too long. */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
}

const thisMachine: Machine = {
  platform: process.platform,
  read: (file) => readFileSync(file, 'utf8'),
  list: (folder) => readdirSync(folder),
  linkOf: (file) => readlinkSync(file),
  run: (program, args) =>
    new Promise((resolve, reject) => {
      execFile(program, args, { timeout: 3_000, windowsHide: true }, (error, out) =>
        error === null ? resolve(out) : reject(error),
      );
    }),
};

/** Who listens on a TCP port; null where the system does not say, as of another user's programs. Never rejects. */
export async function holderOfPort(port: number, machine: Machine = thisMachine): Promise<PortHolder | null> {
  try {
    if (machine.platform === 'linux') return linuxHolder(port, machine);
    if (machine.platform === 'win32') return await windowsHolder(port, machine);
    return await lsofHolder(port, machine);
  } catch {
    return null;
  }
}

/** /proc/net/tcp gives the socket's inode, and a process that has it open links to `socket:[inode]`. */
function linuxHolder(port: number, { read, list, linkOf }: Machine): PortHolder | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of quietly(() => read(table), '').split('\n')) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      // 0A is LISTEN.
      if (local?.endsWith(`:${hex}`) === true && state === '0A' && inode !== undefined) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    const files = quietly(() => list(`/proc/${pid}/fd`), []);
    const holds = files.some((file) => inodes.has(quietly(() => linkOf(`/proc/${pid}/fd/${file}`), '')));
    // A process may call its first thread what it likes, and Node calls it MainThread; its program’s file says more.
    if (holds) return { pid: Number(pid), name: programOf(linkOf(`/proc/${pid}/exe`)) };
  }
  return null;
}

/** The system adds this to a program whose file has been replaced since it started. */
const programOf = (file: string): string => basename(file.replace(/ \(deleted\)$/, ''));

async function lsofHolder(port: number, { run }: Machine): Promise<PortHolder | null> {
  const out = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)$/m.exec(out)?.[1];
  const name = /^c(.+)$/m.exec(out)?.[1];
  return pid === undefined || name === undefined ? null : { pid: Number(pid), name };
}

async function windowsHolder(port: number, { run }: Machine): Promise<PortHolder | null> {
  const rows = await run('netstat', ['-ano', '-p', 'TCP']);
  // The word for LISTENING is translated; a remote address of port 0 is not.
  const pid = new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm').exec(rows)?.[1];
  if (pid === undefined) return null;
  const name = /^"([^"]+)"/.exec(await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']))?.[1];
  return name === undefined ? null : { pid: Number(pid), name };
}

/** A process may end, or not be ours to look into, between two looks. */
function quietly<Found>(look: () => Found, otherwise: Found): Found {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
