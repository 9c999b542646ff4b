import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright';
import { expect } from 'vitest';
import { repositoryRoot } from '../../build/launch/setup.mjs';
import { ensureWindow } from '../../build/launch/window.mjs';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { createTestStore, type TestStore } from '../../cloud-relay/store.fixture.ts';
import type { LiveSummary, RelayVerdict } from '../../store-server/contract/relay.ts';
import { inBothThemes, sizes, watchRequests } from './stage.ts';

export const owner = { email: 'owner@platform.test', password: 'demo-platform-1' };
export const NOON = Date.parse('2025-06-18T12:00:00Z');

/** A relay at a moment that the test holds, and a browser, for the stories of one file. */
export let at: TestRelay;
let browser: Browser;

export async function openConsole(executablePath: string): Promise<void> {
  if (!(await ensureWindow(repositoryRoot, 'console'))) throw new Error('The console could not be built');
  [at, browser] = await Promise.all([
    openRelay({ at: NOON }),
    chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }),
  ]);
}
export const closeWindows = () => Promise.all(browser.contexts().map((context) => context.close()));
export async function closeConsole(): Promise<void> {
  await browser?.close();
  await at?.stop();
}

export async function open(to = '/', size: keyof typeof sizes = 'large'): Promise<Page> {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: 'light',
    reducedMotion: 'reduce',
    baseURL: at.relay.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  watchRequests(page);
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => expect.fail(`The console threw: ${error.stack ?? error.message}`));
  await page.goto(to);
  return page;
}

/** By keyboard, as a person does. */
export async function signIn(page: Page, { email, password } = owner): Promise<void> {
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.frame').waitFor();
}

export async function signedIn(to = '/', size: keyof typeof sizes = 'large'): Promise<Page> {
  const page = await open(to, size);
  await signIn(page);
  return page;
}

export async function joined(name: string): Promise<TestStore> {
  const store = createTestStore(at, at.ids.next(), name);
  expect((await store.join(await at.claimCode())).status).toBe(201);
  return store;
}

/** Puts a dish on a store's menu, or gives it another price, told as the store tells it. */
export function dish(store: TestStore, name: string, price_minor: number, product_id = at.ids.next()): void {
  const body = { product_id, name, category_id: product_id, price_minor, vat_bps: 2000, active: true };
  store.tell([{ kind: 'menu.product_changed', entity: 'product', entityId: product_id, body }]);
}

/** What a store in good health tells of its computer, as of the moment that the relay's clock shows. */
export const healthy = () => ({
  ...{ version: '1.5.0', time_zone: 'Europe/Lisbon', read_only: false, printers: 3, disk_free_bytes: 41.5e9 },
  devices: { connected: 6, registered: 6 },
  backup: { made_at: at.clock.now() - 12 * 60_000, waiting_since: at.clock.now() - 60_000, problem: null },
});

/** A store's word of this moment, under a fresh token: they live for ten minutes. */
export async function says(store: TestStore, live: Partial<LiveSummary>, verdicts: RelayVerdict[] = []) {
  store.token = null;
  const answer = await store.exchange(live, verdicts);
  expect(answer.status).toBe(200);
  return answer.data;
}

/** The file that something hands to the person, line by line. */
export async function saved(page: Page, ask: () => Promise<void>): Promise<{ name: string; lines: string[] }> {
  const [file] = await Promise.all([page.waitForEvent('download'), ask()]);
  const text = readFileSync(await file.path(), 'utf8');
  return { name: file.suggestedFilename(), lines: text.trimEnd().split('\r\n') };
}

/** A page's table fits its card on a usual screen; where it cannot, it shows that there is more, and a key scrolls it. */
export async function tableFits(page: Page, label: string): Promise<void> {
  const table = page.locator('.sheet-card');
  const beyond = () => table.evaluate((one) => one.scrollWidth - one.clientWidth);
  const name = `console-${label.toLowerCase().replaceAll(' ', '-')}`;
  for (const size of ['usual', 'small'] as const) {
    await page.setViewportSize(sizes[size]);
    await expect.poll(beyond).toBe(0);
    await inBothThemes(page, `${name}-${size}`);
  }
  expect(await table.getAttribute('tabindex')).toBe(null);
  await page.setViewportSize({ width: 640, height: 800 });
  await expect.poll(beyond).toBeGreaterThan(0);
  const wide = page.getByRole('group', { name: label });
  await wide.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => wide.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
  await inBothThemes(page, `${name}-wide`);
  await page.setViewportSize(sizes.large);
}
