import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Ids } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Keys } from './staff.keys.ts';

export const ACCESS_LIFE_MS = 15 * 60_000;
/** For older clients, which cannot refresh: a shift. */
export const LEGACY_LIFE_MS = 12 * 3_600_000;
/** After this, refreshing ends and the person signs in again. */
export const SESSION_LIFE_MS = 16 * 3_600_000;

const ALGORITHM = 'EdDSA';
const TYPE = 'at+jwt';
const LONGEST_TOKEN = 2_000;
const REMEMBERED = 2_000;

const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  sid: z.string(),
  did: z.string().nullable(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string(),
});

/** What a token says once its signature and times have been checked. Everything else is read from the database. */
export interface TokenClaims {
  readonly staffId: string;
  readonly sessionId: string;
  readonly deviceId: string | null;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface Tokens {
  /** A signed access token. `issuedAt` is epoch ms; the life is in ms. */
  issue(about: Omit<TokenClaims, 'expiresAt'>, storeId: string, issuedAt: number, lifeMs: number): Promise<string>;
  /** @throws Problem TOKEN_EXPIRED or TOKEN_INVALID */
  verify(token: string, storeId: string, now: number): Promise<TokenClaims>;
  /** Drops every remembered token, after a revocation. */
  forget(): void;
}

/**
 * Access tokens: Ed25519 only, whatever the token's header asks for, with keys of our own list only. A verified token is
 * remembered, since checking the signature costs more than everything else about a small request.
 */
export function createTokens(keys: Keys, ids: Ids): Tokens {
  const byKid = new Map(keys.signing.map((key) => [key.kid, key.publicKey]));
  const [current] = keys.signing;
  const verified = new Map<string, TokenClaims>();

  async function check(token: string, storeId: string, now: number): Promise<TokenClaims> {
    if (token.length > LONGEST_TOKEN) throw new Problem('TOKEN_INVALID');
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = kid === undefined ? undefined : byKid.get(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: storeId,
        audience: storeId,
        requiredClaims: ['sub', 'sid', 'did', 'iat', 'exp', 'jti'],
        currentDate: new Date(now),
      },
    );
    const claims = Claims.parse(payload);
    if ((claims.exp - claims.iat) * 1000 > LEGACY_LIFE_MS) throw new Problem('TOKEN_INVALID');
    return { staffId: claims.sub, sessionId: claims.sid, deviceId: claims.did, expiresAt: claims.exp * 1000 };
  }

  function remember(token: string, claims: TokenClaims): void {
    const oldest = verified.size >= REMEMBERED ? verified.keys().next().value : undefined;
    if (oldest !== undefined) verified.delete(oldest);
    verified.set(token, claims);
  }

  return {
    issue: ({ staffId, sessionId, deviceId }, storeId, issuedAt, lifeMs) =>
      new SignJWT({ sid: sessionId, did: deviceId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: current.kid })
        .setIssuer(storeId)
        .setAudience(storeId)
        .setSubject(staffId)
        .setIssuedAt(Math.floor(issuedAt / 1000))
        .setExpirationTime(Math.floor((issuedAt + lifeMs) / 1000))
        .setJti(ids.next())
        .sign(current.privateKey),
    async verify(token, storeId, now) {
      const known = verified.get(token);
      if (known !== undefined) {
        verified.delete(token);
        if (known.expiresAt <= now) throw new Problem('TOKEN_EXPIRED');
        verified.set(token, known);
        return known;
      }
      try {
        const claims = await check(token, storeId, now);
        remember(token, claims);
        return claims;
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new Problem('TOKEN_EXPIRED');
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new Problem('TOKEN_INVALID');
        throw error;
      }
    },
    forget: () => verified.clear(),
  };
}
