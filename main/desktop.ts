import path from 'node:path';
import { type Autostart, autostartLine, createAutostart, HIDDEN } from './autostart.ts';
import type { Act, DesktopState } from './channels.ts';
import { CrashReports } from './crash-reports.ts';
import { answerPages } from './ipc.ts';
import { leaving } from './leaving.ts';
import { createLocalPages } from './local-pages.ts';
import { Memory } from './memory.ts';
import { menuBar } from './menu.ts';
import { createPolicy } from './policy.ts';
import { watchPower } from './power.ts';
import { Rescue } from './rescue.ts';
import { RotatingFile } from './rotating-file.ts';
import { serverArguments } from './server-arguments.ts';
import type { Shell } from './shell.ts';
import { Supervisor } from './supervisor.ts';
import { trayFace } from './tray.ts';
import type { UpdateSource } from './update-source.ts';
import { UpdateSteward } from './update-steward.ts';
import { Windows } from './windows.ts';
import { inWords } from './words.ts';

export interface DesktopDeps {
  readonly shell: Shell;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch ms. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** Whether the server at this address is healthy. Never rejects. */
  readonly probe: (url: string) => Promise<boolean>;
  /** Made once the app is ready; a checkout has none. */
  readonly updates: () => UpdateSource;
}

export interface Desktop {
  readonly supervisor: Supervisor;
  /** Something broke that nobody caught: noted here, while the restaurant goes on. */
  broke(error: unknown): void;
}

/**
 * The desktop app: one instance, the supervised store server, its tray, its windows. Reading it is the tour.
 * @returns null when the app already runs; that one comes to the front instead
 */
export async function openDesktop({ shell, env, now, chance, probe, updates }: DesktopDeps): Promise<Desktop | null> {
  const { about } = shell;
  // 1. One instance only: two would fight for the same data folder.
  let comeToFront = (): void => undefined;
  if (!shell.claimFirst(() => comeToFront())) {
    shell.exit(0);
    return null;
  }

  // 2. What is written down, on this computer only.
  const ownLog = new RotatingFile(path.join(about.logs, 'desktop.log'));
  const serverLog = new RotatingFile(path.join(about.logs, 'server.log'));
  const log = (message: string): void => ownLog.write(`${new Date(now()).toISOString()} ${message}\n`);
  const crashes = new CrashReports(path.join(about.logs, 'crashes'), about.version, now);
  shell.keepCrashDumps(path.join(about.logs, 'crashes'));
  const memory = new Memory(path.join(about.userData, 'desktop.json'));

  // 3. The store server, in a process of its own.
  const appFiles = path.join(about.appPath, 'out');
  const entry = path.join(appFiles.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'), 'store-server', 'entry.mjs');
  const given = serverArguments(about.args, about.userData, env);
  const supervisor = new Supervisor({
    fork: () => shell.fork(entry, given),
    probe,
    chance,
    log,
    output: (text) => serverLog.write(text),
  });
  let troubleWithUpdate = '';
  const state = (): DesktopState => inWords(supervisor.state(), supervisor.lines(), about.version, troubleWithUpdate);
  const managerUrl = (): string | null => {
    const { url } = supervisor.state();
    return url === null ? null : new URL('manager', url).href;
  };

  await shell.ready();

  // 4. What pages may do, before there is one.
  const policy = createPolicy(() => supervisor.state().url);
  shell.guard(policy);
  shell.serveLocal(createLocalPages(path.join(appFiles, 'main', 'pages')));
  const act = (what: Act): void => {
    if (what === 'start-server') supervisor.start();
    else if (what === 'show-logs') shell.showFolder(about.logs);
    else shell.quit();
  };
  const rescue = new Rescue({
    fork: (errand) => shell.fork(entry, [...given, ...errand]),
    supervisor,
    output: (text) => serverLog.write(text),
    log,
    wentBack: (sentence) => shell.notify('Fynlo goes on from its last backup', sentence),
  });
  const setting = createAutostart(shell, env['XDG_CONFIG_HOME']);
  const autostart: Autostart = {
    isOn: () => setting.isOn(),
    set(on) {
      try {
        setting.set(on);
      } finally {
        // Also where it was refused: a menu's tick moves by itself.
        showMenus();
      }
    },
  };
  answerPages({ shell, policy, state, act, wayIn: () => supervisor.wayIn(), rescue, autostart, log });

  // 5. Windows, menu, tray.
  const preload = path.join(appFiles, 'main', 'preload.cjs');
  const windows = new Windows({ shell, memory, preload, log });
  const acts = {
    openManager: () => windows.showManager(),
    openAttention: () => windows.showAttention(),
    startServer: () => supervisor.start(),
    showLogs: () => act('show-logs'),
    quit: () => shell.quit(),
  };
  let steward: UpdateSteward | null = null;
  const showMenus = (): void => {
    const more = [...(steward?.menuLines() ?? []), autostartLine(autostart, log)];
    shell.setMenu(menuBar(acts, more, about.packaged));
    shell.showTray(trayFace(supervisor.state(), acts, more), acts.openManager);
  };
  comeToFront = acts.openManager;
  shell.onActivate(acts.openManager);
  let lastPhase = supervisor.state().phase;
  supervisor.onChange((now) => {
    if (now.phase === 'attention' && lastPhase !== 'attention') crashes.write(state().sentence, supervisor.lines());
    lastPhase = now.phase;
    windows.stateChanged(state(), managerUrl());
    showMenus();
  });
  showMenus();

  // 6. Power, and the way out.
  const leave = leaving(shell, supervisor, windows);
  shell.onQuit(leave.asked);
  watchPower(shell, supervisor, leave.atOnce);
  shell.onProcessGone((what) => log(`a process ended: ${what}`));

  // 7. Updates, at night.
  if (about.packaged) {
    steward = new UpdateSteward({
      source: updates(),
      supervisor,
      memory,
      shell,
      version: about.version,
      now,
      log,
      onChange: showMenus,
      onFailed: (sentence) => {
        troubleWithUpdate = sentence;
        crashes.write(sentence, supervisor.lines());
        windows.showAttention();
        windows.stateChanged(state(), managerUrl());
      },
    });
    steward.start();
  }

  supervisor.start();
  if (!about.args.includes(HIDDEN)) windows.showManager();
  return {
    supervisor,
    broke(error) {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log(`a mistake of ours: ${told}`);
      crashes.write(told, supervisor.lines());
    },
  };
}
