import { expect, test } from 'vitest';
import { CODE } from '../relay/floor.ts';
import { openScriptedRelay } from '../relay/scripted-relay.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

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
  });

  test('a waiter who signs in sees no screen of the managers’', async () => {
    const page = await stage.signedIn({}, people.server);
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
    await page.getByText('4/5 printers').waitFor();
    await page.getByRole('region', { name: 'Needs you' }).getByText('Grill printer is out of paper.').waitFor();
    await inBothThemes(page, 'printer-trouble');
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
    await inBothThemes(page, 'no-cloud');
    await owner.must('DELETE', 'relay');
    await page.getByText('No cloud').waitFor({ state: 'detached' });
  });

  test('the server stops: after three seconds the window says so, and comes back by itself', async () => {
    const page = await stage.signedIn();
    await page.getByText('Server connected').waitFor();
    await settled(page);
    await stage.stopServer();
    const stopped = performance.now();
    await page.getByText('The store server on this PC does not answer.').waitFor();
    expect(performance.now() - stopped).toBeGreaterThan(2_000);
    await inBothThemes(page, 'outage');
    await stage.startServer();
    await page.getByText('Server connected').waitFor({ timeout: 15_000 });
    expect(await page.getByText('The store server on this PC does not answer.').count()).toBe(0);
    const api = await stage.store.signedIn(people.server.email, people.server.password);
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    await page.getByText('2 checks open').waitFor();
  });
});
