import { type ProblemCode, type ProblemText, problems } from '#contract/problems.ts';
import { isoTime } from '../kernel/dates.ts';
import type { Problem } from '../kernel/verdict.ts';

/** One rendered answer: everything that does not belong to a single connection. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, never empty: the older clients read the body before they look at the status. */
  readonly body: string;
}

/** What a read or a `toDto` returns when the envelope's `meta` or its sentence is its own. */
export class Enveloped {
  readonly data: unknown;
  readonly meta: object | null;
  readonly message: string | null;
  constructor(data: unknown, meta: object | null, message: string | null) {
    this.data = data;
    this.meta = meta;
    this.message = message;
  }
}

/** A payload with facts about the answer itself beside it, such as a page's cursor or the totals a client sent. */
export const withMeta = (data: unknown, meta: object | null, message: string | null = null): Enveloped =>
  new Enveloped(data, meta, message);

interface Success {
  readonly status: number;
  readonly message: string;
  /** The further name under which a list stands. */
  readonly plural: string | null;
  /** Epoch ms: when it was recorded, so that a repeat has the same body. */
  readonly at: number;
  readonly replayed: boolean;
}

/** These mean the envelope's own at the top level, whatever a payload calls its fields. */
const envelopeKeys = ['success', 'data', 'message', 'error', 'meta', 'timestamp'];

/**
 * The envelope around a payload. The older clients read an answer in three ways (`data`, the top level, or a list under
 * its own name or `items`), so the payload stands in each of these places; it is written out once and copied as text.
 */
export function success(payload: unknown, { status, message, plural, at, replayed }: Success): Answer {
  const { data, meta, message: own } = payload instanceof Enveloped ? payload : new Enveloped(payload, null, null);
  const json = JSON.stringify(data) ?? 'null';
  const rest =
    `"success":true,"data":${json},"message":${JSON.stringify(own ?? message)},"error":null,` +
    `"meta":${JSON.stringify(meta)},"timestamp":"${isoTime(at)}"}`;
  return {
    status,
    headers: replayed ? { 'Idempotency-Replayed': 'true' } : {},
    body: `{${hoisted(data, json, plural)}${rest}`,
  };
}

function hoisted(data: unknown, json: string, plural: string | null): string {
  if (Array.isArray(data)) {
    const named = plural === null || plural === 'items' ? '' : `${JSON.stringify(plural)}:${json},`;
    return `${named}"items":${json},`;
  }
  if (typeof data !== 'object' || data === null || json === '{}') return '';
  if (!envelopeKeys.some((key) => Object.hasOwn(data, key))) return `${json.slice(1, -1)},`;
  const others = Object.entries(data).filter(([key]) => !envelopeKeys.includes(key));
  return others.length === 0 ? '' : `${JSON.stringify(Object.fromEntries(others)).slice(1, -1)},`;
}

/** Other sentences than the catalogue's, by code; codes and statuses stay. */
export type Words = { readonly [Code in ProblemCode]?: Pick<ProblemText, 'message' | 'suggestion'> };

interface Failure {
  readonly errorId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly replayed: boolean;
  /** Of whoever answers in another house than the restaurant. */
  readonly words?: Words;
}

/** The envelope of a refusal: what went wrong, what to do about it, and an id to quote. */
export function failure(problem: Problem, { errorId, at, replayed, words = {} }: Failure): Answer {
  const { code, field, details } = problem;
  const { status } = problems[code];
  const { message: usual, suggestion } = words[code] ?? problems[code];
  const errors = fieldErrors(problem, usual);
  const message = sentence(problem, errors, usual);
  const error = {
    code,
    message,
    field,
    details: { suggestion, ...details, error_id: errorId, ...(errors === null ? {} : { validation_errors: errors }) },
  };
  const headers: Record<string, string> = replayed ? { 'Idempotency-Replayed': 'true' } : {};
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer';
  const wait = waitFor(status, details['retry_after_seconds']);
  if (wait !== null) headers['Retry-After'] = String(wait);
  const body = { success: false, data: null, message, detail: message, error, meta: null, timestamp: isoTime(at) };
  return { status, headers, body: JSON.stringify(body) };
}

interface ListedError {
  readonly field: string;
  readonly message: string;
  readonly type: string;
}

/** Refusals that name a field list it the same way whoever found it. */
function fieldErrors({ code, field, details }: Problem, usual: string): readonly ListedError[] | null {
  const given = details['validation_errors'];
  if (Array.isArray(given)) return given as ListedError[];
  if (field === null || (code !== 'VALIDATION_ERROR' && code !== 'UNKNOWN_FIELD')) return null;
  return [{ field, message: ownWords(details) ?? usual, type: 'refused' }];
}

/** What the rule that refused said itself: a sentence under `message`, or a `reason` that is one and no mere mark. */
function ownWords({ message, reason }: Readonly<Record<string, unknown>>): string | null {
  if (typeof message === 'string') return message;
  return typeof reason === 'string' && /^[A-Z].* .*[.!?]$/.test(reason) ? reason : null;
}

/** Input errors speak of the first field; everything else says its own sentence, or that of the catalogue. */
function sentence({ code, details }: Problem, errors: readonly ListedError[] | null, usual: string): string {
  if (code !== 'VALIDATION_ERROR' && code !== 'UNKNOWN_FIELD') {
    return typeof details['message'] === 'string' ? details['message'] : usual;
  }
  return errors?.[0]?.message ?? ownWords(details) ?? usual;
}

/** Seconds after which asking again makes sense, by status, unless the refusal knows better. */
const waits: Readonly<Record<number, number>> = { 423: 30, 429: 1, 503: 2 };

function waitFor(status: number, known: unknown): number | null {
  const usual = waits[status];
  if (usual === undefined) return null;
  return typeof known === 'number' && known > 0 ? Math.ceil(known) : usual;
}
