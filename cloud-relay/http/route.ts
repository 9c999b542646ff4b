import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';

/** Who asks: a person of a tenant who signed in. */
export interface Person {
  readonly tenantId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly role: 'owner' | 'manager' | 'viewer';
}

export interface Asked<Body, Query> {
  readonly person: Person;
  /** Path parameters as text. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly request: IncomingMessage;
  readonly address: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Who may call: anybody, whoever is signed in, or people of these roles. Stores prove themselves in the handler. */
export type Access = 'public' | 'store' | 'viewer' | 'manager' | 'owner';

export interface Route {
  /** Unique, such as `platform.dashboard`. */
  readonly operation: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly access: Access;
  /** Null for none, and for stores whose bytes are signed: their handler reads the body itself. */
  readonly body: z.ZodType | null;
  readonly query: z.ZodObject | null;
  readonly status: number;
  readonly answer: (asked: Asked<never, never>) => Promise<unknown>;
}

interface RouteOptions<Body extends z.ZodType, Query extends z.ZodObject> {
  readonly body?: Body;
  readonly query?: Query;
  readonly status?: number;
  readonly answer: (asked: Asked<z.output<Body>, z.output<Query>>) => Promise<unknown>;
}

/** Declares one route; `line` reads `METHOD /path`. */
export function route<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodObject = z.ZodObject>(
  operation: string,
  line: string,
  access: Access,
  { body, query, status = 200, answer }: RouteOptions<Body, Query>,
): Route {
  const [method = '', path = ''] = line.split(' ');
  return {
    operation,
    method: method.toLowerCase() as Route['method'],
    path,
    access,
    body: body ?? null,
    query: query ?? null,
    status,
    answer: answer as Route['answer'],
  };
}

const ranks = { viewer: 1, manager: 2, owner: 3 } as const;

/** Whether a person's role is at least the one a route asks for. */
export const mayUse = (access: keyof typeof ranks, { role }: Person): boolean => ranks[role] >= ranks[access];
