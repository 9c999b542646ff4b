import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { isHealthy } from '../../main/health-probe.ts';

/** Where a story plays: the app's files, an Electron to run them, and a folder of its own. */
export interface Stage {
  readonly root: string;
  readonly electron: string;
  readonly folder: string;
  readonly port: number;
}

export interface Story {
  readonly name: string;
  play(stage: Stage): Promise<void>;
}

/** Long enough for Electron and a new demo restaurant on a busy machine. */
const PATIENCE_MS = 60_000;

const url = ({ port }: Stage): string => `http://127.0.0.1:${port}/`;

function flags({ root, folder, port }: Stage): string[] {
  // Chromium's sandbox does not run as root, which is what build machines are.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const own = ['--demo', '--host', '127.0.0.1', '--port', String(port), '--compat-port', '0', '--no-mdns'];
  return [
    `--user-data-dir=${path.join(folder, 'user')}`,
    ...asRoot,
    root,
    ...own,
    '--data-dir',
    path.join(folder, 'data'),
  ];
}

const launch = (stage: Stage): Promise<ElectronApplication> =>
  _electron.launch({ executablePath: stage.electron, args: flags(stage), timeout: PATIENCE_MS });

async function until(holds: () => boolean | Promise<boolean>, what: string, ms = PATIENCE_MS): Promise<void> {
  for (const from = performance.now(); performance.now() - from < ms; await pause(100)) if (await holds()) return;
  throw new Error(`${what}: not within ${ms} ms`);
}

const insist = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** The manager's window, once it shows the server's page. */
async function managerPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL('**/manager**', { timeout: PATIENCE_MS });
  return page;
}

/** Ends the app as a person does who means it. */
async function quit(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog, app: electron }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    electron.quit();
  });
  await app.waitForEvent('close', { timeout: PATIENCE_MS });
}

async function withApp(stage: Stage, play: (app: ElectronApplication) => Promise<void>): Promise<void> {
  const app = await launch(stage);
  try {
    await play(app);
  } finally {
    await quit(app).catch(() => app.close());
  }
}

export const stories: readonly Story[] = [
  {
    name: 'the app starts its server and becomes the manager’s window',
    play: (stage) =>
      withApp(stage, async (app) => {
        await managerPage(app);
        insist(await isHealthy(url(stage)), 'the server does not answer');
      }),
  },
  {
    name: 'a page has the bridge, and nothing of Node',
    play: (stage) =>
      withApp(stage, async (app) => {
        const page = await managerPage(app);
        const seen = await page.evaluate('[typeof require, typeof process, Object.keys(window.fynlo).join()]');
        insist(
          JSON.stringify(seen) === '["undefined","undefined","state,onState,act,wayIn"]',
          `a page sees ${JSON.stringify(seen)}`,
        );
        await page.evaluate("location.href = 'https://elsewhere.example/'");
        await pause(500);
        insist(page.url().startsWith(url(stage)), `a page went to ${page.url()}`);
        const opened = await page.evaluate("window.open('https://elsewhere.example/') === null");
        insist(opened === true && app.windows().length === 1, 'a page opened a window');
      }),
  },
  {
    name: 'a second start leaves, and the first one stays',
    play: (stage) =>
      withApp(stage, async (app) => {
        await managerPage(app);
        const second = await launch(stage).catch(() => null);
        if (second !== null) await second.waitForEvent('close', { timeout: PATIENCE_MS });
        insist(await isHealthy(url(stage)), 'the first one’s server is gone');
      }),
  },
  {
    name: 'closing the window leaves the server running',
    play: (stage) =>
      withApp(stage, async (app) => {
        await managerPage(app);
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
        await pause(1_000);
        insist(await isHealthy(url(stage)), 'the server stopped with the window');
        const visible = await app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().some((one) => one.isVisible()),
        );
        insist(!visible, 'the window is still there');
      }),
  },
  {
    name: 'a busy port opens the window that asks for help, with the name of the program',
    async play(stage) {
      const squatter = createServer().listen(stage.port, '127.0.0.1');
      await once(squatter, 'listening');
      try {
        await withApp(stage, async (app) => {
          await until(
            () => app.windows().some((page) => page.url().includes('attention')),
            'the window that asks for help',
          );
          const page = app.windows().find((one) => one.url().includes('attention'));
          const told = (await page?.textContent('#sentence')) ?? '';
          insist(told.includes(`Port ${(squatter.address() as AddressInfo).port} is taken by`), `it says: ${told}`);
          squatter.close();
          await page?.click('[data-act="start-server"]');
          await until(() => isHealthy(url(stage)), 'the server after Start again');
        });
      } finally {
        squatter.close();
      }
    },
  },
  {
    name: 'a server that is killed comes back, and the page stays',
    play: (stage) =>
      withApp(stage, async (app) => {
        const page = await managerPage(app);
        await page.evaluate('window.stillHere = true');
        const health = (await (await fetch(new URL('health', url(stage)))).json()) as { pid: number };
        process.kill(health.pid, 'SIGKILL');
        await until(async () => !(await isHealthy(url(stage))), 'the server’s end', 5_000).catch(() => undefined);
        await until(() => isHealthy(url(stage)), 'the server’s return');
        insist((await page.evaluate('window.stillHere')) === true, 'the page was loaded anew');
      }),
  },
  {
    name: 'quitting stops the server',
    async play(stage) {
      const app = await launch(stage);
      await managerPage(app);
      await quit(app);
      insist(!(await isHealthy(url(stage))), 'the server outlived the app');
    },
  },
];
