import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Electron from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import * as fake from '../test/stubs/electron.ts';
import { serverOf } from './electron-server.ts';
import { electronShell } from './electron-shell.ts';
import { createPolicy } from './policy.ts';
import { windowLook } from './windows.ts';

beforeEach(() => {
  vi.clearAllMocks();
  fake.app.removeAllListeners();
  fake.powerMonitor.removeAllListeners();
  fake.app.commandLine.hasSwitch.mockReturnValue(false);
});

test('before anything else: the name, the folder that holds the lock, the sandbox, our own scheme', () => {
  const { about } = electronShell();
  expect(fake.app.setPath).toHaveBeenCalledWith('userData', path.join('/config', 'Fynlo'));
  expect(fake.app.enableSandbox).toHaveBeenCalledOnce();
  expect(fake.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
  expect(about).toMatchObject({ version: '1.2.3', packaged: true, userData: path.join('/config', 'Fynlo') });
});

test('a folder named on the command line stays, and a checkout has a lock of its own', () => {
  fake.app.commandLine.hasSwitch.mockImplementation((name) => name === 'user-data-dir');
  electronShell();
  expect(fake.app.setPath).not.toHaveBeenCalled();
  fake.app.commandLine.hasSwitch.mockReturnValue(false);
  fake.app.isPackaged = false;
  electronShell();
  expect(fake.app.setPath).toHaveBeenCalledWith('userData', path.join('/config', 'Fynlo from a checkout'));
  fake.app.isPackaged = true;
});

test('life: one instance, quitting can be held back, no window closed ends the program', async () => {
  const shell = electronShell();
  const second = vi.fn();
  expect(shell.claimFirst(second)).toBe(true);
  fake.app.emit('second-instance');
  expect(second).toHaveBeenCalledOnce();
  fake.app.requestSingleInstanceLock.mockReturnValueOnce(false);
  expect(shell.claimFirst(second)).toBe(false);

  shell.onQuit((hold) => hold());
  const event = { preventDefault: vi.fn() };
  fake.app.emit('before-quit', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(fake.app.listenerCount('window-all-closed')).toBe(1);
  fake.app.emit('window-all-closed');

  const active = vi.fn();
  shell.onActivate(active);
  fake.app.emit('activate');
  expect(active).toHaveBeenCalledOnce();
  await shell.ready();
  shell.quit();
  shell.exit(3);
  expect(fake.app.exit).toHaveBeenCalledWith(3);
});

test('crash reports stay on this computer', () => {
  const shell = electronShell();
  shell.keepCrashDumps('/dumps');
  expect(fake.crashReporter.start).toHaveBeenCalledWith({ uploadToServer: false });
  const gone: string[] = [];
  shell.onProcessGone((what) => gone.push(what));
  fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
  fake.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'oom', name: 'Fynlo store server' });
  expect(gone).toEqual(['GPU: crashed', 'Fynlo store server: oom']);
});

test('the store server runs in a utility process, whose output is read and whose stdin is closed', () => {
  const server = electronShell().fork('/entry.mjs', ['--demo']);
  expect(fake.utilityProcess.fork).toHaveBeenCalledWith('/entry.mjs', ['--demo'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: 'Fynlo store server',
  });
  const child = fake.utilityProcess.fork.mock.results[0]?.value as fake.FakeUtilityProcess;
  const heard: unknown[] = [];
  server.onMessage((message) => heard.push(message));
  server.onExit((code) => heard.push(code));
  server.onOutput((text) => heard.push(text));
  child.emit('message', { type: 'bye' });
  child.stderr.emit('data', Buffer.from('words'));
  child.emit('exit', 0);
  expect(heard).toEqual([{ type: 'bye' }, 'words', 0]);
  server.send({ type: 'shutdown' });
  expect(child.postMessage).toHaveBeenCalledWith({ type: 'shutdown' });
  server.kill();
  expect(child.kill).toHaveBeenCalledOnce();
});

test('a server that does not listen is ended outright', () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const child = new fake.FakeUtilityProcess();
  child.pid = 4711;
  serverOf(child as never).kill();
  expect(kill).toHaveBeenCalledWith(4711, 'SIGKILL');
  kill.mockRestore();
});

test('a window: what happens to it is passed on, both ways', async () => {
  const shell = electronShell();
  const look = windowLook('/preload.cjs', { x: 0, y: 0, width: 1000, height: 700 });
  const window = shell.openWindow(look);
  const real = fake.BrowserWindow.opened.at(-1) as fake.BrowserWindow;
  expect(real.look).toBe(look);
  real.loadURL.mockRejectedValueOnce(new Error('ERR_CONNECTION_REFUSED'));
  window.load('http://127.0.0.1:8000/manager');
  real.isMinimized.mockReturnValueOnce(true);
  window.show();
  expect(real.restore).toHaveBeenCalledOnce();
  window.hide();
  window.maximize();
  window.reload();
  window.send('channel', 1);
  expect(real.webContents.send).toHaveBeenCalledWith('channel', 1);
  expect(window.place()).toEqual({ x: 1, y: 2, width: 3, height: 4, maximized: false });

  const heard: unknown[] = [];
  window.onClose((keep) => keep());
  window.onClosed(() => heard.push('closed'));
  window.onPlaced(() => heard.push('placed'));
  window.onFailed((url) => heard.push(url));
  window.onGone((reason) => heard.push(reason));
  const event = { preventDefault: vi.fn() };
  real.emit('close', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  real.emit('move');
  real.emit('resize');
  real.webContents.emit('did-fail-load', {}, -102, 'REFUSED', 'http://127.0.0.1:8000/', true);
  real.webContents.emit('did-fail-load', {}, -3, 'ABORTED', 'http://127.0.0.1:8000/', true);
  real.webContents.emit('did-fail-load', {}, -102, 'REFUSED', 'http://127.0.0.1:8000/frame', false);
  real.webContents.emit('render-process-gone', {}, { reason: 'oom' });
  window.close();
  expect(heard).toEqual(['placed', 'placed', 'http://127.0.0.1:8000/', 'oom', 'closed']);
});

test('the tray is made once and kept: the collector would take it off the screen', () => {
  const shell = electronShell();
  const face = { picture: new Uint8Array([1]), tooltip: 'all well', menu: [{ label: 'Open' }] };
  const clicked = vi.fn();
  shell.showTray(face, clicked);
  shell.showTray({ ...face, tooltip: 'not so well' }, clicked);
  expect(fake.Tray.shown).toHaveLength(1);
  expect(fake.Tray.shown[0]?.setToolTip).toHaveBeenLastCalledWith('not so well');
  fake.Tray.shown[0]?.emit('click');
  expect(clicked).toHaveBeenCalledOnce();
  shell.setMenu([{ label: 'Fynlo' }]);
  expect(fake.Menu.setApplicationMenu).toHaveBeenCalledWith([{ label: 'Fynlo' }]);
});

test('words, folders and screens', async () => {
  const shell = electronShell();
  expect(await shell.ask({ message: 'Quit?', detail: '', buttons: ['No', 'Yes'] })).toBe(1);
  expect(fake.dialog.showMessageBox).toHaveBeenCalledWith({
    message: 'Quit?',
    detail: '',
    buttons: ['No', 'Yes'],
    defaultId: 0,
    cancelId: 1,
  });
  shell.notify('Fynlo', 'keeps running');
  expect(fake.Notification.shown).toEqual([{ title: 'Fynlo', body: 'keeps running' }]);
  shell.showFolder('/logs');
  expect(fake.shell.openPath).toHaveBeenCalledWith('/logs');
  expect(shell.workAreas()).toHaveLength(3);
});

test('power: kept awake once at a time, and told of sleep, waking and the end', () => {
  const shell = electronShell();
  shell.keepAwake(true);
  expect(fake.powerSaveBlocker.start).toHaveBeenCalledWith('prevent-app-suspension');
  shell.keepAwake(false);
  shell.keepAwake(false);
  expect(fake.powerSaveBlocker.stop).toHaveBeenCalledExactlyOnceWith(7);
  const heard: string[] = [];
  const note = (what: string) => () => void heard.push(what);
  const shutdown = (delay: () => void): void => {
    heard.push('shutdown');
    delay();
  };
  shell.onPower({ suspend: note('suspend'), resume: note('resume'), shutdown });
  for (const event of ['suspend', 'resume']) fake.powerMonitor.emit(event);
  fake.powerMonitor.emit('shutdown', { preventDefault: note('the system waits') });
  new fake.BrowserWindow().emit('session-end', { preventDefault: note('Windows would not wait') });
  expect(heard).toEqual(['suspend', 'resume', 'shutdown', 'the system waits', 'shutdown']);
});

test('the login item of Windows and macOS', () => {
  const { loginItem } = electronShell();
  expect(loginItem.get(['--hidden'])).toBe(false);
  loginItem.set(true, ['--hidden']);
  expect(loginItem.get(['--hidden'])).toBe(true);
  loginItem.set(false, ['--hidden']);
  expect(loginItem.get(['--hidden'])).toBe(false);
});

test('pages of the app come from its own scheme, and whatever they ask names its sender', async () => {
  const shell = electronShell();
  shell.serveLocal((url) => ({ status: 200, body: url, headers: { 'X-Ours': 'yes' } }));
  const [scheme, serve] = fake.protocol.handle.mock.calls[0] ?? [];
  expect(scheme).toBe('app');
  const answer = await serve?.({ url: 'app://fynlo/starting.html' } as GlobalRequest);
  expect([await answer?.text(), answer?.headers.get('x-ours')]).toEqual(['app://fynlo/starting.html', 'yes']);

  const asked: unknown[] = [];
  shell.answer('channel', (from, payload) => asked.push(from, payload));
  const [, handle] = fake.ipcMain.handle.mock.calls[0] ?? [];
  const frame = (url: string, parent: object | null) =>
    ({ senderFrame: { url, parent } }) as Electron.IpcMainInvokeEvent;
  await handle?.(frame('app://fynlo/', null), 'one');
  await handle?.(frame('app://fynlo/', {}), 'two');
  await handle?.({ senderFrame: null } as Electron.IpcMainInvokeEvent, 'three');
  expect(asked).toEqual([
    { url: 'app://fynlo/', isMainFrame: true },
    'one',
    { url: 'app://fynlo/', isMainFrame: false },
    'two',
    { url: '', isMainFrame: false },
    'three',
  ]);
});

test('the policy stands between every page and the world', () => {
  electronShell().guard(createPolicy(() => 'http://127.0.0.1:8000/'));
  const { defaultSession } = fake.session;
  const requests = defaultSession.webRequest.onBeforeRequest.mock.calls[0]?.[0] as never as (
    details: { url: string },
    answer: (verdict: { cancel: boolean }) => void,
  ) => void;
  const cancelled = (url: string): boolean => {
    let result = false;
    requests({ url }, ({ cancel }) => {
      result = cancel;
    });
    return result;
  };
  expect(cancelled('http://127.0.0.1:8000/api/v1/menu')).toBe(false);
  expect(cancelled('https://elsewhere.example/script.js')).toBe(true);

  const headers = defaultSession.webRequest.onHeadersReceived.mock.calls[0]?.[0] as never as (
    details: { url: string; responseHeaders?: Record<string, string[]> },
    answer: (verdict: { responseHeaders: Record<string, string[]> }) => void,
  ) => void;
  const answered = vi.fn();
  headers({ url: 'http://127.0.0.1:8000/manager' }, answered);
  expect(answered.mock.calls[0]?.[0].responseHeaders['Content-Security-Policy'][0]).toContain("default-src 'self'");

  const permission = vi.fn();
  const request = defaultSession.setPermissionRequestHandler.mock.calls[0]?.[0];
  request?.({} as never, 'geolocation', permission, { requestingUrl: 'http://127.0.0.1:8000/' } as never);
  expect(permission).toHaveBeenCalledWith(false);
  const check = defaultSession.setPermissionCheckHandler.mock.calls[0]?.[0];
  expect(check?.(null, 'clipboard-sanitized-write' as never, 'http://127.0.0.1:8000/', {} as never)).toBe(true);
  expect(defaultSession.setDevicePermissionHandler.mock.calls[0]?.[0]?.({} as never)).toBe(false);
});

test('a page stays where it belongs, opens no window of ours and embeds nobody', () => {
  electronShell().guard(createPolicy(() => 'http://127.0.0.1:8000/'));
  const contents = new fake.FakeContents();
  fake.app.emit('web-contents-created', {}, contents);
  const goes = (event: string, url: string): boolean => {
    const preventDefault = vi.fn();
    contents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 0;
  };
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect(goes(event, 'http://127.0.0.1:8000/manager/menu'), event).toBe(true);
    expect(goes(event, 'https://elsewhere.example/'), event).toBe(false);
  }
  expect(goes('will-attach-webview', 'app://fynlo/')).toBe(false);
  const open = contents.setWindowOpenHandler.mock.calls[0]?.[0];
  expect(open?.({ url: 'https://elsewhere.example/' } as never)).toEqual({ action: 'deny' });
  expect(fake.shell.openExternal).not.toHaveBeenCalled();
  expect(open?.({ url: 'http://127.0.0.1:8000/docs' } as never)).toEqual({ action: 'deny' });
  expect(fake.shell.openExternal).toHaveBeenCalledWith('http://127.0.0.1:8000/docs');
});

test('every window of the app is made as it should be: there is one place that makes them, and one look', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => /(?<!test|fixture)\.ts$/.test(name));
  const making = sources.filter((name) =>
    readFileSync(path.join(import.meta.dirname, name), 'utf8').includes('new BrowserWindow'),
  );
  expect(making).toEqual(['electron-shell.ts']);
  const { webPreferences } = windowLook('/preload.cjs', { x: 0, y: 0, width: 1000, height: 700 });
  expect(webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the preload shows a page the bridge and nothing else', async () => {
  await import('./preload.ts');
  const { channels, STATE_CHANGED } = await import('./channels.ts');
  const [name, bridge] = fake.contextBridge.exposeInMainWorld.mock.calls[0] ?? [];
  const offered = ['state', 'onState', 'act', 'lastBackup', 'goBack', 'autostart', 'setAutostart', 'wayIn'];
  expect([name, Object.keys(bridge)]).toEqual(['fynlo', offered]);
  await bridge.state();
  await bridge.act('start-server');
  await bridge.lastBackup();
  await bridge.goBack('20250618T181500Z-1041');
  await bridge.autostart();
  await bridge.setAutostart(true);
  await bridge.wayIn();
  expect(fake.ipcRenderer.invoke.mock.calls).toEqual([
    [channels.readState],
    [channels.act, 'start-server'],
    [channels.readLastBackup],
    [channels.goBack, '20250618T181500Z-1041'],
    [channels.readAutostart],
    [channels.setAutostart, true],
    [channels.readWayIn],
  ]);
  const told: unknown[] = [];
  bridge.onState((state: unknown) => told.push(state));
  const [channel, listener] = fake.ipcRenderer.on.mock.calls[0] ?? [];
  listener?.(new EventEmitter(), { phase: 'ready' });
  expect([channel, told]).toEqual([STATE_CHANGED, [{ phase: 'ready' }]]);
});
