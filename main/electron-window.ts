import type { BrowserWindow } from 'electron';
import type { ShellWindow } from './shell.ts';

/** What Chromium calls a load that gave way to another. */
const ABORTED = -3;

/** A window of Electron's as the rest of the app sees it. */
export function windowOf(window: BrowserWindow): ShellWindow {
  const contents = window.webContents;
  return {
    // A page that could not be loaded is told to onFailed.
    load: (url) => void window.loadURL(url).catch(() => undefined),
    show: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide: () => window.hide(),
    close: () => window.close(),
    reload: () => contents.reload(),
    maximize: () => window.maximize(),
    send: (channel, payload) => contents.send(channel, payload),
    place: () => ({ ...window.getNormalBounds(), maximized: window.isMaximized() }),
    onClose: (listener) => void window.on('close', (event) => listener(() => event.preventDefault())),
    onClosed: (listener) => void window.on('closed', listener),
    onPlaced: (listener) => {
      window.on('resize', listener);
      window.on('move', listener);
    },
    onFailed: (listener) =>
      void contents.on('did-fail-load', (_event, code, _words, url, isMainFrame) => {
        if (isMainFrame && code !== ABORTED) listener(url);
      }),
    onGone: (listener) => void contents.on('render-process-gone', (_event, { reason }) => listener(reason)),
  };
}
