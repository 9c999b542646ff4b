import type { z } from 'zod';
import type { Permission } from '#contract/permissions.ts';
import type { Actor, Caller } from '../commands/caller.ts';
import type { Command } from '../commands/define.ts';
import type { Applied } from '../commands/perform.ts';
import type { Connection } from '../db/connection.ts';
import type { ReadAside } from '../db/long-read.ts';

/** Who may call a route. Commands check their own permission as well, inside the transaction. */
export type Access = 'public' | 'device' | 'signed_in' | Permission;

/** What a read is given: who asks, when, and the checked path and query. */
export interface ReadContext {
  readonly connection: Connection;
  readonly actor: Actor;
  readonly caller: Caller;
  /** Epoch ms. */
  readonly now: number;
  /** YYYY-MM-DD. */
  readonly businessDay: string;
  readonly restaurantId: string;
  /** For reads that go through a whole day of orders: the loop does not wait for them. */
  readonly readAside: ReadAside;
}

/** What `toDto` is given beside the command's answer. It has to be pure, so that a repeat renders the same. */
export interface DtoContext {
  readonly restaurantId: string;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface RouteBase {
  /** Unique name of the operation, such as `orders.void_line`; the API document and the stories use it. */
  readonly operation: string;
  readonly method: Method;
  /** Full path with `:name` parameters. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Schema of the path's parameters, by name; missing ones are checked as `Ref`. */
  readonly params: z.ZodObject;
  readonly answers: z.ZodType;
  /** For answers that are lists: the plural name under which the list is hoisted. */
  readonly plural: string | null;
  /** A path of the older clients: unknown fields are ignored and counted instead of refused. */
  readonly tolerant: boolean;
}

/** A route that changes something: parsed path, query and body become the command's input. */
export interface CommandRoute extends RouteBase {
  readonly command: Command;
  /** What the API document shows as the body; null for none. */
  readonly body: z.ZodType | null;
  /** Joins path parameters and body into the command's input; the default merges them. */
  readonly toInput: (at: { params: Record<string, unknown>; body: unknown; caller: Caller }) => unknown;
  readonly toDto: (data: never, at: DtoContext) => unknown;
  readonly status: (answer: Applied) => number;
  /** Every status of success, for the API document. */
  readonly statuses: readonly number[];
  /** Most bytes of a body where that is more than elsewhere; else 0. */
  readonly bodyBytes: number;
  /** The sentence in the envelope's `message`. */
  readonly message: string;
}

/** A route that only reads. */
export interface ReadRoute extends RouteBase {
  readonly query: z.ZodObject;
  readonly read: (at: ReadContext, input: never) => unknown;
}

export type Route = CommandRoute | ReadRoute;

export const isCommandRoute = (route: Route): route is CommandRoute => 'command' in route;
