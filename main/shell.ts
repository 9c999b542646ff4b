import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, Rectangle } from 'electron';
import type { ToStore } from '#contract/host.ts';
import type { Policy } from './policy.ts';

/** What is known of the computer and of this program before anything starts. */
export interface About {
  readonly version: string;
  readonly platform: NodeJS.Platform;
  /** False when started from a checkout with `npm run desktop`. */
  readonly packaged: boolean;
  /** The folder, or the asar archive, that holds the app. */
  readonly appPath: string;
  readonly userData: string;
  readonly logs: string;
  readonly home: string;
  /** The file to start this program with: the AppImage itself where there is one. */
  readonly executable: string;
  /** What it was started with, without the program's own name. */
  readonly args: readonly string[];
}

/** The store server as a process of its own. */
export interface ForkedServer {
  send(message: ToStore): void;
  /** At once, with no way to object; what it has acknowledged is on disk. */
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  /** Whatever it writes to stdout or stderr. */
  onOutput(listener: (text: string) => void): void;
}

export interface ShellWindow {
  load(url: string): void;
  show(): void;
  hide(): void;
  close(): void;
  reload(): void;
  maximize(): void;
  send(channel: string, payload: unknown): void;
  place(): Place;
  /** `keep` leaves it open. */
  onClose(listener: (keep: () => void) => void): void;
  onClosed(listener: () => void): void;
  onPlaced(listener: () => void): void;
  /** A page could not be loaded; told with its address. */
  onFailed(listener: (url: string) => void): void;
  onGone(listener: (reason: string) => void): void;
}

/** Where a window stands on the desk. */
export interface Place extends Rectangle {
  readonly maximized: boolean;
}

export interface TrayFace {
  /** A PNG of 32 by 32 pixels, drawn at half that size. */
  readonly picture: Uint8Array;
  readonly tooltip: string;
  readonly menu: readonly MenuItemConstructorOptions[];
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The first is what Enter takes; the last is what Escape takes. */
  readonly buttons: readonly string[];
}

/** Who asks over IPC. */
export interface Sender {
  readonly url: string;
  /** Not a frame inside a page. */
  readonly isMainFrame: boolean;
}

export interface LocalFile {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * All that the desktop app needs of Electron, in words of our own: the logic lives in plain classes that are handed this,
 * and electron-shell.ts is the only file that fulfils it.
 */
export interface Shell {
  readonly about: About;
  /** False when this program already runs; that one hears `onSecond`. */
  claimFirst(onSecond: () => void): boolean;
  ready(): Promise<void>;
  /** Somebody or something wants the program to end; `hold` says not yet. */
  onQuit(listener: (hold: () => void) => void): void;
  /** The dock icon was clicked. */
  onActivate(listener: () => void): void;
  quit(): void;
  exit(code: number): void;
  keepCrashDumps(folder: string): void;
  /** A process of ours other than the server ended by itself. */
  onProcessGone(listener: (what: string) => void): void;
  fork(entry: string, args: readonly string[]): ForkedServer;
  openWindow(look: BrowserWindowConstructorOptions): ShellWindow;
  /** What each screen leaves for windows. */
  workAreas(): Rectangle[];
  /** Called again, it changes the icon that is there. */
  showTray(face: TrayFace, onClick: () => void): void;
  setMenu(menu: readonly MenuItemConstructorOptions[]): void;
  /** @returns the place of the button in `buttons` */
  ask(question: Question): Promise<number>;
  notify(title: string, body: string): void;
  showFolder(folder: string): void;
  /** Keeps the system awake; the screen may go dark. */
  keepAwake(on: boolean): void;
  /** The system is about to end: `delay` asks it to wait until the program has left, where that can be asked. */
  onPower(what: { suspend(): void; resume(): void; shutdown(delay: () => void): void }): void;
  /** Windows and macOS; Linux has a file for it. An item is found again only by the arguments it was set with. */
  loginItem: { get(args: readonly string[]): boolean; set(on: boolean, args: readonly string[]): void };
  guard(policy: Policy): void;
  serveLocal(serve: (url: string) => LocalFile): void;
  /** Calls from pages; what is thrown reaches the page as an error without details. */
  answer(channel: string, answer: (from: Sender, payload: unknown) => unknown): void;
}
