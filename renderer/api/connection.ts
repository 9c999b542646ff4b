import { useSyncExternalStore } from 'react';
import { createStore, useStore } from './store.ts';

/**
 * Between this window and the server: `live` hears every change, `connecting` is a blink not worth a word, `lost` has
 * lasted for three seconds. `since` is epoch ms by the server's clock: when the server was last heard.
 */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'lost';
  readonly since: number;
}

const impatient = new Set<() => void>();

/** Somebody does not want to wait for the next attempt. */
export function onTryNow(listener: () => void): () => void {
  impatient.add(listener);
  return () => void impatient.delete(listener);
}

/** How long an answer may take before the server counts as not there. */
export const SILENCE_MS = 3_000;

/** Whether the server answers now. */
export async function isThere(): Promise<boolean> {
  try {
    return (await fetch('/health', { signal: AbortSignal.timeout(SILENCE_MS) })).ok;
  } catch {
    return false;
  }
}

/** Asks the server at once instead of at the next second, and gives up an attempt that hangs. Whether it answered. */
export function tryNow(): Promise<boolean> {
  for (const listener of impatient) listener();
  return isThere();
}

export const connection = createStore<Connection>({ state: 'connecting', since: 0 });
export const useConnection = (): Connection => useStore(connection);
/**
 * The state alone. The server is heard with every fact, a thousand of them after a long import, and only what shows
 * when that was has to be drawn again each time.
 */
export const useConnectionState = (): Connection['state'] =>
  useSyncExternalStore(connection.subscribe, () => connection.get().state);
/** Whether what is on the screen can be changed: nothing can while the server is not there. */
export const useIsLost = (): boolean => useConnectionState() === 'lost';
