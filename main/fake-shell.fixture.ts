import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import type { Service, ToStore } from '#contract/host.ts';
import type { Policy } from './policy.ts';
import type { About, ForkedServer, LocalFile, Place, Question, Sender, Shell, ShellWindow, TrayFace } from './shell.ts';
import type { UpdateSource } from './update-source.ts';

export const atRest: Service = { open_shifts: 0, open_checks: 0, waiting_slips: 0, read_only: false };

/** A store server that does what the test says. */
export class FakeServer implements ForkedServer {
  readonly sent: ToStore[] = [];
  readonly args: readonly string[];
  readonly entry: string;
  killed = false;
  /** What it answers to a ping; null for silence. */
  service: Service | null = atRest;
  snapshotProblem: string | null = null;
  #message: (message: unknown) => void = () => undefined;
  #exit: (code: number) => void = () => undefined;
  #output: (text: string) => void = () => undefined;

  constructor(entry = '', args: readonly string[] = []) {
    this.entry = entry;
    this.args = args;
  }
  send(message: ToStore): void {
    this.sent.push(message);
    if (message.type === 'snapshot') {
      const problem = this.snapshotProblem;
      this.#message({ type: 'snapshot', n: message.n, name: problem === null ? 'snapshot-7' : null, problem });
    }
    if (message.type === 'ping' && this.service !== null) {
      this.#message({ type: 'pong', n: message.n, service: this.service });
    }
  }
  kill(): void {
    this.killed = true;
    this.#exit(137);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.#exit = listener;
  }
  onOutput(listener: (text: string) => void): void {
    this.#output = listener;
  }
  says(message: unknown): void {
    this.#message(message);
  }
  ready(): void {
    this.says({ type: 'ready', port: 8000, compatPort: 8069, url: 'http://127.0.0.1:8000/' });
  }
  writes(text: string): void {
    this.#output(text);
  }
  exits(code: number): void {
    this.#exit(code);
  }
}

export class FakeWindow implements ShellWindow {
  readonly look: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly told: unknown[] = [];
  shown = 0;
  hidden = 0;
  reloads = 0;
  maximized = false;
  open = true;
  at: Place = { x: 10, y: 20, width: 1000, height: 700, maximized: false };
  readonly #on = new Map<string, (what: never) => void>();

  constructor(look: BrowserWindowConstructorOptions) {
    this.look = look;
  }
  load = (url: string): void => void this.loaded.push(url);
  show = (): void => {
    this.shown += 1;
  };
  hide = (): void => {
    this.hidden += 1;
  };
  reload = (): void => {
    this.reloads += 1;
  };
  maximize = (): void => {
    this.maximized = true;
  };
  send = (_channel: string, payload: unknown): void => void this.told.push(payload);
  place = (): Place => this.at;
  onClose = (listener: (keep: () => void) => void): void => void this.#on.set('close', listener);
  onClosed = (listener: () => void): void => void this.#on.set('closed', listener);
  onPlaced = (listener: () => void): void => void this.#on.set('placed', listener);
  onFailed = (listener: (url: string) => void): void => void this.#on.set('failed', listener);
  onGone = (listener: (reason: string) => void): void => void this.#on.set('gone', listener);
  /** As when somebody clicks the cross, or the app closes it. */
  close(): void {
    let kept = false;
    this.happens('close', () => {
      kept = true;
    });
    if (kept) return;
    this.open = false;
    this.happens('closed', undefined);
  }
  happens(what: string, told: unknown): void {
    this.#on.get(what)?.(told as never);
  }
}

/** A desk with nobody at it: everything the app asks of Electron is written down here. */
export class FakeShell implements Shell {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'fynlo-desktop-'));
  about: About = {
    version: '1.2.3',
    platform: 'linux',
    packaged: true,
    appPath: path.join(this.folder, 'resources/app.asar'),
    userData: path.join(this.folder, 'data'),
    logs: path.join(this.folder, 'data/logs'),
    home: path.join(this.folder, 'home'),
    executable: '/opt/Fynlo/fynlo',
    args: [],
  };
  first = true;
  readonly servers: FakeServer[] = [];
  readonly windows: FakeWindow[] = [];
  readonly trays: TrayFace[] = [];
  readonly menus: (readonly MenuItemConstructorOptions[])[] = [];
  readonly asked: Question[] = [];
  readonly notified: string[] = [];
  readonly shownFolders: string[] = [];
  readonly awake: boolean[] = [];
  readonly answers = new Map<string, (from: Sender, payload: unknown) => unknown>();
  readonly exits: number[] = [];
  answerTo: (question: Question) => number = () => 0;
  policy: Policy | null = null;
  serve: ((url: string) => LocalFile) | null = null;
  dumps = '';
  secondStart = (): void => undefined;
  activate = (): void => undefined;
  power = {
    suspend: (): void => undefined,
    resume: (): void => undefined,
    shutdown: (_delay: () => void): void => undefined,
  };
  processGone = (_what: string): void => undefined;
  /** How often the program really ended. */
  quits = 0;
  #quit = (_hold: () => void): void => undefined;
  #login: readonly string[] | null = null;

  claimFirst(onSecond: () => void): boolean {
    this.secondStart = onSecond;
    return this.first;
  }
  ready = async (): Promise<void> => undefined;
  onQuit = (listener: (hold: () => void) => void): void => {
    this.#quit = listener;
  };
  onActivate = (listener: () => void): void => {
    this.activate = listener;
  };
  quit = (): void => {
    let held = false;
    this.#quit(() => {
      held = true;
    });
    if (!held) this.quits += 1;
  };
  exit = (code: number): void => void this.exits.push(code);
  keepCrashDumps = (folder: string): void => {
    this.dumps = folder;
  };
  onProcessGone = (listener: (what: string) => void): void => {
    this.processGone = listener;
  };
  fork = (entry: string, args: readonly string[]): FakeServer => {
    const server = new FakeServer(entry, args);
    this.servers.push(server);
    return server;
  };
  openWindow = (look: BrowserWindowConstructorOptions): FakeWindow => {
    const window = new FakeWindow(look);
    this.windows.push(window);
    return window;
  };
  workAreas = () => [{ x: 0, y: 0, width: 1920, height: 1040 }];
  showTray = (face: TrayFace): void => void this.trays.push(face);
  setMenu = (menu: readonly MenuItemConstructorOptions[]): void => void this.menus.push(menu);
  ask = async (question: Question): Promise<number> => {
    this.asked.push(question);
    return this.answerTo(question);
  };
  notify = (title: string): void => void this.notified.push(title);
  showFolder = (folder: string): void => void this.shownFolders.push(folder);
  keepAwake = (on: boolean): void => void this.awake.push(on);
  onPower = (what: typeof this.power): void => {
    this.power = what;
  };
  loginItem = {
    get: (args: readonly string[]) => this.#login !== null && this.#login.join() === args.join(),
    set: (on: boolean, args: readonly string[]) => {
      this.#login = on ? args : null;
    },
  };
  guard = (policy: Policy): void => {
    this.policy = policy;
  };
  serveLocal = (serve: (url: string) => LocalFile): void => {
    this.serve = serve;
  };
  answer = (channel: string, answer: (from: Sender, payload: unknown) => unknown): void =>
    void this.answers.set(channel, answer);

  /** What the line of the tray's newest menu does. */
  click(label: string): void {
    const line = this.trays.at(-1)?.menu.find((one) => one.label === label);
    if (line?.click === undefined) throw new Error(`The tray has no line ${label}`);
    (line.click as () => void)();
  }
  tidy(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Where updates come from, in a test. */
export class FakeUpdates implements UpdateSource {
  checks = 0;
  installs = 0;
  failing = '';
  #ready = (_version: string): void => undefined;
  #problem = (_reason: string): void => undefined;
  check = async (): Promise<void> => {
    this.checks += 1;
  };
  onReady = (listener: (version: string) => void): void => {
    this.#ready = listener;
  };
  onProblem = (listener: (reason: string) => void): void => {
    this.#problem = listener;
  };
  install = (): void => {
    if (this.failing !== '') throw new Error(this.failing);
    this.installs += 1;
  };
  arrives = (version: string): void => this.#ready(version);
  fails = (reason: string): void => this.#problem(reason);
}
