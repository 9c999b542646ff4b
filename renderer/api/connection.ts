import { createStore, useStore } from './store.ts';

/**
 * Between this window and the server: `live` hears every change, `connecting` is a blink not worth a word, `lost` has
 * lasted for three seconds. `since` is epoch ms by the server's clock: when the server was last heard.
 */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'lost';
  readonly since: number;
}

export const connection = createStore<Connection>({ state: 'connecting', since: 0 });
export const useConnection = (): Connection => useStore(connection);
/** Whether what is on the screen can be changed: nothing can while the server is not there. */
export const useIsLost = (): boolean => useConnection().state === 'lost';
