import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { vi } from 'vitest';

/**
 * Stands in for Electron in tests, under its name. Every fake is typed from the real declarations, so that a call which
 * Electron does not know breaks the type check and not only a test.
 */

class FakeApp extends EventEmitter {
  readonly paths = new Map<string, string>([
    ['appData', '/config'],
    ['home', '/people/owner'],
  ]);
  isPackaged = true;
  setName = vi.fn<Electron.App['setName']>();
  getVersion = vi.fn<Electron.App['getVersion']>(() => '1.2.3');
  getAppPath = vi.fn<Electron.App['getAppPath']>(() => '/opt/Fynlo/resources/app.asar');
  setPath = vi.fn<Electron.App['setPath']>((name, value) => void this.paths.set(name, value));
  getPath = vi.fn<Electron.App['getPath']>((name) => this.paths.get(name) ?? `/${name}`);
  enableSandbox = vi.fn<Electron.App['enableSandbox']>();
  requestSingleInstanceLock = vi.fn<Electron.App['requestSingleInstanceLock']>(() => true);
  whenReady = vi.fn<Electron.App['whenReady']>(async () => undefined);
  quit = vi.fn<Electron.App['quit']>();
  exit = vi.fn<Electron.App['exit']>();
  #loginItem: readonly string[] | null = null;
  /** As on Windows: an item that was set with other arguments is not this one. */
  getLoginItemSettings(
    options: Electron.LoginItemSettingsOptions = {},
  ): Pick<Electron.LoginItemSettings, 'openAtLogin'> {
    return { openAtLogin: this.#loginItem !== null && this.#loginItem.join() === (options.args ?? []).join() };
  }
  setLoginItemSettings({ openAtLogin = false, args = [] }: Electron.Settings): void {
    this.#loginItem = openAtLogin ? args : null;
  }
  commandLine = { hasSwitch: vi.fn<Electron.CommandLine['hasSwitch']>(() => false) };
}
export const app = new FakeApp();

export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined = undefined;
  stdout = new EventEmitter();
  stderr = new EventEmitter();
  postMessage = vi.fn<Electron.UtilityProcess['postMessage']>();
  kill = vi.fn<Electron.UtilityProcess['kill']>(() => true);
}
export const utilityProcess = {
  fork: vi.fn<(...given: Parameters<typeof Electron.utilityProcess.fork>) => FakeUtilityProcess>(
    () => new FakeUtilityProcess(),
  ),
};

export class FakeContents extends EventEmitter {
  reload = vi.fn<Electron.WebContents['reload']>();
  send = vi.fn<Electron.WebContents['send']>();
  setWindowOpenHandler = vi.fn<Electron.WebContents['setWindowOpenHandler']>();
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly webContents = new FakeContents();
  readonly look: Electron.BrowserWindowConstructorOptions;
  loadURL = vi.fn<Electron.BrowserWindow['loadURL']>(async () => undefined);
  show = vi.fn<Electron.BrowserWindow['show']>();
  hide = vi.fn<Electron.BrowserWindow['hide']>();
  focus = vi.fn<Electron.BrowserWindow['focus']>();
  restore = vi.fn<Electron.BrowserWindow['restore']>();
  isMinimized = vi.fn<Electron.BrowserWindow['isMinimized']>(() => false);
  maximize = vi.fn<Electron.BrowserWindow['maximize']>();
  isMaximized = vi.fn<Electron.BrowserWindow['isMaximized']>(() => false);
  close = vi.fn<Electron.BrowserWindow['close']>(() => void this.emit('closed'));
  getNormalBounds = vi.fn<Electron.BrowserWindow['getNormalBounds']>(() => ({ x: 1, y: 2, width: 3, height: 4 }));
  constructor(look: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.look = look;
    BrowserWindow.opened.push(this);
    app.emit('browser-window-created', {}, this);
  }
}

export class Tray extends EventEmitter {
  static readonly shown: Tray[] = [];
  setImage = vi.fn<Electron.Tray['setImage']>();
  setToolTip = vi.fn<Electron.Tray['setToolTip']>();
  setContextMenu = vi.fn<Electron.Tray['setContextMenu']>();
  constructor(_image: unknown) {
    super();
    Tray.shown.push(this);
  }
}

export class Notification {
  static readonly shown: Electron.NotificationConstructorOptions[] = [];
  readonly #options: Electron.NotificationConstructorOptions;
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    this.#options = options;
  }
  show(): void {
    Notification.shown.push(this.#options);
  }
}

export const Menu = {
  setApplicationMenu: vi.fn<typeof Electron.Menu.setApplicationMenu>(),
  buildFromTemplate: vi.fn((template: Electron.MenuItemConstructorOptions[]) => template as never as Electron.Menu),
};
export const nativeImage = {
  createFromBuffer: vi.fn((bytes: Buffer) => bytes as never as Electron.NativeImage),
};
export const dialog = {
  showMessageBox: vi.fn<(options: Electron.MessageBoxOptions) => Promise<Electron.MessageBoxReturnValue>>(async () => ({
    response: 1,
    checkboxChecked: false,
  })),
};
export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = {
  start: vi.fn<Electron.PowerSaveBlocker['start']>(() => 7),
  stop: vi.fn<Electron.PowerSaveBlocker['stop']>(() => true),
};
export const protocol = {
  registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
  handle: vi.fn<Electron.Protocol['handle']>(),
};
const area = { x: 0, y: 0, width: 1920, height: 1040 };
export const screen = {
  getPrimaryDisplay: () => ({ workArea: area }),
  getAllDisplays: () => [{ workArea: area }, { workArea: { ...area, x: 1920 } }],
};
export const session = {
  defaultSession: {
    webRequest: {
      onBeforeRequest: vi.fn<Electron.WebRequest['onBeforeRequest']>(),
      onHeadersReceived: vi.fn<Electron.WebRequest['onHeadersReceived']>(),
    },
    setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
  },
};
export const shell = {
  openExternal: vi.fn<Electron.Shell['openExternal']>(async () => undefined),
  openPath: vi.fn<Electron.Shell['openPath']>(async () => ''),
};
export const crashReporter = { start: vi.fn<Electron.CrashReporter['start']>() };
export const ipcMain = { handle: vi.fn<Electron.IpcMain['handle']>() };
export const ipcRenderer = {
  invoke: vi.fn<Electron.IpcRenderer['invoke']>(async () => 'answered'),
  on: vi.fn<(channel: string, listener: (event: unknown, ...told: unknown[]) => void) => void>(),
};
export const contextBridge = { exposeInMainWorld: vi.fn<Electron.ContextBridge['exposeInMainWorld']>() };
