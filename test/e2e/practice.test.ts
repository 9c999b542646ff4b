import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPeople } from '../../store-server/demo/staff.ts';
import { ApiClient } from '../harness/api-client.ts';
import { type Running, startProcess } from '../relay/processes.ts';
import { asInTheApp } from './in-the-app.ts';
import { inBothThemes, inBrowser, people, settled, signIn, watchRequests } from './stage.ts';

inBrowser('looking around', (stage) => {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-look-'));
  let server: Running;
  let api: ApiClient;
  const setup = async () => (await api.get('setup').catch(() => null))?.body.data;

  beforeAll(async () => {
    const free = ['--host', '127.0.0.1', '--port', '0', '--compat-port', '0', '--no-mdns'];
    server = await startProcess('store', ['--data-dir', join(folder, 'store'), ...free]);
    api = new ApiClient(Number(server.url.port));
  });
  afterAll(async () => {
    api.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const code = (): string =>
    server
      .said()
      .match(/(?<=Set-up code: )\S+/g)
      ?.at(-1) ?? '';
  async function begin(): Promise<void> {
    await api.must('POST', 'setup/practice', { code: code() });
    await expect.poll(async () => (await setup())?.practice, { timeout: 30_000 }).toBe('untouched');
  }

  /** A window of its own at the process, whose store is another one from time to time. */
  async function window(from: Page, who: keyof typeof people): Promise<Page> {
    const context = await from.context().browser()?.newContext({ baseURL: server.url.href, reducedMotion: 'reduce' });
    if (context === undefined) throw new Error('There is no browser');
    const page = await context.newPage();
    watchRequests(page);
    await page.goto('/');
    await signIn(page, people[who]);
    return page;
  }
  const ribbon = (page: Page) => page.getByRole('complementary', { name: 'Practice data' });
  const end = (page: Page) => ribbon(page).getByRole('button', { name: 'Set up your own restaurant' });

  test('a ribbon on every screen; whoever ends it takes every window along, and nothing real has come of it', async () => {
    const outside = await stage.open();
    await begin();
    const [owner, waiter] = [await window(outside, 'owner'), await window(outside, 'server')];
    await ribbon(waiter).getByText('A manager can end it.').waitFor();
    expect(await end(waiter).count()).toBe(0);
    await owner.goto('/manager/orders');
    await end(owner).waitFor();
    const login = await api.must('POST', 'auth/login', people.manager);
    const order = { order_type: 'takeaway', items: [{ product_id: 1, quantity: 2 }] };
    await api.ask('POST', 'orders', order, { token: login.access_token });
    await settled(owner);
    await inBothThemes(owner, 'practice-ribbon');

    // Something would be lost, so it asks.
    await end(owner).click();
    await owner.getByRole('dialog', { name: 'End the practice?' }).waitFor();
    await inBothThemes(owner, 'practice-end');
    await owner.getByRole('button', { name: 'Go on practising' }).click();
    await end(owner).click();
    // As long as the other store is not there, the window says what it waits for.
    await owner.route('**/api/v1/setup', (route) => route.abort());
    await owner.getByRole('button', { name: 'Throw it away and set up' }).click();
    await owner.getByRole('heading', { name: 'Back to your own restaurant' }).waitFor();
    await inBothThemes(owner, 'practice-leaving');
    await owner.unroute('**/api/v1/setup');
    for (const page of [owner, waiter]) await page.locator('.setup').waitFor();
    expect(new URL(owner.url()).pathname).toBe('/manager');
    expect(await setup()).toMatchObject({ needed: true, kind: 'restaurant', practice: 'possible' });

    // The next one begins afresh, and whoever only looked ends it with one click.
    await owner.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC');
    await owner.getByRole('radio', { name: 'Just look around, with practice data' }).check();
    await owner.getByRole('button', { name: 'Open the practice restaurant' }).click();
    await owner.getByRole('link', { name: 'That set-up code is not right or has been used.' }).waitFor();
    await owner.getByLabel('Set-up code').fill(code());
    await owner.keyboard.press('Enter');
    await owner.getByRole('heading', { name: 'Sign in' }).waitFor();
    await asInTheApp(owner, async () => ({ setup_code: null, demo_people: demoPeople }));
    await owner.getByRole('button', { name: 'Manager' }).click();
    await owner.keyboard.press('Enter');
    await end(owner).click();
    await owner.locator('.setup').waitFor();
  });

  test('a demo of the command line has the ribbon, and no way to a restaurant of one’s own', async () => {
    const page = await stage.signedIn();
    await ribbon(page).getByText('Nothing here is real').waitFor();
    expect(await end(page).count()).toBe(0);
  });
});
