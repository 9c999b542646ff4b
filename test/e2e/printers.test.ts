import { expect, test } from 'vitest';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

inBrowser('the printers', (stage) => {
  test('a new one is found, added, and asked by keyboard alone whether paper came out; then undone', async () => {
    const stranger = await stage.store.lab.start(0);
    const page = await stage.signedIn({ size: 'large' });
    await page.keyboard.press('8');
    await page.getByRole('link', { name: 'Grill printer' }).waitFor();
    await settled(page);
    await picture(page, 'printers');
    // A slow network: how far the search is, who has answered by then, and it can be stopped.
    let network: 'slow' | 'silent' = 'slow';
    await page.route('**/printers/discover', (route) => {
      const isSearch = route.request().method() === 'POST';
      if (isSearch && network === 'slow') return;
      const data = isSearch
        ? { printers: [], looked_at: 254 }
        : { running: true, percent: 71, addresses: [stranger.address] };
      return route.fulfill({
        json: { success: true, data, message: '', error: null, meta: null, timestamp: '2025-06-18T18:00:00Z' },
      });
    });
    await page.keyboard.press('f');
    await page.getByText('Looking on your network… 71 %').waitFor();
    await page.getByRole('progressbar', { name: 'Printers in this network' }).waitFor();
    expect(await page.getByRole('status').filter({ hasText: '50 per cent' }).count()).toBe(1);
    await inBothThemes(page, 'printers-looking');
    await page.getByRole('button', { name: 'Stop looking' }).press('Enter');
    await page.getByText('Stopped. 1 printer answered until then.').waitFor();
    network = 'silent';
    await page.getByRole('button', { name: 'Look again' }).press('Enter');
    await page.getByText('254 addresses were asked.').waitFor();
    await inBothThemes(page, 'printers-nobody');
    await page.unroute('**/printers/discover');
    await page.getByRole('button', { name: 'Look again' }).press('Enter');
    const add = page.getByRole('button', { name: `Add ${stranger.address}` });
    await add.waitFor();
    await page.getByRole('dialog').getByText('Grill printer').waitFor();
    await inBothThemes(page, 'printers-found');
    await add.press('Enter');
    expect(await page.getByLabel('Address').inputValue()).toBe(stranger.address);
    await page.keyboard.press('Enter');
    await page.getByText('This is needed.').waitFor();
    await page.getByLabel('Name').fill('Hatch');
    await page.getByLabel('Model').selectOption({ label: 'Fynlo virtual printer, 80 mm' });
    await page.getByRole('checkbox', { name: 'Grill' }).press('Space');
    await picture(page, 'printers-form');
    await page.getByLabel('Name').press('Enter');
    await page.getByRole('region', { name: 'Hatch' }).waitFor();

    await page.keyboard.press('t');
    await page.getByText('Did paper come out of Hatch?').waitFor();
    await page.getByRole('img', { name: /Fynlo test slip/ }).waitFor();
    await page.locator('.test-question').getByText('Printed').waitFor();
    await settled(page);
    await inBothThemes(page, 'printers-test');
    await page.keyboard.press('Enter');
    await page.getByText('Hatch prints.').waitFor();
    await page.getByRole('button', { name: 'Done' }).press('Enter');

    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('link', { name: 'Hatch' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.getByRole('link', { name: 'Hatch' }).waitFor();
  });

  test('a slip that is stuck is tried again, sent elsewhere or given up', async () => {
    const grill = stage.store.printer('Grill printer');
    await grill.set({ paper: 'out' });
    const page = await stage.signedIn({ size: 'small' });
    await page.keyboard.press('8');
    await page.getByRole('link', { name: 'Grill printer' }).click();
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    const all = (await api.must('GET', 'hardware/printers')) as { id: string; name: string }[];
    const id = all.find(({ name }) => name === 'Grill printer')?.id;
    for (let slip = 0; slip < 3; slip += 1) await api.must('POST', `hardware/printers/${id}/test`);
    await page.getByText('It is out of paper. 3 slips wait.').waitFor();
    await page.getByRole('button', { name: 'Send to… another printer: Test' }).nth(1).waitFor();
    await settled(page);
    await inBothThemes(page, 'printers-stuck');
    await page.getByRole('button', { name: 'Send to… another printer: Test' }).first().click();
    await page.getByRole('menuitem', { name: 'Receipt printer' }).click();
    await expect.poll(() => stage.store.printer('Receipt printer').papers().length, { timeout: 5_000 }).toBe(1);
    await page.getByText('2 slips wait.').waitFor();
    await page.getByRole('button', { name: 'Cancel the slip: Test' }).first().click();
    await page.getByRole('button', { name: 'Cancel the slip', exact: true }).click();
    await page.getByText('1 slip waits.').waitFor();
    await page
      .locator('.slips')
      .getByText(/Cancelled$/)
      .waitFor();
    await grill.set({ paper: 'ok' });
    await page.getByRole('button', { name: 'Try again: Test' }).click();
    await expect.poll(() => grill.papers().length, { timeout: 5_000 }).toBe(1);
  });

  test('what the server refuses stands beside its field, and what was typed survives a reload', async () => {
    const page = await stage.signedIn();
    await page.keyboard.press('8');
    await page.getByRole('link', { name: 'Grill printer' }).waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Name').fill('Far away');
    await page.getByLabel('Address').fill('tcp://8.8.8.8');
    await page.keyboard.press('Enter');
    await page.getByText('The printer has to be in this network').waitFor();
    await expectAccessible(page);
    await picture(page, 'printers-refused');
    await page.reload();
    await page.getByRole('link', { name: 'Grill printer' }).waitFor();
    await page.keyboard.press('n');
    expect(await page.getByLabel('Name').inputValue()).toBe('Far away');
    await page.keyboard.press('Escape');

    // Two managers at one printer: nothing of either is lost, and where both want something else this one decides.
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    const grill = async () =>
      ((await api.must('GET', 'hardware/printers')) as { id: string; name: string; is_receipt_printer: boolean }[])[0]!;
    const { id, name } = await grill();
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Name').fill('Charcoal');
    await api.must('PUT', `hardware/printers/${id}`, { name: 'Grill by the door', is_receipt_printer: true });
    const conflict = page.getByRole('group', { name: 'Two versions of “Name”' });
    await conflict.getByText('Now: Grill by the door').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Receipts and cash slips' }).isChecked()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(false);
    await inBothThemes(page, 'printers-conflict');
    await conflict.getByRole('button', { name: 'Keep mine' }).press('Enter');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('link', { name: 'Charcoal' }).waitFor();
    expect(await grill()).toMatchObject({ id, name: 'Charcoal', is_receipt_printer: true });
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await grill()).name).toBe('Grill by the door');
    await api.must('PUT', `hardware/printers/${id}`, { name, is_receipt_printer: false });
    await page.getByRole('link', { name }).waitFor();

    await stage.stopServer();
    await page.locator('.band').waitFor();
    expect(await page.getByRole('button', { name: 'Find in the network' }).isEnabled()).toBe(false);
    await picture(page, 'printers-offline');
    await stage.startServer();
    await page.locator('.band').waitFor({ state: 'detached' });
  });

  test('without a printer it says what would be here, and a wordier language breaks nothing', async () => {
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    for (const { id } of (await api.must('GET', 'hardware/printers')) as { id: string }[]) {
      await api.must('DELETE', `hardware/printers/${id}`);
    }
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await page.keyboard.press('8');
    await page.getByText('Nóné yét').waitFor();
    await settled(page);
    await picture(page, 'printers-empty-longer');
    await expectAccessible(page);
    const [wide, visible] = (await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(visible);
  });
});
