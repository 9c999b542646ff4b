import type { MenuItemConstructorOptions } from 'electron';
import type { TrayFace } from './shell.ts';
import type { ServerState } from './supervisor.ts';
import { type TrayShape, trayPicture } from './tray-picture.ts';
import { tooltip } from './words.ts';

/** What the tray's menu can do. */
export interface TrayActs {
  openManager(): void;
  openAttention(): void;
  startServer(): void;
  quit(): void;
}

const faces: Readonly<Record<ServerState['phase'], { shape: TrayShape; colour: [number, number, number] }>> = {
  ready: { shape: 'solid', colour: [0x2b, 0x8a, 0x3e] },
  starting: { shape: 'half', colour: [0xe6, 0x77, 0x00] },
  degraded: { shape: 'half', colour: [0xe6, 0x77, 0x00] },
  stopping: { shape: 'half', colour: [0xe6, 0x77, 0x00] },
  stopped: { shape: 'outline', colour: [0xc9, 0x2a, 0x2a] },
  attention: { shape: 'outline', colour: [0xc9, 0x2a, 0x2a] },
};

/** The shape alone, for those who do not see the colour. */
export const trayShape = (phase: ServerState['phase']): TrayShape => faces[phase].shape;

/**
 * The tray's icon, its sentence and its menu.
 * @param more further lines of the menu: start with the computer, updates
 */
export function trayFace(state: ServerState, acts: TrayActs, more: readonly MenuItemConstructorOptions[]): TrayFace {
  const { shape, colour } = faces[state.phase];
  const needsHelp = state.phase === 'attention' || state.phase === 'stopped';
  const help: MenuItemConstructorOptions[] = [
    { label: 'Start the server', click: acts.startServer },
    { label: 'What went wrong', click: acts.openAttention },
  ];
  return {
    picture: trayPicture(shape, colour),
    tooltip: tooltip(state),
    menu: [
      { label: tooltip(state), enabled: false },
      { type: 'separator' },
      { label: 'Open Fynlo', click: acts.openManager },
      ...(needsHelp ? help : []),
      ...more,
      { type: 'separator' },
      { label: 'Quit Fynlo…', click: acts.quit },
    ],
  };
}
