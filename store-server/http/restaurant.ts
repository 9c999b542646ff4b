import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../kernel/verdict.ts';

interface Sent {
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Record<string, string>;
  readonly body: unknown;
}

/**
 * A store server is one restaurant. Clients name it in the path, a header, the query or the body; ours is taken out,
 * so that routes need not know of it, and any other is answered as if there were none.
 * @throws Problem NOT_FOUND
 */
export function withoutRestaurant(
  ours: string,
  { headers, params, query, body }: Sent,
): { query: Record<string, string>; body: unknown } {
  const insistOurs = (named: unknown): void => {
    if (named === undefined || named === null || named === '') return;
    const is = (typeof named === 'string' || typeof named === 'number') && String(named).toLowerCase() === ours;
    if (!is) throw new Problem('NOT_FOUND', { field: 'restaurant_id' });
  };
  insistOurs(headers['x-restaurant-id']);
  insistOurs(params['restaurant_id']);
  insistOurs(query['restaurant_id']);
  const { restaurant_id: _asked, ...restOfQuery } = query;
  if (typeof body !== 'object' || body === null || !('restaurant_id' in body)) return { query: restOfQuery, body };
  const { restaurant_id: named, ...restOfBody } = body;
  insistOurs(named);
  return { query: restOfQuery, body: restOfBody };
}
