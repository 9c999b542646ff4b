import path from 'node:path';
import * as electron from 'electron';
import { serverOf } from './electron-server.ts';
import { windowOf } from './electron-window.ts';
import { guardContents, guardSession } from './guard.ts';
import { LOCAL_ORIGIN } from './policy.ts';
import type { Shell } from './shell.ts';

/** The one file that touches Electron: every line passes something on, and nothing here decides. */
const { app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, powerMonitor, powerSaveBlocker, protocol } = electron;

/** Before `ready`: the name, the folder (the single-instance lock lives there), the sandbox, our own scheme. */
export function electronShell(): Shell {
  app.setName('Fynlo');
  const ownFolder = app.commandLine.hasSwitch('user-data-dir');
  const folder = app.isPackaged ? 'Fynlo' : 'Fynlo from a checkout';
  if (!ownFolder) app.setPath('userData', path.join(app.getPath('appData'), folder));
  app.enableSandbox();
  const [scheme = ''] = LOCAL_ORIGIN.split(':');
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
  let tray: electron.Tray | null = null;
  let blocker: number | null = null;
  return {
    about: {
      version: app.getVersion(),
      platform: process.platform,
      packaged: app.isPackaged,
      appPath: app.getAppPath(),
      userData: app.getPath('userData'),
      logs: path.join(app.getPath('userData'), 'logs'),
      home: app.getPath('home'),
      executable: process.env['APPIMAGE'] ?? process.execPath,
      args: process.argv.slice(app.isPackaged ? 1 : 2),
    },
    claimFirst: (onSecond) => app.requestSingleInstanceLock() && app.on('second-instance', onSecond) !== undefined,
    ready: () => app.whenReady(),
    onQuit: (listener) => {
      app.on('before-quit', (event) => listener(() => event.preventDefault()));
      app.on('window-all-closed', () => undefined);
    },
    onActivate: (listener) => void app.on('activate', listener),
    quit: () => app.quit(),
    exit: (code) => app.exit(code),
    keepCrashDumps: (dumps) => {
      app.setPath('crashDumps', dumps);
      electron.crashReporter.start({ uploadToServer: false });
    },
    onProcessGone: (listener) =>
      void app.on('child-process-gone', (_event, { type, reason, name }) => listener(`${name ?? type}: ${reason}`)),
    fork: (entry, args) => {
      const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe'];
      return serverOf(electron.utilityProcess.fork(entry, [...args], { stdio, serviceName: 'Fynlo store server' }));
    },
    openWindow: (look) => windowOf(new BrowserWindow(look)),
    workAreas: () =>
      [electron.screen.getPrimaryDisplay(), ...electron.screen.getAllDisplays()].map((it) => it.workArea),
    showTray: ({ picture, tooltip, menu }, onClick) => {
      const image = nativeImage.createFromBuffer(Buffer.from(picture), { scaleFactor: 2 });
      tray ??= new electron.Tray(image).on('click', onClick);
      tray.setImage(image);
      tray.setToolTip(tooltip);
      tray.setContextMenu(Menu.buildFromTemplate([...menu]));
    },
    setMenu: (menu) => Menu.setApplicationMenu(Menu.buildFromTemplate([...menu])),
    ask: async ({ buttons, ...words }) =>
      (await dialog.showMessageBox({ ...words, buttons: [...buttons], defaultId: 0, cancelId: buttons.length - 1 }))
        .response,
    notify: (title, body) => new electron.Notification({ title, body }).show(),
    showFolder: (where) => void electron.shell.openPath(where),
    keepAwake: (on) => {
      if (blocker !== null) powerSaveBlocker.stop(blocker);
      blocker = on ? powerSaveBlocker.start('prevent-app-suspension') : null;
    },
    onPower: ({ suspend, resume, shutdown }) => {
      powerMonitor.on('suspend', suspend);
      powerMonitor.on('resume', resume);
      // Its declaration leaves out the event, and describes it.
      powerMonitor.on('shutdown', (event?: electron.Event) => shutdown(() => event?.preventDefault()));
      // Windows tells it to windows only, and no longer waits then.
      app.on('browser-window-created', (_event, window) => window.on('session-end', () => shutdown(() => undefined)));
    },
    loginItem: {
      get: (args) => app.getLoginItemSettings({ args: [...args] }).openAtLogin,
      set: (openAtLogin, args) => app.setLoginItemSettings({ openAtLogin, args: [...args] }),
    },
    guard: (policy) => {
      guardSession(electron.session.defaultSession, policy);
      guardContents(app, policy, (url) => void electron.shell.openExternal(url));
    },
    serveLocal: (serve) => {
      protocol.handle(scheme, ({ url }) => {
        const { status, body, headers } = serve(url);
        return new Response(typeof body === 'string' ? body : Buffer.from(body), { status, headers });
      });
    },
    answer: (channel, answer) =>
      ipcMain.handle(channel, ({ senderFrame: frame }, payload: unknown) =>
        answer({ url: frame?.url ?? '', isMainFrame: frame?.parent === null }, payload),
      ),
  };
}
