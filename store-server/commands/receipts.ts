import type { ProblemCode } from '#contract/problems.ts';
import type { Connection } from '../db/connection.ts';
import { canonicalJson, sha256 } from '../kernel/hashing.ts';
import { Problem } from '../kernel/verdict.ts';

/** How long a key is remembered at least; once pruned it is a new request. Looking up ignores the clock, which may jump. */
export const RECEIPT_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** What was answered the first time. */
export interface Receipt {
  readonly requestDigest: Buffer;
  readonly outcome: 'applied' | 'refused';
  readonly commandId: string;
  readonly seq: number | null;
  readonly answer: string;
  readonly recordedAt: number;
}

/** A refusal as a receipt keeps it, so that a repeat hears the same with the same error id. */
export interface KeptRefusal {
  readonly code: ProblemCode;
  readonly field: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly errorId: string;
}

/** Digest of a request as it was sent: the command's name and its input. Approvals and secrets stay outside. */
export const requestDigest = (command: string, input: unknown): Buffer => sha256(canonicalJson([command, input]));

export interface Receipts {
  find(scope: string, key: string): Receipt | undefined;
  keep(scope: string, key: string, receipt: Receipt): void;
  /** Drops receipts recorded before the given moment, at most `limit` of them. */
  prune(before: number, limit: number): number;
}

export function createReceipts({ sqlite }: Connection): Receipts {
  const find = sqlite.prepare<[string, string], Receipt>(
    `SELECT request_digest AS requestDigest, outcome, command_id AS commandId, seq, answer, recorded_at AS recordedAt
     FROM receipt WHERE scope = ? AND key = ?`,
  );
  const keep = sqlite.prepare(
    `INSERT OR REPLACE INTO receipt (scope, key, request_digest, outcome, command_id, seq, answer, recorded_at)
     VALUES (?,?,?,?,?,?,?,?)`,
  );
  const prune = sqlite.prepare(
    `DELETE FROM receipt WHERE (scope, key) IN
       (SELECT scope, key FROM receipt WHERE recorded_at < ? ORDER BY recorded_at LIMIT ?)`,
  );
  return {
    find: (scope, key) => find.get(scope, key),
    keep: (scope, key, r) =>
      void keep.run(scope, key, r.requestDigest, r.outcome, r.commandId, r.seq, r.answer, r.recordedAt),
    prune: (before, limit) => prune.run(before, limit).changes,
  };
}

/**
 * @throws Problem IDEMPOTENCY_KEY_REUSED when the same key stands for a different request, ANSWER_LOST when it is known to
 * have been done and nothing else, which is so after a damaged database was restored
 */
export function insistSameRequest(receipt: Receipt, digest: Buffer): void {
  if (receipt.requestDigest.byteLength === 0) throw new Problem('ANSWER_LOST', { seq: receipt.seq });
  if (!receipt.requestDigest.equals(digest)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
}
