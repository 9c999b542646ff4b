/** The server's refusal, as a person meets it: what happened, what to do, beside which field, and an id to quote. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  readonly suggestion: string | null;
  /** The field that the refusal is about, if it is about one. */
  readonly field: string | null;
  /** A sentence for each field that is not right. */
  readonly fields: Readonly<Record<string, string>>;
  readonly errorId: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, body: unknown) {
    const { error, message } = (body ?? {}) as { error?: Wire | null; message?: string };
    super(error?.message ?? message ?? 'The server answered something that this window does not understand.');
    const details = error?.details ?? {};
    this.status = status;
    this.code = error?.code ?? 'INTERNAL_ERROR';
    this.field = error?.field ?? null;
    this.suggestion = textOf(details['suggestion']);
    this.errorId = textOf(details['error_id']);
    this.details = details;
    const listed = (details['validation_errors'] ?? []) as { field: string; message: string }[];
    const named = this.field === null ? [] : [{ field: this.field, message: this.message }];
    this.fields = Object.fromEntries([...named, ...listed].map((one) => [one.field, besideIt(one)]));
  }
}

interface Wire {
  readonly code?: string;
  readonly message?: string;
  readonly field?: string | null;
  readonly details?: Record<string, unknown>;
}

/** The server names the field as a program calls it: “url has to be …”. Beside the field that is “This has to be …”. */
const besideIt = ({ field, message }: { field: string; message: string }): string =>
  message.startsWith(`${field} `) ? `This${message.slice(field.length)}` : message;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The server could not be reached, or did not answer in time. What was asked may or may not have happened. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor() {
    super('The server does not answer.');
  }
}
