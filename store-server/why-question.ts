export interface Question {
  /** The number on the ticket, or the uuid. */
  readonly order: number | string;
  /** YYYY-MM-DD. */
  readonly day: string | null;
  /** What the server itself would be started with. */
  readonly rest: readonly string[];
}

/** Reads the words after `npm run why --`; null when they are not a question this can answer. */
export function readQuestion(args: readonly string[]): Question | null {
  const [what, which = '', ...rest] = args;
  const dayAt = rest.indexOf('--day');
  const day = dayAt < 0 ? null : (rest.splice(dayAt, 2)[1] ?? '');
  if (what !== 'order' || (day !== null && !/^\d{4}-\d\d-\d\d$/.test(day))) return null;
  if (/^\d{1,9}$/.test(which)) return { order: Number(which), day, rest };
  return /^[0-9a-f-]{36}$/i.test(which) ? { order: which.toLowerCase(), day, rest } : null;
}
