/** The address of the app's own pages, which come from inside the program and from nowhere else. */
export const LOCAL_ORIGIN = 'app://fynlo';

/** For the app's own pages: their own script and style, and no connection at all. */
export const LOCAL_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For a page of the store server that came without a policy of its own. */
const STORE_CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What pages may do. Two places are ours: the app's own pages, and the store server on this very computer. */
export interface Policy {
  isLocal(url: string): boolean;
  isStore(url: string): boolean;
  /** The manager's window, of all that the store server hands out. */
  isManager(url: string): boolean;
  mayNavigate(url: string): boolean;
  /** Any request of a page: script, picture, socket. */
  mayRequest(url: string): boolean;
  /** What opens in the computer's own browser instead of a new window of ours. */
  mayOpenOutside(url: string): boolean;
  mayUse(permission: string, url: string): boolean;
  /** The headers of an answer, with a content policy if there was none. */
  headersFor(url: string, headers: Record<string, string[]>): Record<string, string[]>;
}

/** Copying what a page offers is all; camera, place, USB, notifications and the rest are refused. */
const permissions = new Set(['clipboard-sanitized-write']);

/** @param storeUrl where the store server answers now; null while it does not */
export function createPolicy(storeUrl: () => string | null): Policy {
  const isLocal = (url: string): boolean => url === LOCAL_ORIGIN || url.startsWith(`${LOCAL_ORIGIN}/`);
  const isStore = (url: string): boolean => {
    const store = parse(storeUrl());
    const asked = parse(url);
    return store !== null && asked !== null && asked.origin === store.origin;
  };
  const isManager = (url: string): boolean => isStore(url) && /^\/manager(\/|$)/.test(parse(url)?.pathname ?? '');
  const isStoreSocket = (url: string): boolean => url.startsWith('ws://') && isStore(url.replace('ws://', 'http://'));
  const isMadeByThePage = (url: string): boolean => url.startsWith('blob:') || url.startsWith('data:');
  return {
    isLocal,
    isStore,
    isManager,
    mayNavigate: (url) => isLocal(url) || isStore(url),
    mayRequest: (url) =>
      isLocal(url) || isStore(url) || isStoreSocket(url) || isMadeByThePage(url) || url.startsWith('devtools:'),
    mayOpenOutside: isStore,
    mayUse: (permission, url) => permissions.has(permission) && isStore(url),
    headersFor(url, headers) {
      const has = Object.keys(headers).some((name) => name.toLowerCase() === 'content-security-policy');
      return has || !isStore(url) ? headers : { ...headers, 'Content-Security-Policy': [STORE_CSP] };
    },
  };
}

function parse(url: string | null): URL | null {
  return url === null ? null : URL.parse(url);
}
