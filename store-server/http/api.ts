import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import type { Caller } from '../commands/caller.ts';
import type { Command } from '../commands/define.ts';
import type { Applied } from '../commands/perform.ts';
import type { Access, DtoContext, Method, ReadContext, Route } from './route.ts';

interface Common {
  /** Defaults to the command's name; a second route to the same command has to give its own. */
  operation?: string;
  summary: string;
  params?: z.ZodObject;
  answers: z.ZodType;
  plural?: string;
  tolerant?: boolean;
}

export interface ReadOptions<Query extends z.ZodObject> extends Common {
  operation: string;
  access: Access;
  query?: Query;
}

export interface CommandOptions<Input, Data> extends Common {
  /** Defaults to `signed_in`; the command's own permission is checked in any case. */
  access?: Access;
  /** The body as the client sends it; left out for none. It is parsed at the edge (strictly, unless tolerant). */
  body?: z.ZodType;
  toInput?: (at: { params: Record<string, unknown>; body: never; caller: Caller }) => Input;
  toDto?: (data: Data, at: DtoContext) => unknown;
  status?: number | ((answer: Applied<Data>) => number);
  message?: string;
  /** Most bytes of a body where the usual limit is too narrow. */
  bodyBytes?: number;
}

/** Collects the routes under one root. Static paths are declared before those with a parameter. */
export interface RouterBuilder {
  get<Query extends z.ZodObject = z.ZodObject<Record<never, never>>>(
    path: string,
    read: (at: ReadContext, input: { params: Record<string, string | number>; query: z.output<Query> }) => unknown,
    options: ReadOptions<Query>,
  ): void;
  post<I, O, P>(path: string, command: Command<I, O, P>, options: CommandOptions<I, O>): void;
  put<I, O, P>(path: string, command: Command<I, O, P>, options: CommandOptions<I, O>): void;
  patch<I, O, P>(path: string, command: Command<I, O, P>, options: CommandOptions<I, O>): void;
  delete<I, O, P>(path: string, command: Command<I, O, P>, options: CommandOptions<I, O>): void;
}

export interface Api {
  router(root: string, declare: (at: RouterBuilder) => void): void;
}

const paramsOf = (path: string): z.ZodObject =>
  z.object(Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name as string, Ref])));

/** The one table of everything that can be asked of the server. A route that is not in it does not exist. */
export function createRouteTable(): Api & { readonly routes: readonly Route[] } {
  const routes: Route[] = [];
  const add = (route: Route): void => {
    if (routes.some((other) => other.operation === route.operation)) {
      throw new Error(`Two routes are called ${route.operation}`);
    }
    routes.push(route);
  };
  const merge = ({ params, body }: { params: Record<string, unknown>; body: unknown }): unknown => ({
    ...(body as object | undefined),
    ...params,
  });

  return {
    routes,
    router(root, declare) {
      const changing =
        (method: Method) =>
        <I, O, P>(path: string, command: Command<I, O, P>, options: CommandOptions<I, O>): void => {
          const { status = method === 'post' ? 201 : 200 } = options;
          add({
            operation: options.operation ?? command.name,
            method,
            path: root + path,
            summary: options.summary,
            access: options.access ?? 'signed_in',
            params: options.params ?? paramsOf(root + path),
            answers: options.answers,
            plural: options.plural ?? null,
            tolerant: options.tolerant ?? false,
            command: command as unknown as Command,
            body: options.body ?? null,
            toInput: (options.toInput as never) ?? merge,
            toDto: (options.toDto as never) ?? ((data: unknown) => data),
            statuses: typeof status === 'number' ? [status] : [200, 201],
            status: typeof status === 'number' ? () => status : (status as (answer: Applied) => number),
            bodyBytes: options.bodyBytes ?? 0,
            message: options.message ?? (status === 201 ? 'Created.' : 'Done.'),
          });
        };
      declare({
        get(path, read, options) {
          add({
            operation: options.operation,
            method: 'get',
            path: root + path,
            summary: options.summary,
            access: options.access,
            params: options.params ?? paramsOf(root + path),
            answers: options.answers,
            plural: options.plural ?? null,
            tolerant: options.tolerant ?? false,
            query: options.query ?? z.object({}),
            read: read as never,
          });
        },
        post: changing('post'),
        put: changing('put'),
        patch: changing('patch'),
        delete: changing('delete'),
      });
    },
  };
}
