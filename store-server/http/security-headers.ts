import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';

/** Name, value, name, value: the form in which node takes headers without looking at them again. */
export type FlatHeaders = readonly string[];

/**
 * What never changes is made once, not for each answer. The headers that only mean something over TLS stay off: on a
 * plain-http network they would lock people out or fill the browser's console with warnings.
 */
function made(directives: Record<string, string[]>): FlatHeaders {
  const options: HelmetOptions = {
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
  };
  const headers: string[] = [];
  const recorder = {
    setHeader: (name: string, value: string) => headers.push(name, value),
    removeHeader: () => undefined,
  };
  helmet(options)({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  return headers;
}

/** For answers that no browser shows as a page. */
export const dataHeaders = made({ defaultSrc: ["'none'"], frameAncestors: ["'none'"] });

/** For pages: nothing of ours is framed, nothing comes from elsewhere. */
export const pageHeaders = made({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
});
