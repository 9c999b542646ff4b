import type { Method } from './route.ts';

/** What a path and method lead to, with the path's parameters as text. */
export interface Match<Target> {
  readonly target: Target;
  readonly params: Readonly<Record<string, string>>;
}

/** `found`: served. `other_method`: the path is known, with these methods. `unknown`: no such path. */
export type Lookup<Target> =
  | { readonly kind: 'found'; readonly match: Match<Target> }
  | { readonly kind: 'other_method'; readonly methods: readonly Method[] }
  | { readonly kind: 'unknown' };

export interface PathTable<Target> {
  /** @throws Error if the method and path are taken already. */
  add(method: Method, path: string, target: Target): void;
  find(method: string, path: string): Lookup<Target>;
}

interface End<Target> {
  readonly target: Target;
  readonly names: readonly string[];
}

interface Node<Target> {
  readonly fixed: Map<string, Node<Target>>;
  any: Node<Target> | null;
  readonly ends: Map<string, End<Target>>;
}

const newNode = <Target>(): Node<Target> => ({ fixed: new Map(), any: null, ends: new Map() });

/**
 * Finds routes by walking the path's segments, so the cost does not grow with the number of routes. A fixed segment
 * always wins over a parameter, in whatever order they were declared: `/orders/recent` is never an order's id.
 */
export function createPathTable<Target>(): PathTable<Target> {
  const root = newNode<Target>();

  /**
   * Walks to the nodes that a path can end at, the most literal first, until `visit` says that it has what it wanted.
   * `values` holds what stands in the place of the parameters on the way.
   */
  function walk(
    node: Node<Target>,
    segments: readonly string[],
    at: number,
    values: string[],
    visit: (node: Node<Target>) => boolean,
  ): boolean {
    const segment = segments[at];
    if (segment === undefined) return visit(node);
    const fixed = node.fixed.get(segment);
    if (fixed !== undefined && walk(fixed, segments, at + 1, values, visit)) return true;
    if (node.any === null || segment === '') return false;
    values.push(segment);
    if (walk(node.any, segments, at + 1, values, visit)) return true;
    values.pop();
    return false;
  }

  return {
    add(method, path, target) {
      const names: string[] = [];
      let node = root;
      for (const segment of segmentsOf(path)) {
        if (segment.startsWith(':')) {
          names.push(segment.slice(1));
          node.any ??= newNode();
          node = node.any;
        } else {
          let next = node.fixed.get(segment);
          if (next === undefined) {
            next = newNode();
            node.fixed.set(segment, next);
          }
          node = next;
        }
      }
      if (node.ends.has(method)) throw new Error(`Two routes serve ${method.toUpperCase()} ${path}`);
      node.ends.set(method, { target, names });
    },
    find(method, path) {
      const values: string[] = [];
      const others = new Set<Method>();
      let end: End<Target> | undefined;
      walk(root, segmentsOf(path), 0, values, ({ ends }) => {
        end = ends.get(method);
        if (end === undefined) for (const other of ends.keys()) others.add(other as Method);
        return end !== undefined;
      });
      if (end === undefined)
        return others.size > 0 ? { kind: 'other_method', methods: [...others] } : { kind: 'unknown' };
      const params: Record<string, string> = {};
      for (const [index, name] of end.names.entries()) params[name] = values[index] as string;
      return { kind: 'found', match: { target: end.target, params } };
    },
  };
}

const segmentsOf = (path: string): string[] => (path === '/' ? [] : path.slice(1).split('/'));

/**
 * The forms in which clients may write one path, the one as written first: a slash at the end means nothing, the
 * version may be there twice (older offline queues put it in front of stored paths again), and `/api/<x>` without a
 * version means version 1. They are answered where they are: a redirect may lose the body.
 */
export function pathForms(path: string): string[] {
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  if (!plain.startsWith('/api/')) return [plain];
  const once = plain.replace(/^(?:\/api\/v1)+(?=\/api\/v1\/)/, '');
  return once.startsWith('/api/v1/') ? [once] : [once, `/api/v1/${once.slice('/api/'.length)}`];
}
