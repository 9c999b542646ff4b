import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActs {
  openManager(): void;
  showLogs(): void;
  quit(): void;
}

/**
 * The menu bar with its shortcuts. Ctrl or Cmd and a letter belong to the manager's window, so the app takes only those
 * that every program has.
 * @param more lines for the first menu: start with the computer, updates
 * @param packaged developer tools are only for those who started from a checkout
 */
export function menuBar(
  { openManager, showLogs, quit }: MenuActs,
  more: readonly MenuItemConstructorOptions[],
  packaged: boolean,
): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = packaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    {
      label: 'Fynlo',
      submenu: [
        { role: 'about' },
        { label: 'Open the manager’s window', accelerator: 'CmdOrCtrl+Shift+M', click: openManager },
        { type: 'separator' },
        ...more,
        { type: 'separator' },
        { label: 'Quit…', accelerator: 'CmdOrCtrl+Q', click: quit },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...tools,
      ],
    },
    { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
    { label: 'Help', submenu: [{ label: 'Show the log files', click: showLogs }] },
  ];
}
