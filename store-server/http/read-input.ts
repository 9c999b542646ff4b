import { z } from 'zod';
import type { Caller } from '../commands/caller.ts';
import { Problem } from '../kernel/verdict.ts';
import { problemOf, sayIssue } from './field-errors.ts';
import { isPlainText } from './plain-json.ts';
import type { CommandRoute, ReadRoute, Route } from './route.ts';

/** Parsed input, and the names of fields that a tolerant route left unread. */
export interface Parsed<Value> {
  readonly value: Value;
  readonly ignored: readonly string[];
}

type Fields = Record<string, unknown>;

const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const nothing = z.strictObject({});
const strictForms = new WeakMap<z.ZodType, z.ZodType>();

/** A route of our own refuses unknown fields even where its schema forgot to say so. */
function asStrict(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject) || schema.def.catchall !== undefined) return schema;
  let strict = strictForms.get(schema);
  if (strict === undefined) {
    strict = schema.strict();
    strictForms.set(schema, strict);
  }
  return strict;
}

/** @throws Problem VALIDATION_ERROR or UNKNOWN_FIELD naming the first field that is wrong */
function parse(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input, { error: sayIssue });
  if (!result.success) throw problemOf(result.error);
  return result.data;
}

/** Unknown fields are left out, at any depth, instead of being refused. */
function parseTolerant(schema: z.ZodType, input: unknown): Parsed<unknown> {
  const first = schema.safeParse(input, { error: sayIssue });
  if (first.success) return { value: first.data, ignored: unread(schema, input) };
  const ignored: string[] = [];
  for (const issue of first.error.issues) {
    if (issue.code !== 'unrecognized_keys') throw problemOf(first.error);
    for (const key of issue.keys) ignored.push([...issue.path, key].map(String).join('.'));
  }
  const kept = structuredClone(input);
  for (const issue of first.error.issues) {
    const holder = issue.path.reduce<unknown>((at, key) => (at as Fields)[key as string], kept) as Fields;
    for (const key of (issue as z.core.$ZodIssueUnrecognizedKeys).keys) delete holder[key];
  }
  return { value: parse(schema, kept), ignored: [...ignored, ...unread(schema, kept)] };
}

/** Fields of the top level that the schema does not mention. */
function unread(schema: z.ZodType, input: unknown): string[] {
  const known = knownFields(schema);
  return known === null ? [] : Object.keys(asFields(input)).filter((name) => !known.has(name));
}

function knownFields(schema: z.ZodType): ReadonlySet<string> | null {
  if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape));
  if (!(schema instanceof z.ZodUnion)) return null;
  const forms = (schema.options as z.ZodType[]).map(knownFields);
  return forms.includes(null) ? null : new Set(forms.flatMap((form) => [...(form ?? [])]));
}

/**
 * The path's parameters as text.
 * @throws Problem BAD_REQUEST for percent signs that mean nothing, NOT_FOUND for characters no name here has
 */
export function decodeParams(raw: Readonly<Record<string, string>>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    try {
      params[name] = value.includes('%') ? decodeURIComponent(value) : value;
    } catch {
      throw new Problem('BAD_REQUEST', { field: name });
    }
    if (!isPlainText(params[name])) throw new Problem('NOT_FOUND', { field: name });
  }
  return params;
}

/** The query as text by name. @throws Problem VALIDATION_ERROR for a name that is there twice */
export function readQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  if (search === '') return query;
  for (const [name, value] of new URLSearchParams(search)) {
    const field = name.slice(0, 100).replaceAll('\u0000', '');
    if (Object.hasOwn(query, name)) throw invalidQuery(field, 'is given twice', 'repeated');
    if (name in query || !isPlainText(name) || !isPlainText(value)) {
      throw invalidQuery(field, 'cannot be used', 'not_plain');
    }
    query[name] = value;
  }
  return query;
}

const invalidQuery = (field: string, words: string, type: string): Problem =>
  new Problem('VALIDATION_ERROR', { field, validation_errors: [{ field, message: `${field} ${words}.`, type }] });

export interface Sent {
  readonly params: Fields;
  readonly query: Fields;
  readonly body: unknown;
}

export function readParams(route: Route, params: Fields): Fields {
  return parse(route.params, params) as Fields;
}

/** What a read is asked for. */
export function readReadInput(route: ReadRoute, sent: Sent): Parsed<{ params: Fields; query: unknown }> {
  const params = readParams(route, sent.params);
  if (route.tolerant) {
    const { value, ignored } = parseTolerant(route.query, sent.query);
    return { value: { params, query: value }, ignored };
  }
  return { value: { params, query: parse(asStrict(route.query), sent.query) }, ignored: [] };
}

/** What a command is given: path and body, each by its own schema, joined, then by the command's. */
export function readCommandInput(route: CommandRoute, sent: Sent, caller: Caller): Parsed<unknown> {
  const params = readParams(route, sent.params);
  const given = sent.body === undefined ? {} : sent.body;
  let body: unknown;
  let ignored: readonly string[] = [];
  if (route.tolerant) {
    const parsed = parseTolerant(route.body ?? z.object({}), route.body === null ? asFields(given) : given);
    body = parsed.value;
    ignored = [...parsed.ignored, ...Object.keys(sent.query)];
  } else {
    parse(nothing, sent.query);
    body = parse(route.body === null ? nothing : asStrict(route.body), given);
  }
  const input = route.toInput({ params, body: route.body === null ? undefined : body, caller });
  return { value: parse(route.command.input, input), ignored };
}
