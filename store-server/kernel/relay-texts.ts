import type { AskToken, Join, RelayCommand } from '#contract/relay.ts';
import { canonicalJson, sha256 } from './hashing.ts';

/**
 * The texts that the store and the relay sign. Each starts with what it is for, so that a signature over one can never
 * pass for another, and is a JSON array, so that no value can spill into its neighbour.
 */

export const joinText = (join: Omit<Join, 'proof'>): string =>
  JSON.stringify([
    'fynlo-join-1',
    join.claim_code,
    join.store_id,
    join.restaurant_id,
    join.name,
    join.public_key,
    join.version,
  ]);

export const tokenText = ({ store_id, at, nonce }: Omit<AskToken, 'signature'>): string =>
  JSON.stringify(['fynlo-token-1', store_id, at, nonce]);

/**
 * @param method upper case
 * @param path one of `relayPaths`
 * @param jti of the token that goes with the request
 * @param body the bytes as sent, packed if they are sent packed
 */
export const requestText = (method: string, path: string, jti: string, body: Uint8Array): string =>
  JSON.stringify(['fynlo-request-1', method, path, jti, sha256(body).toString('hex')]);

export const commandText = (storeId: string, command: Omit<RelayCommand, 'signature'>): string =>
  JSON.stringify([
    'fynlo-command-1',
    storeId,
    command.n,
    command.command_id,
    command.command,
    sha256(canonicalJson(command.input)).toString('hex'),
    command.base_version ?? null,
    command.not_after,
    command.issued_by,
  ]);
