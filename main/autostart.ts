import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { Shell } from './shell.ts';

/** Given when the computer starts the app: the server runs, no window opens. */
export const HIDDEN = '--hidden';

/** Whether the app starts with the computer: a login item on Windows and macOS, a file on Linux. */
export interface Autostart {
  isOn(): boolean;
  set(on: boolean): void;
}

/** @param configHome XDG_CONFIG_HOME, where it is set */
export function createAutostart(shell: Pick<Shell, 'about' | 'loginItem'>, configHome: string | undefined): Autostart {
  const { platform, home, executable } = shell.about;
  if (platform !== 'linux') {
    return { isOn: () => shell.loginItem.get([HIDDEN]), set: (on) => shell.loginItem.set(on, [HIDDEN]) };
  }
  // An empty or relative value counts as not set (XDG Base Directory Specification).
  const config = configHome !== undefined && path.isAbsolute(configHome) ? configHome : path.join(home, '.config');
  const file = path.join(config, 'autostart', 'fynlo.desktop');
  return {
    isOn: () => existsSync(file),
    set(on) {
      if (!on) return rmSync(file, { force: true });
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, desktopEntry(executable));
    },
  };
}

/** A Desktop Entry: https://specifications.freedesktop.org/desktop-entry-spec/latest/ */
function desktopEntry(executable: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Fynlo',
    'Comment=The restaurant’s server',
    `Exec=${quoted(executable)} ${HIDDEN}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Quoted for Exec, then escaped as any value of the file is; a percent sign would begin a field code. */
function quoted(text: string): string {
  const forExec = text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${forExec.replaceAll('\\', '\\\\')}"`;
}

/** The line of the menus that switches it. */
export function autostartLine(autostart: Autostart, log: (message: string) => void): MenuItemConstructorOptions {
  return {
    label: 'Start with this computer',
    type: 'checkbox',
    checked: autostart.isOn(),
    click: () => {
      try {
        autostart.set(!autostart.isOn());
      } catch (error) {
        log(`start with this computer could not be changed: ${String(error)}`);
      }
    },
  };
}
