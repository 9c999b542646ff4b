import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Ed25519 (RFC 8032) with keys and signatures as base64url text, as they travel between a store and the relay. */

/** DER before the seed of an Ed25519 private key (RFC 8410, PKCS #8). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The private key of a 32-byte seed. */
export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });

/** The public key's 32 bytes in base64url. */
export function publicKeyText(key: KeyObject): string {
  const { x } = (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('not an Ed25519 key');
  return x;
}

const publicKeyFrom = (text: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });

/** The JWK thumbprint (RFC 7638) of a public key given as text: what `cnf.jkt` of a bound token holds. */
export const keyThumbprint = (publicKey: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x: publicKey }))
    .digest('base64url');

export const signText = (privateKey: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), privateKey).toString('base64url');

/** Whether `signature` over `text` was made with the private half of `publicKey`; false for whatever is no key at all. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKeyFrom(publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
