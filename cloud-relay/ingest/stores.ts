import type { IncomingMessage } from 'node:http';
import { type AskToken, relayLimits, SIGNATURE_HEADER, type TokenGiven } from '#contract/relay.ts';
import { isSignedBy, keyThumbprint } from '../../store-server/kernel/ed25519.ts';
import { sha256 } from '../../store-server/kernel/hashing.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { requestText, tokenText } from '../../store-server/kernel/relay-texts.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { StoreClaims, Tokens } from '../auth/tokens.ts';
import type { Database } from '../db/database.ts';
import { tenantOf } from '../db/directory.ts';
import { bearerOf } from '../http/edge.ts';

/** How the directory knows a store. */
export const storeDigest = (storeId: string): Buffer => sha256(`store ${storeId}`);

/** A store that has proved itself. */
export interface ProvenStore {
  readonly tenantId: string;
  readonly storeId: string;
}

interface StoreKey {
  readonly publicKey: string;
  readonly revokedAt: number | null;
}

const keyOf = (database: Database, tenantId: string, storeId: string): Promise<StoreKey | undefined> =>
  database.inTenant(tenantId, (sql) =>
    sql.one<StoreKey>(
      'SELECT public_key AS "publicKey", revoked_at AS "revokedAt" FROM store WHERE tenant_id = $1 AND store_id = $2',
      [tenantId, storeId],
    ),
  );

export interface Stores {
  /**
   * A token for ten minutes, bound to the key that asks. A request that is repeated gets another token for the same key,
   * which only the holder of that key can use.
   * @throws Problem PROOF_WRONG, CLOCK_APART, STORE_REVOKED
   */
  giveToken(asked: AskToken, now: number): Promise<TokenGiven>;
  /**
   * Who sent a request: the token says which store, the signature over the bytes that its key was there.
   * @throws Problem AUTHENTICATION_ERROR, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_KEY_MISMATCH, STORE_REVOKED
   */
  prove(claims: StoreClaims, request: IncomingMessage, path: string, body: Uint8Array): Promise<ProvenStore>;
  /** Before a body is read: whoever shows no token of ours is not listened to. */
  readToken(request: IncomingMessage, now: number): Promise<StoreClaims>;
}

export function createStores(database: Database, tokens: Tokens, ids: Ids): Stores {
  return {
    async giveToken(asked, now) {
      const tenantId = await database.outside((sql) => tenantOf(sql, 'store', storeDigest(asked.store_id)));
      const key = tenantId && (await keyOf(database, tenantId, asked.store_id));
      if (!tenantId || !key) throw new Problem('PROOF_WRONG');
      if (!isSignedBy(key.publicKey, tokenText(asked), asked.signature)) throw new Problem('PROOF_WRONG');
      if (key.revokedAt !== null) throw new Problem('STORE_REVOKED');
      if (Math.abs(asked.at - now) > relayLimits.clockApartMs) throw new Problem('CLOCK_APART', { now });
      const jti = ids.next();
      const cnf = { jkt: keyThumbprint(key.publicKey) };
      const access_token = await tokens.forStore({ sub: asked.store_id, tid: tenantId, jti, cnf }, now);
      return { access_token, jti, expires_in: relayLimits.tokenSeconds };
    },

    readToken({ headers }, now) {
      const token = bearerOf(headers.authorization);
      if (token === null) throw new Problem('AUTHENTICATION_ERROR');
      return tokens.readStore(token, now);
    },

    async prove({ sub: storeId, tid: tenantId, jti, cnf }, { headers, method = '' }, path, body) {
      const key = await keyOf(database, tenantId, storeId);
      if (key === undefined) throw new Problem('TOKEN_INVALID');
      if (key.revokedAt !== null) throw new Problem('STORE_REVOKED');
      const signature = headers[SIGNATURE_HEADER];
      const bound = cnf.jkt === keyThumbprint(key.publicKey);
      if (!bound || typeof signature !== 'string') throw new Problem('TOKEN_KEY_MISMATCH');
      if (!isSignedBy(key.publicKey, requestText(method, path, jti, body), signature))
        throw new Problem('TOKEN_KEY_MISMATCH');
      return { tenantId, storeId };
    },
  };
}
