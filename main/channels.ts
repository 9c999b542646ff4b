import type { LastBackup, WayIn } from '#contract/host.ts';

export type { LastBackup, WayIn };

/**
 * All that a page may say to the app, and the one thing it is told. The preload knows these names and nothing more; who
 * may use which, and with what, stands in ipc.ts.
 */
export const channels = {
  readState: 'desktop:read-state',
  act: 'desktop:act',
  readWayIn: 'desktop:read-way-in',
  readLastBackup: 'desktop:read-last-backup',
  goBack: 'desktop:go-back',
  readAutostart: 'desktop:read-autostart',
  setAutostart: 'desktop:set-autostart',
} as const;

/** Pushed to the pages whenever it changes. */
export const STATE_CHANGED = 'desktop:state-changed';

/** What a person can do about a server that does not run. */
export const acts = ['start-server', 'show-logs', 'quit'] as const;
export type Act = (typeof acts)[number];

/** What a page shows of the server on this computer. */
export interface DesktopState {
  readonly phase: 'starting' | 'ready' | 'degraded' | 'stopping' | 'stopped' | 'attention';
  /** One sentence for people. */
  readonly sentence: string;
  /** What to do about it; empty when nothing has to be done. */
  readonly hint: string;
  /** The last lines of the log, the newest last; only while it needs attention. */
  readonly lines: readonly string[];
  readonly version: string;
  /** It falls again and again: going back to a backup may help. */
  readonly falls: boolean;
}

/** `window.fynlo` in the app's pages and in the manager's window. */
export interface DesktopBridge {
  state(): Promise<DesktopState>;
  onState(listener: (state: DesktopState) => void): void;
  act(what: Act): Promise<void>;
  /** How somebody gets in the first time; null while the server has not said. For the manager's window alone. */
  wayIn(): Promise<WayIn | null>;
  /** What one could go back to, and what would be lost; null when there is nothing. For the app's own pages alone. */
  lastBackup(): Promise<LastBackup | null>;
  /** Goes back to it and starts the server. Rejects with a sentence when that was not possible. For those pages too. */
  goBack(name: string): Promise<void>;
  /** Whether the app starts with the computer. For the manager's window alone, like the next one. */
  autostart(): Promise<boolean>;
  /** Switches it, and answers with what it is then. Rejects where the computer does not allow it. */
  setAutostart(on: boolean): Promise<boolean>;
}
