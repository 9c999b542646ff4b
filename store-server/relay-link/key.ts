import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushFolder, writeSecretFile } from '../db/secret-file.ts';
import { privateKeyOf, publicKeyText } from '../kernel/ed25519.ts';
import type { Ids } from '../kernel/ids.ts';

/** The key pair by which the relay knows this store. It never leaves the data folder. */
export interface StoreKey {
  readonly privateKey: KeyObject;
  /** As it travels. */
  readonly publicKey: string;
}

const SEED_BYTES = 32;

/**
 * The store's key from `keys/relay.key` in its data folder, made when it is first needed.
 * @throws Error when the file is there and is no key: a new one would be another store to the relay
 */
export function loadStoreKey(dataFolder: string, ids: Ids): StoreKey {
  const folder = join(dataFolder, 'keys');
  const file = join(folder, 'relay.key');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeSecretFile(file, `${ids.secret(SEED_BYTES).toString('base64')}\n`);
    flushFolder(folder);
  }
  const seed = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (seed.length !== SEED_BYTES) {
    throw new Error(`${file} does not hold this store's key for the relay. Put back the copy from your backup.`);
  }
  const privateKey = privateKeyOf(seed);
  return { privateKey, publicKey: publicKeyText(privateKey) };
}
