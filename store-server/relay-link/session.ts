import { z } from 'zod';
import { type ProblemCode, problems } from '#contract/problems.ts';
import {
  ClockDetails,
  type Join,
  Joined,
  relayLimits,
  relayPaths,
  SIGNATURE_HEADER,
  TokenGiven,
} from '#contract/relay.ts';
import { signText } from '../kernel/ed25519.ts';
import { joinText, requestText, tokenText } from '../kernel/relay-texts.ts';
import type { StoreKey } from './key.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** The relay said no, in words of the catalogue. */
export class RelayRefusal extends Error {
  override readonly name = 'RelayRefusal';
  readonly code: ProblemCode;
  readonly details: unknown;
  readonly retryAfterMs: number | null;
  constructor(code: ProblemCode, details: unknown, retryAfterMs: number | null) {
    super(problems[code].message);
    this.code = code;
    this.details = details;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What answered is no relay, or something on the way spoiled its answer. */
export class RelayMumbles extends Error {
  override readonly name = 'RelayMumbles';
  readonly retryAfterMs: number | null;
  constructor(status: number, retryAfterMs: number | null = null) {
    super(
      status >= 500 ? `The relay is in trouble (${status}).` : `The relay answered something unreadable (${status}).`,
    );
    this.retryAfterMs = retryAfterMs;
  }
}

const Refused = z.object({ error: z.object({ code: z.string(), details: z.unknown().optional() }) });
const isCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** The answer's data. @throws RelayRefusal or RelayMumbles */
function dataOf<Schema extends z.ZodType>(
  { status, body, retryAfterMs }: WireAnswer,
  schema: Schema,
): z.output<Schema> {
  if (status >= 200 && status < 300) {
    const read = schema.safeParse((body as { data?: unknown } | undefined)?.data);
    if (read.success) return read.data;
    throw new RelayMumbles(status);
  }
  const refused = Refused.safeParse(body);
  if (refused.success && isCode(refused.data.error.code)) {
    throw new RelayRefusal(refused.data.error.code, refused.data.error.details, retryAfterMs);
  }
  throw new RelayMumbles(status, retryAfterMs);
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/**
 * Spends a claim code.
 * @throws RelayRefusal CLAIM_UNKNOWN, CLAIM_USED, CLAIM_EXPIRED or another; any error of the connection
 */
export async function joinRelay(
  wire: Wire,
  key: StoreKey,
  join: Omit<Join, 'proof' | 'public_key'>,
  signal: AbortSignal,
): Promise<Joined> {
  const unsigned = { ...join, public_key: key.publicKey };
  const body = json({ ...unsigned, proof: signText(key.privateKey, joinText(unsigned)) });
  return dataOf(await wire.send(relayPaths.join, {}, body, signal), Joined);
}

export interface SessionDeps {
  readonly wire: Wire;
  readonly key: StoreKey;
  readonly storeId: string;
  /** Epoch ms by this computer's clock. */
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly secret: (bytes: number) => Buffer;
}

/** Requests as a member of the relay, each with a short-lived token and signed with the store's key. */
export interface Session {
  post<Schema extends z.ZodType>(
    path: string,
    sent: { body: Uint8Array; headers?: Readonly<Record<string, string>> },
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.output<Schema>>;
}

/** A token is renewed this long before it ends, so that none runs out on its way. Ms. */
const SPARE_MS = 60_000;
/** Refusals that a fresh token may cure. */
const staleToken = new Set<ProblemCode>([
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'TOKEN_KEY_MISMATCH',
  'AUTHENTICATION_ERROR',
]);

export function openSession({ wire, key, storeId, now, monotonic, secret }: SessionDeps): Session {
  let token: (TokenGiven & { readonly until: number }) | null = null;
  /** The relay's clock minus ours, where they are too far apart for it. */
  let clockOffset = 0;

  async function ask(signal: AbortSignal): Promise<TokenGiven> {
    const unsigned = { store_id: storeId, at: now() + clockOffset, nonce: secret(16).toString('base64url') };
    const body = json({ ...unsigned, signature: signText(key.privateKey, tokenText(unsigned)) });
    return dataOf(await wire.send(relayPaths.token, {}, body, signal), TokenGiven);
  }

  async function fresh(signal: AbortSignal): Promise<TokenGiven> {
    const began = monotonic();
    let given: TokenGiven;
    try {
      given = await ask(signal);
    } catch (error) {
      const relayClock = error instanceof RelayRefusal && error.code === 'CLOCK_APART' ? error.details : null;
      const read = ClockDetails.safeParse(relayClock);
      if (!read.success) throw error;
      clockOffset = read.data.now - now();
      given = await ask(signal);
    }
    const seconds = Math.min(given.expires_in, relayLimits.tokenSeconds);
    token = { ...given, until: began + Math.max(1_000, seconds * 1000 - SPARE_MS) };
    return given;
  }

  async function attempt<Schema extends z.ZodType>(
    path: string,
    sent: { body: Uint8Array; headers?: Readonly<Record<string, string>> },
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.output<Schema>> {
    const { access_token, jti } = token === null || monotonic() >= token.until ? await fresh(signal) : token;
    const headers = {
      ...sent.headers,
      Authorization: `Bearer ${access_token}`,
      [SIGNATURE_HEADER]: signText(key.privateKey, requestText('POST', path, jti, sent.body)),
    };
    return dataOf(await wire.send(path, headers, sent.body, signal), schema);
  }

  return {
    async post(path, sent, schema, signal) {
      const held = token;
      try {
        return await attempt(path, sent, schema, signal);
      } catch (error) {
        if (!(error instanceof RelayRefusal) || !staleToken.has(error.code)) throw error;
        token = null;
        if (held === null) throw error;
        return attempt(path, sent, schema, signal);
      }
    },
  };
}
