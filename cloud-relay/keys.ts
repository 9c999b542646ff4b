import { createHmac, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateKeyOf, publicKeyText } from '../store-server/kernel/ed25519.ts';
import type { Ids } from '../store-server/kernel/ids.ts';
import { StartRefused } from './refused.ts';

/** The relay's one secret: its key signs tokens and downward commands, and stores pin its public half when they join. */
export interface RelayKeys {
  readonly privateKey: KeyObject;
  /** As it travels: base64url. */
  readonly publicKey: string;
  /** A password for one use, such as the database's application role: the same for every relay that holds this key. */
  derived(use: string): string;
}

const SEED_BYTES = 32;

/** Keys of a 32-byte seed. */
export function relayKeysOf(seed: Buffer): RelayKeys {
  const privateKey = privateKeyOf(seed);
  return {
    privateKey,
    publicKey: publicKeyText(privateKey),
    derived: (use) => createHmac('sha256', seed).update(`fynlo-relay ${use}`).digest('base64url'),
  };
}

/**
 * The relay's keys from `keys/relay.key` in its data folder, made at the first start. Relays that share a database share
 * this file. It never lies in the database: whoever reads that cannot speak for the relay.
 * @throws StartRefused when the file is there and holds no key
 */
export function loadRelayKeys(dataFolder: string, ids: Ids): RelayKeys {
  const folder = join(dataFolder, 'keys');
  const file = join(folder, 'relay.key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const half = join(folder, `${ids.next()}.new`);
  writeFileSync(half, `${ids.secret(SEED_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    // Of two relays that start together, one makes the file and the other finds it.
    linkSync(half, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(half);
  }
  const seed = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (seed.length !== SEED_BYTES)
    throw new StartRefused(`${file} does not hold this relay's key. Put back the copy from your backup.`);
  return relayKeysOf(seed);
}
