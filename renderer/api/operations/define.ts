import type { z } from 'zod';

/**
 * What this window asks of the server, as handles that carry their types: the path, what may be sent, what comes back.
 * Schemas are those of the contract. test/e2e/operations.test.ts holds every handle against the server's own route table.
 */
interface Shape<Path extends string> {
  /** The operation's name in the route table and in the API document. */
  readonly operation: string;
  readonly path: Path;
  readonly answers: z.ZodType;
  /** The answer is a list of what `answers` describes. */
  readonly list: boolean;
}

export interface ReadOperation<Path extends string = string, Query = unknown, Answer = unknown> extends Shape<Path> {
  readonly kind: 'read';
  readonly method: 'get';
  /** Beginnings of fact kinds after which the answer is out of date, such as `order.` or `settings.changed`. */
  readonly staleAfter: readonly string[];
  readonly $types?: { query: Query; answer: Answer };
}

export interface ChangeOperation<Path extends string = string, Body = unknown, Answer = unknown> extends Shape<Path> {
  readonly kind: 'change';
  readonly method: 'post' | 'put' | 'patch' | 'delete';
  readonly body: z.ZodType | null;
  readonly $types?: { body: Body; answer: Answer };
}

type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** `{ params: { order_id } }` for a path with parameters, nothing for one without. */
export type ParamsOf<Path extends string> = [Names<Path>] extends [never]
  ? { readonly params?: undefined }
  : { readonly params: Readonly<Record<Names<Path>, string | number>> };

export type ReadInput<Path extends string, Query> = ParamsOf<Path> & { readonly query?: Query };
export type ChangeInput<Path extends string, Body> = ParamsOf<Path> &
  ([Body] extends [undefined] ? { readonly body?: undefined } : { readonly body: Body });

interface ReadOptions<Answers extends z.ZodType, Query extends z.ZodType> {
  readonly answers: Answers;
  readonly query?: Query;
  readonly staleAfter?: readonly string[];
}

const readOf = (operation: string, path: string, options: ReadOptions<z.ZodType, z.ZodType>, list: boolean) => ({
  kind: 'read' as const,
  method: 'get' as const,
  operation,
  path,
  answers: options.answers,
  list,
  staleAfter: options.staleAfter ?? [],
});

/** One thing to look at. */
export const read = <Path extends string, Answers extends z.ZodType, Query extends z.ZodType = z.ZodUndefined>(
  operation: string,
  path: Path,
  options: ReadOptions<Answers, Query>,
): ReadOperation<Path, z.input<Query>, z.output<Answers>> => readOf(operation, path, options, false) as never;

/** A list to look at; `answers` describes one of its entries. */
export const readList = <Path extends string, Answers extends z.ZodType, Query extends z.ZodType = z.ZodUndefined>(
  operation: string,
  path: Path,
  options: ReadOptions<Answers, Query>,
): ReadOperation<Path, z.input<Query>, z.output<Answers>[]> => readOf(operation, path, options, true) as never;

/** Something to change. */
export const change = <Path extends string, Answers extends z.ZodType, Body extends z.ZodType = z.ZodUndefined>(
  operation: string,
  method: ChangeOperation['method'],
  path: Path,
  options: { readonly answers: Answers; readonly body?: Body },
): ChangeOperation<Path, z.input<Body>, z.output<Answers>> =>
  ({
    kind: 'change',
    method,
    operation,
    path,
    answers: options.answers,
    list: false,
    body: options.body ?? null,
  }) as const;
