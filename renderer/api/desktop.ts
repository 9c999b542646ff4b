import type { DesktopBridge, DesktopState } from '../../main/channels.ts';
import { createStore, useStore } from './store.ts';

declare global {
  interface Window {
    readonly fynlo?: DesktopBridge;
  }
}

/** The desktop app around this window; absent in a browser. */
const bridge = window.fynlo;
const state = createStore<DesktopState | null>(null);
bridge?.onState(state.set);
bridge?.state().then(state.set, () => undefined);

export interface Desktop {
  /** What the app knows of the server on this computer; null until it has said so. */
  readonly state: DesktopState | null;
  /** Starts the server when it does not run. Rejects when the app does not let this page. */
  startServer(): Promise<void>;
  /** Opens the folder with the logs. */
  showLogs(): Promise<void>;
  /** Whether the app starts with the computer. */
  autostart(): Promise<boolean>;
  /** Switches it; what it is then. Rejects where the computer does not allow it. */
  setAutostart(on: boolean): Promise<boolean>;
}

/** What the desktop app says and does; null in a browser, where nothing of the kind is there. */
export function useDesktop(): Desktop | null {
  const known = useStore(state);
  if (bridge === undefined) return null;
  const { autostart, setAutostart } = bridge;
  return {
    state: known,
    startServer: () => bridge.act('start-server'),
    showLogs: () => bridge.act('show-logs'),
    autostart,
    setAutostart,
  };
}
