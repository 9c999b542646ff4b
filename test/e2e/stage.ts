import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page, type Request } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { repositoryRoot } from '../../build/launch/setup.mjs';
import { ensureWindow, windowFolder } from '../../build/launch/window.mjs';
import { managerPages } from '../../store-server/manager-window/pages.ts';
import { type OpenStoreOptions, openStore, type TestStore } from '../harness/open-store.ts';
import { violationsOn } from './accessible.ts';

export const sizes = {
  large: { width: 1440, height: 900 },
  usual: { width: 1280, height: 800 },
  small: { width: 1024, height: 768 },
} as const;

export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly size?: keyof typeof sizes;
  /** Every text a third longer. */
  readonly longer?: boolean;
}

/** Pictures of every screen and state, for a person to look at; not kept in git. */
const pictures = join(repositoryRoot, 'out/screens');
const managerWindow = { pages: () => managerPages(windowFolder(repositoryRoot, 'manager')) };

/** A real server with the built window, and a real browser, for all the tests of one file. */
export interface Stage {
  store: TestStore;
  /** Stops the server; it can be opened again at the same address. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** A window of its own, as if on another computer: nothing kept, nobody signed in. */
  open(look?: Look): Promise<Page>;
  /** Another device’s browser, at whatever address it was told. */
  openAt(address: string, look?: Look): Promise<Page>;
  /** Opens a window and signs in by password. */
  signedIn(look?: Look, who?: { email: string; password: string }): Promise<Page>;
}

export const people = {
  owner: { email: 'owner@demo.test', password: 'demo-owner-1' },
  manager: { email: 'manager@demo.test', password: 'demo-manager-1' },
  server: { email: 'server@demo.test', password: 'demo-server-1' },
} as const;

const browserPath = process.env['CHROMIUM_PATH'];

/** The stories of one file; skipped, with the reason printed before all tests, where there is no browser. */
export function inBrowser(name: string, tell: (stage: Stage) => void, options: OpenStoreOptions = {}): void {
  describe.skipIf(browserPath === undefined)(name, () => {
    const stage = {} as Stage;
    let browser: Browser;

    beforeAll(async () => {
      if (!(await ensureWindow(repositoryRoot, 'manager'))) throw new Error('The window could not be built');
      [stage.store, browser] = await Promise.all([
        openStore({ perSecond: 10_000, ...managerWindow, ...options }),
        chromium.launch({ executablePath: browserPath as string, args: ['--no-sandbox', '--disable-gpu'] }),
      ]);
    });
    // Every window that stays open goes on listening and drawing, which takes from the next story.
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    afterAll(async () => {
      await browser?.close();
      await stage.store?.close();
    });

    Object.assign(stage, {
      async stopServer() {
        await stage.store.server.stop();
      },
      async startServer() {
        stage.store = await stage.store.restart({ port: stage.store.server.port });
      },
      open: (look: Look = {}) => stage.openAt(look.longer === true ? '/manager?longer' : '/', look),
      async openAt(address: string, { theme = 'light', size = 'usual' }: Look = {}) {
        const context = await browser.newContext({
          viewport: sizes[size],
          colorScheme: theme,
          reducedMotion: 'reduce',
          baseURL: stage.store.server.url,
        });
        const page = await context.newPage();
        watchRequests(page);
        // Generous, for a machine that is busy with something else.
        page.setDefaultTimeout(30_000);
        page.on('pageerror', (error) => expect.fail(`The window threw: ${error.stack ?? error.message}`));
        await page.goto(address);
        return page;
      },
      async signedIn(look: Look = {}, who: { email: string; password: string } = people.manager) {
        const page = await stage.open(look);
        await signIn(page, who);
        return page;
      },
    } satisfies Partial<Stage>);
    tell(stage);
  });
}

/** Fills in the sign-in as a person does, by keyboard. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.frame').waitFor();
}

/** Requests under way, by page. */
const underWay = new WeakMap<Page, Set<Request>>();

/** Has to be called for a new page before `settled` can tell anything about it. */
export function watchRequests(page: Page): void {
  const open = new Set<Request>();
  underWay.set(page, open);
  page.on('request', (request) => void open.add(request));
  page.on('requestfinished', (request) => void open.delete(request));
  page.on('requestfailed', (request) => void open.delete(request));
}

/** Waits until what is on the screen has been loaded: nothing is asked any more, and nothing says that it waits. */
export async function settled(page: Page): Promise<void> {
  const open = underWay.get(page);
  if (open === undefined) throw new Error('Nobody watches the requests of this page');
  const patience = Date.now() + 5_000;
  for (let calm = 0; calm < 3 && Date.now() < patience; ) {
    // Long enough for an answer to be drawn and to ask for the next thing.
    await page.waitForTimeout(40);
    calm = open.size === 0 ? calm + 1 : 0;
  }
  await page
    .locator('.waiting')
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
}

/** No violation that axe can find, best practices included; or only those of contrast, which alone depends on the theme. */
export async function expectAccessible(page: Page, about: 'everything' | 'contrast' = 'everything'): Promise<void> {
  // Of many rows that are alike a dozen will do.
  const alike = ['tbody tr:nth-child(n+13)'];
  expect(await violationsOn(page, about === 'contrast' ? { runOnly: ['color-contrast'] } : {}, alike)).toEqual([]);
}

/** Nothing is wider than the screen, and nothing in the header lies on something else. */
export const fits = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const parts = [...document.querySelectorAll('.head-name, .head-search, .pill, .who')]
      .map((part) => part.getBoundingClientRect())
      .sort((a, b) => a.left - b.left);
    const head = document.querySelector('.head').getBoundingClientRect();
    const within = (part) => part.top >= head.top && part.bottom <= head.bottom;
    const beside = (part, at) => at === 0 || part.left >= parts[at - 1].right;
    return scrollWidth <= clientWidth && parts.every(within) && parts.every(beside);
  })()`);

/** Takes a picture for `out/screens/<name>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** How the page would come out of a printer: a picture of it, and nothing in it that only a screen needs. */
export async function onPaper(page: Page, name: string, look?: () => Promise<void>): Promise<void> {
  const before = page.viewportSize() ?? sizes.large;
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 680, height: 960 });
  for (const part of ['.head', '.side', '.page-actions']) expect(await page.locator(part).isVisible()).toBe(false);
  await look?.();
  await picture(page, name);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.setViewportSize(before);
}

/** A picture in light and in dark, and axe in both. */
export async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    await picture(page, `${name}-${colorScheme}`);
    await expectAccessible(page, colorScheme === 'light' ? 'everything' : 'contrast');
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}
