import { createPublicKey } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { relayLimits } from '#contract/relay.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { RelayKeys } from '../keys.ts';

export const ACCESS_LIFE_S = 15 * 60;
const ALGORITHM = 'EdDSA';
const LONGEST_TOKEN = 2_000;

const PersonClaims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  sid: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  jti: z.uuid(),
});
const StoreClaims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  cnf: z.object({ jkt: z.string() }),
});
export type PersonClaims = z.output<typeof PersonClaims>;
export type StoreClaims = z.output<typeof StoreClaims>;

/**
 * Tokens of people and of stores. Ed25519 only, whatever a token's header asks for, with this relay's own key only; the
 * type and the audience keep the two kinds apart. Times are epoch ms.
 */
export interface Tokens {
  forPerson(claims: Omit<PersonClaims, 'iat' | 'exp'>, now: number): Promise<string>;
  forStore(claims: Omit<StoreClaims, 'iat' | 'exp'>, now: number): Promise<string>;
  /** @throws Problem TOKEN_EXPIRED or TOKEN_INVALID */
  readPerson(token: string, now: number): Promise<PersonClaims>;
  /** @throws Problem TOKEN_EXPIRED or TOKEN_INVALID */
  readStore(token: string, now: number): Promise<StoreClaims>;
}

const kinds = {
  person: { typ: 'at+jwt', audience: 'platform', lifeS: ACCESS_LIFE_S },
  store: { typ: 'store+jwt', audience: 'store', lifeS: relayLimits.tokenSeconds },
} as const;

export function createTokens(keys: RelayKeys, relayId: string): Tokens {
  const publicKey = createPublicKey(keys.privateKey);

  const sign = (kind: keyof typeof kinds, claims: JWTPayload, now: number): Promise<string> => {
    const { typ, audience, lifeS } = kinds[kind];
    const at = Math.floor(now / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ })
      .setIssuer(relayId)
      .setAudience(audience)
      .setIssuedAt(at)
      .setExpirationTime(at + lifeS)
      .sign(keys.privateKey);
  };

  async function read<Claims extends { iat: number; exp: number }>(
    kind: keyof typeof kinds,
    schema: z.ZodType<Claims>,
    token: string,
    now: number,
  ): Promise<Claims> {
    const { typ, audience, lifeS } = kinds[kind];
    if (token.length > LONGEST_TOKEN) throw new Problem('TOKEN_INVALID');
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: [ALGORITHM],
        typ,
        issuer: relayId,
        audience,
        currentDate: new Date(now),
      });
      const claims = schema.parse(payload);
      if (claims.exp - claims.iat > lifeS) throw new Problem('TOKEN_INVALID');
      return claims;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Problem('TOKEN_EXPIRED');
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new Problem('TOKEN_INVALID');
      throw error;
    }
  }

  return {
    forPerson: (claims, now) => sign('person', claims, now),
    forStore: (claims, now) => sign('store', claims, now),
    readPerson: (token, now) => read('person', PersonClaims, token, now),
    readStore: (token, now) => read('store', StoreClaims, token, now),
  };
}
