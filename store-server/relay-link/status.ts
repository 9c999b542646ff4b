import { type ProblemCode, problems } from '#contract/problems.ts';
import type { RelayStatus } from '#contract/relay-link.ts';
import { RelayMumbles, RelayRefusal } from './session.ts';

/** What the link knows of itself. Times are epoch ms. */
export interface LinkState {
  /** `revoked` and `forked` stop the upload until a manager acts; trading goes on in any case. */
  readonly stopped: 'revoked' | 'forked' | null;
  readonly ackedSeq: number;
  readonly headSeq: number;
  /** When the relay last answered; null when it never has. */
  readonly seenAt: number | null;
  /** Why the last attempt failed; null after a success. */
  readonly trouble: string | null;
  readonly nextTryAt: number | null;
}

const sentences: Partial<Record<ProblemCode, string>> = {
  STORE_REVOKED: problems.STORE_REVOKED.message,
  CHAIN_FORKED:
    'The relay holds another history of this restaurant. Nothing more is sent until a manager decides here which one stands.',
};

/** What went wrong with the relay, in a sentence for a manager. */
export function troubleInWords(error: unknown): string {
  if (error instanceof RelayRefusal) return sentences[error.code] ?? error.message;
  if (error instanceof RelayMumbles) return error.message;
  const { code } = (error ?? {}) as { code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The relay’s address is not known; is the internet down?';
  if (code === 'ECONNREFUSED') return 'Nobody answers at the relay’s address.';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'The connection to the relay broke off.';
  if (code !== undefined && /CERT|SSL|TLS|SELF_SIGNED/.test(code))
    return 'The relay’s certificate is not to be trusted.';
  return error instanceof Error && /^the (relay|answer)/.test(error.message)
    ? `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`
    : 'The relay cannot be reached.';
}

const count = (entries: number): string => (entries === 1 ? '1 entry' : `${entries.toLocaleString('en-GB')} entries`);

/** Joins what is known into one word and one sentence. */
export function inWords(link: LinkState): Pick<RelayStatus, 'state' | 'sentence' | 'behind'> {
  const behind = Math.max(0, link.headSeq - link.ackedSeq);
  if (link.stopped !== null) {
    const code = link.stopped === 'forked' ? 'CHAIN_FORKED' : 'STORE_REVOKED';
    return { state: link.stopped, behind, sentence: sentences[code] ?? problems[code].message };
  }
  if (link.trouble !== null) {
    const waiting = behind === 0 ? 'Everything until then has arrived.' : `${count(behind)} will follow.`;
    return { state: 'unreachable', behind, sentence: `${link.trouble} ${waiting}` };
  }
  if (link.seenAt === null) return { state: 'connecting', behind, sentence: 'The relay is being called.' };
  if (behind === 0) return { state: 'connected', behind, sentence: 'The relay has everything.' };
  return { state: 'behind', behind, sentence: `Connected; ${count(behind)} on the way.` };
}
