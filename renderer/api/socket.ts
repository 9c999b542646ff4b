import { browser } from './browser.ts';
import { renew } from './client.ts';
import { connection, isThere, onTryNow, SILENCE_MS } from './connection.ts';
import { serverNow } from './server-clock.ts';
import { currentSession, end, onPresence } from './session.ts';

/** A fact as the socket brings it; `fact` is its kind, such as `order.line_voided`. */
export interface LiveEvent {
  readonly fact: string;
  readonly entityId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface LiveListener {
  onFact(event: LiveEvent): void;
  /** What was missed cannot be brought one by one: everything has to be loaded anew. */
  onResync(): void;
}

/** How often the server is asked whether it is there. */
const PULSE_MS = 1_000;
const RETRY_MS = 1_000;

interface Frame {
  readonly type: string;
  readonly cursor?: string;
  readonly data?: Record<string, unknown>;
}

/**
 * Keeps one socket open while somebody is signed in, goes on from where it was after an absence, and says whether the
 * server is there. While nobody is signed in, the server is asked for its health instead.
 */
export function startLive(listener: LiveListener): () => void {
  let socket: WebSocket | null = null;
  let signedInAs: string | null = null;
  let cursor: string | null = null;
  let ready = false;
  let heardAt = browser.monotonic();
  let lookedAt = browser.monotonic();
  let triedAt = Number.NEGATIVE_INFINITY;
  let asking = false;

  const heard = (): void => {
    heardAt = browser.monotonic();
    connection.set({ state: 'live', since: serverNow() });
  };

  function hangUp(): void {
    const old = socket;
    socket = null;
    ready = false;
    old?.close();
  }

  function open(restaurantId: string): void {
    triedAt = browser.monotonic();
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const opened = new WebSocket(`${scheme}://${location.host}/ws/${restaurantId}`);
    socket = opened;
    opened.onopen = () => say({ type: 'authenticate', token: currentSession()?.access ?? '', ...at() });
    opened.onmessage = ({ data }) => {
      if (opened === socket) hear(JSON.parse(String(data)) as Frame);
    };
    opened.onclose = () => {
      if (opened === socket) hangUp();
    };
  }

  const at = (): { cursor?: string } => (cursor === null ? {} : { cursor });
  const say = (message: object): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function hear(frame: Frame): void {
    if (frame.type === 'auth_error') {
      turnedOut(frame.data ?? {});
      return;
    }
    heard();
    if (frame.type === 'authenticated') {
      // The first time there is nothing to go on from: what is on the screen was loaded before the socket listened.
      if (!ready && cursor === null) listener.onResync();
      ready = true;
    }
    if (typeof frame.cursor === 'string') cursor = frame.cursor;
    if (frame.type === 'resync') listener.onResync();
    if (frame.type === 'token_expired') void renewToken();
    const { data } = frame;
    if (typeof data?.['fact'] !== 'string') return;
    const entityId = data['entity_id'];
    listener.onFact({ fact: data['fact'], entityId: typeof entityId === 'string' ? entityId : null, data });
  }

  function turnedOut({ code }: Record<string, unknown>): void {
    hangUp();
    // Signed out from elsewhere, or the token has run out: the refresh says which.
    if (code === 'FORBIDDEN') end('expired');
    else void renewToken();
  }

  async function renewToken(): Promise<void> {
    try {
      await renew();
    } catch {
      // Not reachable just now; the next attempt to open the socket comes back here.
    }
  }

  async function askHealth(): Promise<void> {
    asking = true;
    if (await isThere()) heard();
    asking = false;
  }

  function pulse(): void {
    const now = browser.monotonic();
    // A tab in the background, or a computer that slept, has not listened: that is no silence of the server's.
    if (now - lookedAt > 2 * PULSE_MS + 500) heardAt = now;
    lookedAt = now;
    if (now - heardAt > SILENCE_MS && connection.get().state !== 'lost') {
      connection.set({ state: 'lost', since: connection.get().since });
      hangUp();
    }
    const session = currentSession();
    if (session?.person.id !== signedInAs) {
      signedInAs = session?.person.id ?? null;
      cursor = null;
      hangUp();
    }
    if (session === null) {
      if (!asking) void askHealth();
    } else if (socket !== null) {
      say({ type: 'ping' });
    } else if (now - triedAt >= RETRY_MS - 100) {
      open(session.restaurant.id);
    }
  }

  /** A renewed token goes to the open socket, which would otherwise end with the old one. */
  let access = currentSession()?.access;
  const stopWatching = onPresence(() => {
    const now = currentSession()?.access;
    if (now !== undefined && now !== access && ready && currentSession()?.person.id === signedInAs) {
      say({ type: 'reauth', token: now });
    }
    access = now;
    pulse();
  });
  const stopHurrying = onTryNow(() => {
    if (connection.get().state !== 'lost') return;
    // An attempt may hang for as long as the computer waits for a network that is gone.
    hangUp();
    triedAt = Number.NEGATIVE_INFINITY;
    pulse();
  });
  const timer = setInterval(pulse, PULSE_MS);
  pulse();
  return () => {
    clearInterval(timer);
    stopWatching();
    stopHurrying();
    hangUp();
  };
}
