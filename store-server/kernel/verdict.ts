import { type ProblemCode, problems } from '#contract/problems.ts';

/** Facts about a refusal that help the person: never the rejected input itself (it may be a PIN). */
export type ProblemDetails = Readonly<Record<string, unknown>>;

/** What a pure rule answers: yes, or no with a code of the catalogue. */
export type Verdict = { readonly ok: true } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly field: string | null;
  readonly details: ProblemDetails;
}

export const allowed: Verdict = { ok: true };

/** A refusal with its code; `details` may name `field`, the input that is at fault. */
export function refuse(code: ProblemCode, details: ProblemDetails & { field?: string } = {}): Refusal {
  const { field = null, ...rest } = details;
  return { ok: false, code, field, details: rest };
}

/** The one error type that means "no" rather than "a bug". Thrown inside a command it undoes the command. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly field: string | null;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails & { field?: string } = {}) {
    super(problems[code].message);
    const { field = null, ...rest } = details;
    this.code = code;
    this.field = field;
    this.details = rest;
  }

  get status(): number {
    return problems[this.code].status;
  }

  get final(): boolean {
    return problems[this.code].final;
  }
}

/** Turns a refusal into a thrown `Problem`; a yes passes. */
export function insist(verdict: Verdict): void {
  if (!verdict.ok)
    throw new Problem(verdict.code, {
      ...verdict.details,
      ...(verdict.field === null ? {} : { field: verdict.field }),
    });
}
