import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../build/launch/setup.mjs';
import { windowFolder } from '../../build/launch/window.mjs';
import { CODE } from '../relay/floor.ts';
import { openScriptedRelay } from '../relay/scripted-relay.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

const statusPage = join(import.meta.dirname, '../../store-server/status-page');

inBrowser('the frame', (stage) => {
  test('a dish is taken off and put back by keyboard alone: Ctrl K, a few letters, Enter, Ctrl Z', async () => {
    const page = await stage.signedIn();
    await settled(page);
    const off = page.getByRole('region', { name: 'Off the menu (86)' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await inBothThemes(page, 'palette');
    await page.keyboard.type('86 hallo');
    await page.getByRole('option', { name: /86 Halloumi burger/ }).waitFor();
    await inBothThemes(page, 'palette-dish');
    await page.keyboard.press('Enter');
    await off.getByText('Halloumi burger').waitFor();
    await page.getByText('Halloumi burger taken off (86)').waitFor();
    await picture(page, 'said');
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Halloumi burger taken off (86)').waitFor();
    await off.getByText('Halloumi burger').waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: 'Activity' }).getByText('Undone').waitFor();
    await inBothThemes(page, 'activity');
    await page.keyboard.press('Escape');
  });

  test('an order by its table or a dish, a setting by its name, a printer: found by a few letters, the latest first', async () => {
    const api = await stage.store.signedIn(people.server.email, people.server.password);
    const [table] = (await api.must('GET', 'restaurants/floor-plan')).tables as { name: string }[];
    const dish = ((await api.must('GET', 'products')) as { id: number; name: string; needs_choice: boolean }[]).find(
      ({ needs_choice }) => !needs_choice,
    )!;
    const order = await api.must('POST', 'orders', {
      order_type: 'dine_in',
      table_number: table!.name,
      items: [{ product_id: dish.id, quantity: 1 }],
    });
    const page = await stage.signedIn();
    await settled(page);
    const type = async (text: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.type(text);
    };
    const line = page.getByRole('option', { name: `#${order.order_number} · Table ${table!.name}` });
    await type(`t${table!.name}`);
    await line.waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/manager/orders/${order.id}`);
    await type('below the');
    await page.getByRole('option', { name: /^Below the total/ }).waitFor();
    await inBothThemes(page, 'palette-setting');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate('document.activeElement.closest(".setting")?.id'))
      .toBe('setting-receipt.footer');
    await type('grill pr');
    await page.getByRole('option', { name: /^Grill printer/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/manager/printers/*');
    await type(dish.name.slice(0, 6));
    await line.getByText(`has ${dish.name}`).waitFor();
    await picture(page, 'palette-orders');
    await page.keyboard.press('Escape');
    await type('');
    const recent = page.getByRole('group', { name: 'Recent' });
    await recent.getByRole('option').nth(2).waitFor();
    expect((await recent.getByRole('option').allTextContents()).map((text) => text.slice(0, 5))).toEqual([
      'Grill',
      'Below',
      `#${order.order_number} · Table`.slice(0, 5),
    ]);
    await inBothThemes(page, 'palette-recent');
    await page.keyboard.press('Escape');
    await api.must('DELETE', `orders/${order.id}`).catch(() => undefined);
  });

  test('the sheet of shortcuts lists them, and single keys can be switched off', async () => {
    const page = await stage.signedIn();
    await settled(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await inBothThemes(page, 'shortcuts');
    await page.getByLabel('Single-key shortcuts').press(' ');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
  });

  test('the first Tab leads past everything to the page, and a wrong address says so', async () => {
    const page = await stage.signedIn();
    await page.goto('/manager/nowhere');
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('body');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    for (const name of ['page.html', 'page.css', 'page.js']) {
      const address = name === 'page.html' ? '**/status?from=window' : `**/status/${name}`;
      await page.route(address, (route) => route.fulfill({ path: join(statusPage, name) }));
    }
    await page.getByRole('link', { name: 'Server connected' }).press('Enter');
    await page.getByRole('link', { name: 'Back to the window' }).press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  test('a waiter who signs in sees no screen of the managers’', async () => {
    const page = await stage.signedIn({}, people.server);
    await page.getByRole('heading', { name: 'Live orders' }).waitFor();
    await page.goto('/manager/menu');
    await page.getByRole('heading', { name: 'This screen is not for your role' }).waitFor();
    expect(await page.getByRole('link', { name: 'Overview' }).count()).toBe(0);
    await expectAccessible(page);
    await picture(page, 'not-for-you');
  });

  test('a printer without paper is in the pill, the bar and the overview, and everything else goes on', async () => {
    const page = await stage.signedIn();
    await page.getByText('5/5 printers').waitFor();
    await stage.store.printer('Grill printer').set({ paper: 'out' });
    const api = await stage.store.signedIn(people.server.email, people.server.password);
    const grill = ((await api.must('GET', 'products')) as { id: number; name: string }[]).find(
      ({ name }) => name === 'Halloumi burger',
    );
    await api.must('POST', 'orders', { order_type: 'takeaway', items: [{ product_id: grill?.id, quantity: 1 }] });
    await page.locator('.pill').getByText('Grill printer is out of paper.').waitFor();
    const needs = page.getByRole('region', { name: 'Needs you' });
    await needs.getByText('Grill printer is out of paper.').waitFor();
    await needs.getByText('Its slips wait; everything else goes on.').waitFor();
    await page.getByRole('link', { name: '4/5 printers' }).focus();
    await page.getByRole('tooltip').getByText('Its slips wait').waitFor();
    await inBothThemes(page, 'printer-trouble');
    await needs.getByRole('link', { name: 'Open the printer' }).press('Enter');
    await page.getByRole('heading', { name: 'Grill printer' }).first().waitFor();
    await stage.store.printer('Grill printer').set({ paper: 'ok' });
    await page.locator('.pill').getByText('All good').waitFor({ timeout: 20_000 });
  });

  test('the cloud goes away: that is information, not an alarm, and nothing else changes', async () => {
    const relay = await openScriptedRelay();
    const owner = await stage.store.signedIn(people.owner.email, people.owner.password);
    await owner.must('POST', 'relay/claim', { url: relay.url, code: CODE });
    const page = await stage.signedIn();
    await page.getByText(/^Cloud in sync/).waitFor({ timeout: 15_000 });
    await relay.close();
    await page.getByText('No cloud').waitFor({ timeout: 25_000 });
    await page.locator('.pill').getByText('All good').waitFor();
    const needs = page.getByRole('region', { name: 'Needs you' });
    await needs.getByText('The restaurant does not need it to go on.').waitFor();
    await needs.getByRole('link', { name: 'Open the cloud relay' }).waitFor();
    await page.getByRole('link', { name: 'No cloud' }).focus();
    await page.getByRole('tooltip').getByText('The restaurant does not need it').waitFor();
    await inBothThemes(page, 'no-cloud');
    await owner.must('DELETE', 'relay');
    await page.getByText('No cloud').waitFor({ state: 'detached' });
  });

  test('the server stops: after three seconds the window says so, starts it, and comes back by itself', async () => {
    const page = await stage.signedIn();
    await page.addInitScript(asDesktopApp);
    await page.reload();
    await page.getByText('Server connected').waitFor();
    // The other screens come behind the first, half a second later.
    const built = readdirSync(join(windowFolder(repositoryRoot, 'manager'), 'assets'));
    const here = "performance.getEntriesByType('resource').filter(({ name }) => /screen-.*js$/.test(name)).length";
    const all = built.filter((name) => /^screen-.*js$/.test(name)).length;
    await expect.poll(() => page.evaluate(here), { timeout: 10_000 }).toBe(all);
    await settled(page);
    await stage.stopServer();
    const stopped = performance.now();
    await page.getByText('The store server on this PC does not answer.').waitFor();
    expect(performance.now() - stopped).toBeGreaterThan(2_000);
    // A screen that nobody has opened yet is there all the same.
    await page.locator('nav.side a[href="/manager/menu"]').click();
    await page.getByRole('heading', { name: 'Menu', level: 1 }).waitFor();
    await page.locator('nav.side a[href="/manager"]').click();
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByText(/^It still did not answer at/).waitFor();
    await inBothThemes(page, 'outage');
    await page.evaluate("tell({ phase: 'stopped' })");
    await page.getByText('The store server on this PC has stopped.').waitFor();
    await picture(page, 'outage-desktop');
    await page.getByRole('button', { name: 'Show the logs' }).press('Enter');
    await page.getByRole('button', { name: 'Start server' }).press('Enter');
    expect(await page.evaluate('done')).toEqual(['show-logs', 'start-server']);
    await stage.startServer();
    await page.getByText('Server connected').waitFor({ timeout: 15_000 });
    expect(await page.locator('.band').count()).toBe(0);
    const api = await stage.store.signedIn(people.server.email, people.server.password);
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    // A second try finds the first one's order too.
    const open = (await api.must('GET', 'orders?status=open')).length;
    await page.getByText(`${open} check${open === 1 ? '' : 's'} open`).waitFor();

    // A screen whose code does not come says so, and takes nothing else with it.
    await page.route('**/assets/screen-*.js', (route) => route.abort());
    await page.reload();
    await page.getByText('This screen has not been loaded yet').waitFor();
    await page.getByText('Server connected').waitFor();
    await inBothThemes(page, 'not-fetched');
    await page.unroute('**/assets/screen-*.js');
    await page.getByRole('button', { name: 'Load the window anew' }).press('Enter');
    await page.getByText(`${open} check${open === 1 ? '' : 's'} open`).waitFor();
  });
});

/** What the desktop app's preload gives a page. */
const asDesktopApp = `
  globalThis.done = [];
  globalThis.fynlo = {
    state: async () => ({ phase: 'ready' }),
    onState: (listener) => { globalThis.tell = listener; },
    act: async (what) => { done.push(what); },
  };
`;
