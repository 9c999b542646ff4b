import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, type TestStore } from '../../cloud-relay/store.fixture.ts';
import type { ChangeOperation, ReadOperation } from '../../renderer/api/operations/define.ts';
import * as operations from '../../renderer/console/operations.ts';
import { commissionStories } from './console-commission.stories.ts';
import { peopleStories } from './console-people.stories.ts';
import { priceStories } from './console-prices.stories.ts';
import {
  at,
  closeConsole,
  closeWindows,
  dish,
  healthy,
  joined,
  NOON,
  open,
  openConsole,
  owner,
  saved,
  says,
  signedIn,
  signIn,
  tableFits,
} from './console-stage.ts';
import { expectAccessible, fits, inBothThemes, onPaper, picture, settled, sizes } from './stage.ts';

const browserPath = process.env['CHROMIUM_PATH'];

describe.skipIf(browserPath === undefined)('the owner’s console', () => {
  let bistro: TestStore;
  let cafe: TestStore;

  beforeAll(() => openConsole(browserPath as string));
  afterEach(closeWindows);
  afterAll(closeConsole);

  test('the console asks for nothing but what the relay serves', () => {
    const handles = Object.values(operations).flatMap(
      (group) => Object.values(group) as (ReadOperation | ChangeOperation)[],
    );
    expect(handles.length).toBeGreaterThan(10);
    for (const { operation, method, path, ...handle } of handles) {
      const route = at.relay.routes.find((one) => one.operation === operation);
      expect([operation, method, path]).toEqual([operation, route?.method, route?.path]);
      if (handle.kind === 'change') expect([operation, handle.body]).toEqual([operation, route?.body]);
    }
  });

  test('a wrong password is told in words, the right one lets in, and the first code is made by keyboard and copied', async () => {
    const page = await open();
    await page.getByText('Relay connected').waitFor();
    await inBothThemes(page, 'console-sign-in');
    await page.locator('input[name=email]').fill(owner.email);
    await page.locator('input[name=password]').fill('not-this-one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await signIn(page);
    await page.getByText('No restaurant has joined yet').waitFor();
    await inBothThemes(page, 'console-restaurants-empty');

    await page.locator('body').press('n');
    await page.getByRole('heading', { name: 'Add a restaurant' }).waitFor();
    await page.getByText('Made by the relay at its start').first().waitFor();
    await page.getByLabel('Restaurant', { exact: true }).fill('Corner Bistro');
    await page.keyboard.press('Enter');
    await page
      .getByRole('img', { name: /as a QR code/ })
      .first()
      .waitFor();
    const code = (await page.locator('.code').first().textContent()) ?? '';
    await page.getByRole('button', { name: `Copy ${code}` }).press('Enter');
    await page.getByRole('status').getByText(`${code} copied`).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);
    expect(await page.getByLabel('Restaurant', { exact: true }).inputValue()).toBe('');
    await inBothThemes(page, 'console-add');
    // One page for whoever goes there: the code in words and for a scanner, the relay's address, what to do.
    await page.evaluate('print = () => undefined');
    await page.getByRole('button', { name: `Print the sheet for ${code}` }).press('Enter');
    const sheet = page.locator('.sheet');
    expect(await sheet.isVisible()).toBe(false);
    await onPaper(page, 'console-add-paper', async () => {
      for (const words of ['Corner Bistro', code, at.relay.url.replace(/\/$/, ''), 'Press “Connect”.'])
        await sheet.getByText(words).first().waitFor();
      expect(await page.locator('main').getByText('Claim codes', { exact: true }).isVisible()).toBe(false);
    });

    // The restaurant joins with it: the code is gone from the list and the restaurant stands beside it.
    bistro = createTestStore(at, at.ids.next(), 'Corner Bistro');
    expect((await bistro.join(code)).status).toBe(201);
    await page.getByRole('link', { name: 'Corner Bistro' }).waitFor();
    await page.locator('.code').waitFor({ state: 'detached' });
    expect(await page.title()).toBe('Add a restaurant · Fynlo');
    // A code that ran out says so, and another is made for the same restaurant.
    await at.call('POST /api/v1/platform/claim-codes', { body: { restaurant: 'Castle' }, token: await at.signIn() });
    at.clock.set(NOON + 7 * 86_400_000 + 60_000);
    await signIn(page);
    await page.getByText('It opens nothing any more.').first().waitFor();
    await page.getByRole('button', { name: 'Make a new one for Castle' }).press('Enter');
    await page.locator('.code').waitFor();
    await picture(page, 'console-add-expired');
    at.clock.set(NOON);
  });

  test('the home says which restaurant needs somebody, and never takes a silent one for one that sells nothing', async () => {
    cafe = await joined('Café Anglais');
    await joined('Quay Street');
    for (const store of [bistro, cafe]) {
      dish(store, 'Margherita', store === bistro ? 1150 : 1250);
      for (let n = 10; n < 18; n += 1) {
        const day = `2025-06-${n}`;
        const sales = (store === bistro ? 40_000 : 25_000) + n * 1_300 * (n % 3);
        store.sell(sales, { day });
        store.seal(day, sales);
      }
    }
    for (let n = 0; n < 12; n += 1) bistro.sell(2_450 + n * 150);
    await bistro.send(bistro.batch(1));
    await cafe.send(cafe.batch(1));
    const health = healthy();
    await says(cafe, {
      health,
      sales_minor: 61_240,
      orders_settled: 31,
      orders_open: 6,
      open_minor: 14_400,
      covers: 58,
    });
    at.clock.set(NOON + 22 * 60_000);
    const now = {
      health: healthy(),
      sales_minor: 39_300,
      orders_settled: 12,
      orders_open: 4,
      open_minor: 9_620,
      covers: 24,
    };
    await says(bistro, now);

    const page = await signedIn();
    await page.getByText('It has not been heard of for 22 minutes.').waitFor();
    await page.getByText('1 of 3 restaurants are fine.').waitFor();
    const rows = page.locator('.grid tbody tr');
    // Worst first, and the silent one keeps its last figures with the time at which they were true.
    expect(await rows.locator('th').allTextContents()).toEqual(['Café Anglais', 'Quay Street', 'Corner Bistro']);
    expect(await rows.nth(1).textContent()).toMatch(/Not known.*Nothing yet/);
    expect(await rows.nth(0).textContent()).toMatch(/In syncwhen last heard/);
    expect(await rows.nth(0).textContent()).toMatch(/Silent£612\.40as of \d\d:\d\d/);
    await settled(page);
    await inBothThemes(page, 'console-restaurants');

    // What a store says is on the screen within seconds, without anybody touching it.
    await says(bistro, { ...now, sales_minor: 43_300, orders_settled: 13, printers_waiting: 2 });
    await page.getByText('Paper is waiting at a printer.').waitFor();
    await rows.nth(1).getByText('£433.00').waitFor();

    // By keyboard alone: find it, open it, leave it.
    await page.locator('body').press('/');
    await page.keyboard.type('corner');
    await page.getByText('Café Anglais', { exact: true }).nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.locator('.row-name').nth(0).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Corner Bistro' });
    await drawer.getByText('£433.00').waitFor();
    await drawer.getByText('Closed, adds up').first().waitFor();
    await drawer.getByText('13:22 there').waitFor();
    await drawer.getByText('41 GB free').waitFor();
    await settled(page);
    await inBothThemes(page, 'console-restaurant');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    // Of a silent store its health says what was, and not that it were so now.
    await page.locator('body').press('4');
    const silent = page.locator('.grid tbody tr').filter({ hasText: 'Café Anglais' });
    await silent.getByText('41 GB free').waitFor();
    expect(await silent.textContent()).toMatch(/Silent.*Not known.*41 GB free.*Not known/);
    await page.locator('body').press('1');
    await page.getByText('Call the restaurant: are the store’s PC and its internet on?').waitFor();
    await page.setViewportSize(sizes.small);
    await picture(page, 'console-restaurants-small');
    await expectAccessible(page);

    // Heard a minute ago is not heard now, and its figures are said to be its last word.
    const tile = (name: string) => page.getByRole('region', { name, exact: true });
    await tile('Heard right now').getByText('1 of 3').waitFor();
    await tile('Sales so far today').getByText('the last word of 1 restaurant not heard now').waitFor();
    at.clock.set(NOON + 23 * 60_000);
    await tile('Heard right now').getByText('0 of 3').waitFor();
    await tile('Sales so far today').getByText('the last word of 2 restaurants not heard now').waitFor();
    await says(bistro, now);
    await tile('Heard right now').getByText('1 of 3').waitFor();
    await page.context().close();
  });

  priceStories(() => ({ bistro, cafe }));

  test('sales stand on one scale with their table beside, and a store that is not in sync is named', async () => {
    const page = await signedIn('/sales');
    await page.getByRole('img', { name: /All restaurants: sales by day/ }).waitFor();
    await settled(page);
    await inBothThemes(page, 'console-sales');
    // Each restaurant on the same scale, and what has not come is not drawn as a day without sales.
    await page.getByRole('img', { name: /^Corner Bistro: £/ }).waitFor();
    await page.getByText('nothing has come of 1 day').waitFor();
    expect(await page.getByText('since 10 Jun').count()).toBe(2);
    await page.locator('body').press('t');
    await page.getByRole('columnheader', { name: 'Café Anglais' }).waitFor();
    const eighteenth = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '18 Jun' }) });
    await eighteenth.getByText('nothing has come').waitFor();
    await page.locator('body').press('t');
    const sheet = await saved(page, () => page.locator('body').press('e'));
    expect(sheet.name).toBe('fynlo-sales-2025-05-22-2025-06-18.csv');
    expect(sheet.lines.filter((line) => line.startsWith('Corner Bistro,2025-05-22,2025-06-18,GBP,'))).toHaveLength(1);
    await page.locator('body').press('[');
    await page.getByText('Nothing has come for these days').waitFor();
    await page.locator('body').press(']');
    await page.getByRole('button', { name: 'As a table' }).last().press('Enter');
    await page.getByRole('rowheader', { name: '18 Jun' }).waitFor();
    await page.locator('body').press('4');
    await page.getByRole('heading', { name: 'Store health' }).waitFor();
    await page.getByText('All add up').first().waitFor();
    const row = (name: string) => page.locator('.grid tbody tr').filter({ hasText: name });
    expect(await row('Quay Street').textContent()).toMatch(/Not heard yet.*Nothing yet.*Not known.*None yet/);
    // An older store says nothing of its computer: that is no trouble, and not shown as one.
    expect(await row('Café Anglais').textContent()).toMatch(/Live.*Not told.*Nothing waits.*Not told/);
    // Closed for days and just begun again: it saves soon, and nobody has to do anything about that.
    const begun = { made_at: at.clock.now() - 9 * 86_400_000, waiting_since: at.clock.now() - 300_000, problem: null };
    await says(bistro, { health: { ...healthy(), backup: begun } });
    await row('Corner Bistro').locator('.chip-ok', { hasText: '9 days old' }).waitFor();
    const old = { made_at: at.clock.now() - 3 * 86_400_000, waiting_since: at.clock.now() - 7_200_000, problem: null };
    const ill = { devices: { connected: 4, registered: 6 }, disk_free_bytes: 612e6, backup: old };
    const ahead = at.clock.now() + 7 * 60_000;
    await says(bistro, { at: ahead, printers_waiting: 0, health: { ...healthy(), ...ill } });
    for (const word of ['4 of 6', 'Nothing waits', '3 days old', '612 MB free', '7 min ahead', '1.5.0'])
      await row('Corner Bistro').getByText(word).waitFor();
    await settled(page);
    await inBothThemes(page, 'console-health');
    await tableFits(page, 'Store health');
    await page.locator('body').press('1');
    await page.getByText('Its disk is nearly full: 612 MB are left.').waitFor();
    await page.getByText('Ask the manager to make room on the store’s PC').waitFor();
    await picture(page, 'console-attention');
    await says(bistro, {});
    await page.getByText('Its disk is nearly full').waitFor({ state: 'detached' });

    // One that closed early trades in the books of tomorrow, which are shown too.
    await says(bistro, { business_day: '2025-06-19' });
    await page.locator('body').press('2');
    await page.getByText('to Thu 19 Jun, by each').waitFor();
    await says(bistro, {});
    await page.getByText('to Wed 18 Jun, by each').waitFor();
    await page.context().close();
  });

  test('one restaurant is chosen to look at, on this device, wherever one goes; its alarms and the others’ stay', async () => {
    await says(bistro, { sales_minor: 43_300, orders_settled: 13 });
    const page = await signedIn();
    await page.getByRole('button', { name: 'Shown: All restaurants' }).press('Enter');
    await page.getByRole('menuitemradio', { name: 'Corner Bistro' }).click();
    await page.getByRole('button', { name: 'Shown: Corner Bistro' }).waitFor();
    const rows = page.locator('.grid tbody tr');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('region', { name: 'Sales so far today' }).getByText('£433.00').waitFor();
    await page.locator('.needs').getByText('Quay Street').waitFor();
    await settled(page);
    await inBothThemes(page, 'console-one');
    await page.locator('body').press('2');
    await page.getByRole('img', { name: /^Corner Bistro: sales by day/ }).waitFor();
    await page.locator('body').press('1');
    for (const [key, heading] of [
      ['2', 'Sales'],
      ['3', 'Commission'],
      ['4', 'Store health'],
    ] as const) {
      await page.locator('body').press(key);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      await page.locator('.grid tbody tr').filter({ hasText: 'Corner Bistro' }).first().waitFor();
      expect(await page.locator('main').getByRole('rowheader', { name: 'Café Anglais' }).count()).toBe(0);
    }
    await page.reload();
    await page.getByRole('button', { name: 'Shown: Corner Bistro' }).press('Enter');
    await page.getByRole('menuitemradio', { name: 'All restaurants' }).click();
    await expect.poll(() => rows.count()).toBe(3);
    await page.context().close();
  });

  commissionStories();

  peopleStories();

  test('each section says what could not be loaded, and can be used at twice the size and in forced colours', async () => {
    const page = await signedIn();
    const links = await page.getByRole('navigation').getByRole('link').all();
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(addresses.length).toBeGreaterThan(5);
    const broken = /\/api\/v1\/(?!auth)/;
    for (const address of addresses as string[]) {
      const name = address.replaceAll('/', '') || 'home';
      await page.route(broken, (route) =>
        route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Something broke.' } } }),
      );
      await page.goto(address);
      await page.locator('main').getByRole('alert').filter({ hasText: 'Something broke.' }).first().waitFor();
      await settled(page);
      await inBothThemes(page, `console-${name}-error`);
      await page.unroute(broken);

      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await picture(page, `console-${name}-forced`);
      await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 640, height: 400 });
      await picture(page, `console-${name}-twice`);
      expect([name, await fits(page)]).toEqual([name, true]);
      await page.setViewportSize(sizes.large);
    }
  });

  test('a relay that is gone is said to be gone, and what was seen stays; a sign-in that ran out comes back to its place', async () => {
    const page = await signedIn('/');
    await page.getByRole('link', { name: 'Corner Bistro' }).first().waitFor();
    // The question whether the relay is there fails first; what was answered after that was heard too.
    await page.route('**/health', (route) => route.abort());
    at.clock.set(NOON + 22 * 60_000 + 10_000);
    await page.waitForResponse(async (answer) =>
      (await answer.text()).includes(new Date(at.clock.now()).toISOString()),
    );
    await page.route('**/api/**', (route) => route.abort());
    await page.getByText('Restaurants go on trading').waitFor();
    // What is shown is what was heard last, and one time is told for both.
    await page.getByText(/^Last heard at \d\d:\d\d:10\./).waitFor();
    expect(await page.locator('main').getByText('This could not be loaded').count()).toBe(0);
    expect(await page.locator('.grid tbody tr').count()).toBe(3);
    // Who was live is not said to be live: that is not known, and it is nobody's fault at the restaurant.
    const row = page.locator('.grid tbody tr').filter({ hasText: 'Corner Bistro' });
    expect(await row.textContent()).toMatch(/Not known now.*as of \d\d:\d\d/);
    expect(await page.getByRole('region', { name: 'Heard right now' }).textContent()).toContain('0 of 3');
    await inBothThemes(page, 'console-outage');
    await page.unroute('**/api/**');
    await page.unroute('**/health');
    await page.getByText('Relay connected').waitFor();

    await page.goto('/add');
    await page.getByRole('heading', { name: 'Add a restaurant' }).waitFor();
    at.clock.set(NOON + 60 * 86_400_000);
    await page.getByText('Your sign-in has run out.').waitFor();
    await signIn(page);
    await page.getByRole('heading', { name: 'Add a restaurant' }).waitFor();
    at.clock.set(NOON + 22 * 60_000);
    await page.context().close();
  });
});
