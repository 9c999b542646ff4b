import type { AppUpdater } from 'electron-updater';

/** Where updates come from. What it hands over has been checked: its hash, and its signature where the system has one. */
export interface UpdateSource {
  /** Looks for a newer version and fetches it. Never rejects; trouble is told to `onProblem`. */
  check(): Promise<void>;
  /** A newer version is here, whole and verified. */
  onReady(listener: (version: string) => void): void;
  onProblem(listener: (reason: string) => void): void;
  /** Ends this program, puts the new version in its place and starts that. @throws when it cannot be begun */
  install(): void;
}

type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'logger'
  | 'on'
  | 'checkForUpdates'
  | 'quitAndInstall'
>;

/** electron-updater, told to fetch by itself and to install only when it is asked to. */
export function updateSource(updater: Updater): UpdateSource {
  updater.autoDownload = true;
  // Quitting is for a moment's peace or a broken computer, not for an update in mid-service.
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.logger = null;
  return {
    async check() {
      // What goes wrong is told as an event as well.
      await updater.checkForUpdates().then(
        (result) => result?.downloadPromise?.catch(() => undefined),
        () => undefined,
      );
    },
    onReady: (listener) => void updater.on('update-downloaded', ({ version }) => listener(version)),
    onProblem: (listener) => void updater.on('error', (error) => listener(error.message)),
    install: () => updater.quitAndInstall(true, true),
  };
}
