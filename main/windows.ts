import type { BrowserWindowConstructorOptions } from 'electron';
import { type DesktopState, STATE_CHANGED } from './channels.ts';
import type { Memory } from './memory.ts';
import { LOCAL_ORIGIN } from './policy.ts';
import type { Place, Shell, ShellWindow } from './shell.ts';
import { placeFor, SMALLEST } from './window-place.ts';

export interface WindowsDeps {
  readonly shell: Pick<Shell, 'openWindow' | 'workAreas' | 'notify'>;
  readonly memory: Memory;
  /** Absolute path of the bundled preload. */
  readonly preload: string;
  readonly log: (message: string) => void;
}

const REMEMBER_MS = 500;
const LOAD_AGAIN_MS = 2_000;
/** A page that keeps dying is not loaded for ever: times, within ms. */
const MOST_RELOADS = 3;
const RELOADS_WITHIN_MS = 60_000;

const STARTING = `${LOCAL_ORIGIN}/starting.html`;

/** How every window of ours is made: nothing of Node reaches a page, and a page reaches nothing but the bridge. */
export function windowLook(preload: string, place: Omit<Place, 'maximized'>): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: Math.min(SMALLEST.width, place.width),
    minHeight: Math.min(SMALLEST.height, place.height),
    show: false,
    title: 'Fynlo',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}

/** The manager's window, which is hidden rather than closed, and the window that asks for help. */
export class Windows {
  readonly #deps: WindowsDeps;
  #manager: ShellWindow | null = null;
  #attention: ShellWindow | null = null;
  #wish: string = STARTING;
  /** The server's page, while the server answers. */
  #answering: string | null = null;
  #leaving = false;
  #reloads = 0;

  constructor(deps: WindowsDeps) {
    this.#deps = deps;
  }

  /** Opens the manager's window, or brings it to the front. */
  showManager(): void {
    this.#manager ??= this.#openManager();
    this.#manager.show();
  }

  /** Opens or brings to the front the window with the last lines of the log. */
  showAttention(): void {
    this.#attention ??= this.#openAttention();
    this.#attention.show();
  }

  /** Tells the pages, and leads the manager's window to the server once it answers. */
  stateChanged(state: DesktopState, managerUrl: string | null): void {
    for (const window of [this.#manager, this.#attention]) window?.send(STATE_CHANGED, state);
    const answers = state.phase === 'ready' || state.phase === 'degraded';
    this.#answering = answers ? managerUrl : null;
    this.#follow();
    if (state.phase === 'attention') this.showAttention();
    else if (answers && state.hint === '') this.#attention?.close();
  }

  /** From now on closing a window really closes it. */
  leave(): void {
    this.#leaving = true;
  }

  /** A page of the server's own stays when the server falls: it says so itself, and unsaved work stays with it. */
  #follow(): void {
    if (this.#answering === null || this.#wish === this.#answering) return;
    this.#wish = this.#answering;
    this.#manager?.load(this.#wish);
  }

  #openManager(): ShellWindow {
    const { shell, memory, preload, log } = this.#deps;
    const place = placeFor(memory.read().window, shell.workAreas());
    const { maximized: _maximized, ...bounds } = place;
    const window = shell.openWindow(windowLook(preload, bounds));
    let timer: NodeJS.Timeout | undefined;
    const remember = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => memory.change({ window: window.place() }), REMEMBER_MS);
    };
    window.onPlaced(remember);
    window.onClose((keep) => {
      clearTimeout(timer);
      memory.change({ window: window.place() });
      if (this.#leaving) return;
      keep();
      window.hide();
      this.#sayThatItStays();
    });
    window.onClosed(() => {
      clearTimeout(timer);
      this.#manager = null;
    });
    window.onFailed((url) => {
      if (url.startsWith(LOCAL_ORIGIN)) return;
      log(`the manager's window could not load ${url}`);
      this.#wish = STARTING;
      window.load(STARTING);
      setTimeout(() => this.#follow(), LOAD_AGAIN_MS);
    });
    window.onGone((reason) => {
      log(`the manager's window ended: ${reason}`);
      this.#reload(window);
    });
    if (place.maximized) window.maximize();
    window.load(this.#wish);
    return window;
  }

  #openAttention(): ShellWindow {
    const { shell, preload } = this.#deps;
    const { maximized: _maximized, ...middle } = placeFor(undefined, shell.workAreas());
    const window = shell.openWindow(windowLook(preload, { ...middle, width: 760, height: 560 }));
    window.onClosed(() => {
      this.#attention = null;
    });
    window.load(`${LOCAL_ORIGIN}/attention.html`);
    return window;
  }

  #reload(window: ShellWindow): void {
    this.#reloads += 1;
    if (this.#reloads === 1) setTimeout(() => (this.#reloads = 0), RELOADS_WITHIN_MS).unref();
    if (this.#reloads <= MOST_RELOADS) window.reload();
  }

  #sayThatItStays(): void {
    const { shell, memory } = this.#deps;
    if (memory.read().toldThatItStays) return;
    shell.notify(
      'Fynlo keeps running',
      'iPads and printers go on working. Open the window again from the icon beside the clock; Quit in its menu stops everything.',
    );
    memory.change({ toldThatItStays: true });
  }
}
