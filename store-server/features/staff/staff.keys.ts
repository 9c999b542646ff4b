import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { flushFolder, writeSecretFile } from '../../db/secret-file.ts';
import { privateKeyOf } from '../../kernel/ed25519.ts';
import { sha256 } from '../../kernel/hashing.ts';
import type { Ids } from '../../kernel/ids.ts';

/** One key pair for signing tokens. `kid` only ever names a key of this list. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The store's secrets: they live beside the database, never in it. The first signing key is the one in use. */
export interface Keys {
  readonly signing: readonly [SigningKey, ...SigningKey[]];
  readonly pinPepper: Buffer;
}

const SEED_BYTES = 32;

/** An Ed25519 key from its 32-byte seed. */
export function signingKeyOf(seed: Buffer): SigningKey {
  const privateKey = privateKeyOf(seed);
  const publicKey = createPublicKey(privateKey);
  const kid = sha256(publicKey.export({ format: 'der', type: 'spki' })).toString('hex', 0, 8);
  return { kid, privateKey, publicKey };
}

const Seed = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((seed) => seed.length === SEED_BYTES);
const KeyFile = z.strictObject({ signing: z.tuple([Seed], Seed), pin_pepper: Seed });

/**
 * The store's keys from `keys/secrets.json` in its data folder, made at the first start.
 * @throws Error when the file is there and cannot be read: making new keys would void every PIN
 */
export function loadKeys(dataFolder: string, ids: Ids): Keys {
  const folder = join(dataFolder, 'keys');
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fresh = () => ids.secret(SEED_BYTES).toString('base64');
    writeSecretFile(file, `${JSON.stringify({ signing: [fresh()], pin_pepper: fresh() })}\n`);
    // PINs are hashed with what is in there: it has to be on the disk before the first of them.
    flushFolder(folder);
    flushFolder(dataFolder);
  }
  const read = KeyFile.safeParse(parsed(file));
  if (!read.success) throw new Error(`${file} does not hold this store's keys. Put back the copy from your backup.`);
  const [first, ...others] = read.data.signing;
  return { signing: [signingKeyOf(first), ...others.map(signingKeyOf)], pinPepper: read.data.pin_pepper };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
