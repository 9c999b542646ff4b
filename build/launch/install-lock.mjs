// Two launches on a fresh clone must not run `npm ci` into the same folder. A directory is the lock, because making one
// is atomic everywhere; a heartbeat says that its owner lives, because process ids mean little across containers.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ beatMs: number, staleMs: number, waitMs: number, pollMs: number }} LockTimes */
/** @type {LockTimes} */
export const lockTimes = { beatMs: 1_000, staleMs: 15_000, waitMs: 10 * 60_000, pollMs: 250 };

/**
 * Takes the lock, waiting at most `times.waitMs` for another launch that is still installing.
 * @param {string} dir
 * @param {LockTimes} [times]
 * @param {() => void} [onWait] called once, when there is somebody to wait for
 */
export async function takeInstallLock(dir, times = lockTimes, onWait = () => {}) {
  mkdirSync(path.dirname(dir), { recursive: true });
  const giveUpAt = Date.now() + times.waitMs;
  for (let waited = false; !tryMake(dir); waited = true) {
    if (isAbandoned(dir, times.staleMs)) removeAbandoned(dir, times.staleMs);
    else {
      if (!waited) onWait();
      if (Date.now() > giveUpAt)
        throw new Error(`Another launch has held ${dir} for too long. Stop it, remove that folder and start again.`);
      await sleep(times.pollMs);
    }
  }
  const beat = setInterval(() => touch(dir), times.beatMs);
  return {
    /** An installer that outlives its killed launcher still writes into node_modules: remember it. @param {number} pid */
    noteInstaller(pid) {
      writeFileSync(path.join(dir, 'installer'), String(pid));
    },
    release() {
      clearInterval(beat);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** @param {string} dir */
function tryMake(dir) {
  try {
    mkdirSync(dir);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} dir @param {number} staleMs */
function isAbandoned(dir, staleMs) {
  try {
    if (Date.now() - statSync(dir).mtimeMs < staleMs) return false;
  } catch {
    return false; // Released between two looks: the next attempt to make it will succeed.
  }
  return !installerAlive(dir);
}

/** @param {string} dir */
function installerAlive(dir) {
  try {
    process.kill(Number(readFileSync(path.join(dir, 'installer'), 'utf8')), 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Only one waiter at a time may clear an abandoned lock, and it looks again once it is alone: otherwise the second of
 * two waiters could remove the fresh lock that the first has just taken.
 * @param {string} dir @param {number} staleMs
 */
function removeAbandoned(dir, staleMs) {
  const broom = `${dir}.clearing`;
  if (!tryMake(broom)) {
    if (isAbandoned(broom, staleMs)) rmSync(broom, { recursive: true, force: true });
    return;
  }
  try {
    if (!isAbandoned(dir, staleMs)) return;
    const aside = `${dir}.abandoned-${process.pid}`;
    renameSync(dir, aside);
    rmSync(aside, { recursive: true, force: true });
  } finally {
    rmSync(broom, { recursive: true, force: true });
  }
}

/** @param {string} dir */
function touch(dir) {
  try {
    const now = new Date();
    utimesSync(dir, now, now);
  } catch {
    // The folder was removed by hand while we install; the installation itself is none the worse.
  }
}
