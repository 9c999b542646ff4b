import { expect, test } from 'vitest';
import { playEvening } from './evening.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

inBrowser('the overview', (stage) => {
  test('before the first sale it checks whether everything is ready', async () => {
    const page = await stage.signedIn({ size: 'small' });
    await page.getByText('Opening check: 3 of 4 done').waitFor();
    await settled(page);
    await inBothThemes(page, 'overview-empty');
    await page.getByRole('link', { name: 'Open the drawer' }).press('Enter');
    await page.getByText('No drawer is open').waitFor();
  });

  test('an evening in one sentence, six tiles and the day’s shape; a dish comes back and is taken off again', async () => {
    await playEvening(stage.store);
    const page = await stage.signedIn({ size: 'large' });
    await page.getByText('Last Wednesday: £').waitFor();
    await settled(page);
    await inBothThemes(page, 'overview');
    expect(await page.locator('.sentence').textContent()).toMatch(
      /^The drawer of an earlier day has not been counted and closed\. 5 checks open, \d+ dishes in the kitchen, £[\d,.]+ so far\.$/,
    );

    const drawer = page.getByRole('region', { name: 'Cash' });
    expect(await drawer.textContent()).toMatch(/^CashOpen float £150\.00since/);
    const needs = page.getByRole('region', { name: 'Needs you' });
    await needs.getByText('The drawer of an earlier day has not been counted and closed.').waitFor();
    expect(await needs.getByRole('link', { name: 'Close the drawer' }).getAttribute('href')).toBe('/manager/cash');
    expect(await page.getByRole('link', { name: 'Close day…' }).getAttribute('href')).toBe('/manager/cash');

    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('columnheader', { name: 'Last Wednesday' }).waitFor();
    await expectAccessible(page);

    const off = page.getByRole('region', { name: 'Off the menu (86)' });
    await off.getByRole('button', { name: /^Put back/ }).click();
    await off.getByText('Nothing. Take a dish off').waitFor();
    await page.keyboard.press('Control+z');
    await off.getByRole('button', { name: /^Put back/ }).waitFor();
  });

  test('what happens on an iPad shows at once, and figures stay the server’s own', async () => {
    const page = await stage.signedIn();
    const open = page.getByRole('region', { name: 'Open checks' }).locator('.tile-figure');
    await expect.poll(() => open.textContent(), { timeout: 10_000 }).toMatch(/^5/);
    const api = await stage.store.signedIn(people.server.email, people.server.password);
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    await expect.poll(() => open.textContent(), { timeout: 3_000 }).toMatch(/^6/);
  });

  test('words a third longer and the smallest screen break nothing', async () => {
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await settled(page);
    await picture(page, 'overview-longer-small');
    const [wide, visible] = (await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(visible);
  });
});
