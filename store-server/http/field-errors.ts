import type { z } from 'zod';
import { Problem } from '../kernel/verdict.ts';

/** One thing that is wrong with a request. It never repeats the input, which may be a PIN. */
export interface FieldError {
  /** Where it is, such as `lines.0.quantity`. */
  readonly field: string;
  /** A sentence for a person. */
  readonly message: string;
  readonly type: string;
}

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const FIELD_LENGTH = 120;
const MOST_ERRORS = 20;

/**
 * Words for one issue, to be given to `safeParse` as its `error`. Words that a schema brings along itself win.
 */
export function sayIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `has to be ${kindOf(issue)}`;
    case 'too_small':
      return `${sizeOf(issue.origin)} ${issue.inclusive === false ? 'more than' : 'at least'} ${unit(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `${sizeOf(issue.origin)} ${issue.inclusive === false ? 'less than' : 'at most'} ${unit(issue.maximum, issue.origin)}`;
    case 'not_multiple_of':
      return `has to be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formats[issue.format] ?? 'does not have the right form';
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing';
      return `has to be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'is not known here';
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : 'does not have one of the possible forms';
    default:
      return 'is not right';
  }
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named fields',
  record: 'an object with named fields',
  null: 'null',
};

const formats: Record<string, string> = {
  email: 'has to be an e-mail address',
  url: 'has to be a web address',
  date: 'has to be a date such as 2025-06-18',
  time: 'has to be a time such as 19:30:00',
  datetime: 'has to be a date and time such as 2025-06-18T19:30:00Z',
  uuid: 'has to be a uuid',
};

const kindOf = ({ expected }: { expected: string }): string => kinds[expected] ?? 'something else';

const sizeOf = (origin: string): string => (origin === 'string' || origin === 'array' ? 'needs' : 'has to be');

function unit(size: number | bigint, origin: string): string {
  if (origin === 'string') return `${size} ${size === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `${size} ${size === 1 ? 'entry' : 'entries'}`;
  return String(size);
}

/** The refusal for input that a schema did not accept; UNKNOWN_FIELD if unknown fields are all that is wrong. */
export function problemOf(error: z.core.$ZodError): Problem {
  const issues = error.issues.flatMap((issue) => unfold(issue, []));
  const errors = oncePerKind(issues.flatMap(({ issue, path }) => fieldErrors(issue, path))).slice(0, MOST_ERRORS);
  const unknown = issues.every(({ issue }) => issue.code === 'unrecognized_keys');
  return new Problem(unknown ? 'UNKNOWN_FIELD' : 'VALIDATION_ERROR', {
    field: errors[0]?.field ?? 'body',
    validation_errors: errors,
  });
}

/** A whole number far out of range fails two bounds, what can be counted exactly and what is allowed: say the latter. */
const oncePerKind = (errors: readonly FieldError[]): FieldError[] => [
  ...new Map(errors.map((error) => [`${error.field} ${error.type}`, error])).values(),
];

interface Placed {
  readonly issue: Issue;
  readonly path: readonly PropertyKey[];
}

/** Of a choice of forms, the issues of the form that came closest are what helps. */
function unfold(issue: Issue, above: readonly PropertyKey[]): Placed[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }];
  const forms = issue.errors.map((issues) => issues.flatMap((inner) => unfold(inner, path)));
  const deepest = (form: readonly Placed[]) => Math.max(...form.map((one) => one.path.length));
  const [closest] = forms.sort((a, b) => deepest(b) - deepest(a) || a.length - b.length);
  return closest ?? [{ issue, path }];
}

function fieldErrors(issue: Issue, path: readonly PropertyKey[]): FieldError[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  return keys.map((key) => {
    const field = key.map(String).join('.').slice(0, FIELD_LENGTH) || 'body';
    return { field, message: sentence(field, issue.message), type: typeOf(issue) };
  });
}

const typeOf = (issue: Issue): string => {
  if (issue.code === 'unrecognized_keys') return 'unknown_field';
  return issue.message === 'is missing' ? 'missing' : issue.code;
};

/** Schemas say "has to be a uuid"; whole sentences of their own begin with a capital letter and stay as they are. */
function sentence(field: string, words: string): string {
  const whole = /^\p{Lu}/u.test(words) ? words : `${field} ${words}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
