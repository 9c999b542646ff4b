import { expect, test } from 'vitest';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

inBrowser('the settings', (stage) => {
  const api = (who: { email: string; password: string }) => stage.store.signedIn(who.email, who.password);

  test('a new footer by keyboard alone: comma, search, type, Ctrl S; the paper shows it before it is saved', async () => {
    const page = await stage.signedIn({ size: 'large' });
    await settled(page);
    await page.keyboard.press(',');
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    await page.getByRole('img', { name: /^The receipt as/ }).waitFor();
    await inBothThemes(page, 'settings-restaurant');
    await page.keyboard.press('/');
    await page.keyboard.type('below the total');
    await page.keyboard.press('Tab');
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await page.evaluate('document.activeElement.tagName')) === 'TEXTAREA') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Gracias! Hasta luego');
    await page.getByRole('region', { name: 'Unsaved changes' }).getByText('1 unsaved').waitFor();
    await page.getByRole('button', { name: 'In words' }).click();
    await page.getByText('With your unsaved changes.').waitFor();
    await page.locator('.preview-words', { hasText: 'Gracias! Hasta luego' }).waitFor();
    expect((await (await api(people.owner)).must('GET', 'settings')).receipt.footer).toContain('mind the gulls');
    await page.getByRole('button', { name: 'As a picture' }).click();
    await page.getByLabel('Below the total').focus();
    await page.keyboard.press('Control+s');
    await page.getByText('Settings saved: 1 change').waitFor();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    await page.getByText(/^Last changed by Marcus B\., /).waitFor();
    expect((await (await api(people.owner)).must('GET', 'settings')).receipt.footer).toBe('Gracias! Hasta luego');

    await page.keyboard.press('Escape');
    await page.locator('.page h1').click();
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Settings saved: 1 change').waitFor();
    expect((await (await api(people.owner)).must('GET', 'settings')).receipt.footer).toContain('mind the gulls');
  });

  test('unsaved work survives a reload, is told in the bar, and can be thrown away and fetched back', async () => {
    const page = await stage.signedIn({ size: 'small' });
    await page.goto('/manager/settings/receipts');
    await page.getByLabel('Above the dishes').fill('Taqueria in Castle');
    await page.getByLabel('Below the total').fill('Gracias!\nTell us how it was: casita.test');
    await page.getByRole('link', { name: /^Service charge/ }).click();
    await page.getByRole('textbox', { name: 'Service charge' }).fill('');
    await page.getByText('Type a rate, such as 12.5.').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('1 field has to be put right').waitFor();
    await page.getByRole('textbox', { name: 'Service charge' }).fill('10');
    await page.reload();
    await page.getByRole('region', { name: 'Unsaved changes' }).getByText('3 unsaved').waitFor();
    expect(await page.getByRole('textbox', { name: 'Service charge' }).inputValue()).toBe('10 %');
    await page.getByText('With your unsaved changes.').waitFor();
    await settled(page);
    await inBothThemes(page, 'settings-service-unsaved-small');
    await page.getByRole('link', { name: /^Receipts/ }).click();
    await page.getByText('Long', { exact: true }).click();
    await settled(page);
    await picture(page, 'settings-receipts-small');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded: 3 unsaved changes').waitFor();
    expect(await page.getByLabel('Above the dishes').inputValue()).toBe('Fresh off the boat since 1987');
    await page.keyboard.press('Control+z');
    await page.getByText('3 unsaved', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText('Settings saved: 3 changes').waitFor();
    expect(await (await api(people.owner)).must('GET', 'settings')).toMatchObject({
      receipt: { header: 'Taqueria in Castle', footer: 'Gracias!\nTell us how it was: casita.test' },
      service_charge: { bps: 1000, enabled: true },
    });
  });

  test('two managers on one setting see each other, and nobody’s words vanish', async () => {
    const page = await stage.signedIn();
    await page.goto('/manager/settings/receipts');
    await page.getByLabel('Above the dishes').fill('From the desk');
    await page.getByRole('link', { name: 'Day and time' }).click();
    await page.getByLabel('The business day ends at').fill('05:00');
    await page.getByRole('link', { name: /^Receipts/ }).click();
    const owner = await api(people.owner);
    await owner.must('PUT', 'settings', { receipt: { header: 'From the owner' }, drawer: { on_no_sale: false } });
    const conflict = page.getByRole('group', { name: 'Two versions of “Above the dishes”' });
    await conflict.getByText(/changed this at \d\d:\d\d, while you were editing it\.$/).waitFor();
    await conflict.getByText('Now: From the owner').waitFor();
    await conflict.getByText('Yours: From the desk').waitFor();
    expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
    await settled(page);
    await inBothThemes(page, 'settings-conflict');
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('2 unsaved').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Settings saved: 2 changes').waitFor();
    expect(await owner.must('GET', 'settings')).toMatchObject({
      receipt: { header: 'From the desk' },
      day_ends_at: '05:00',
      drawer: { on_no_sale: false },
    });
  });

  test('another name and another zone are at once in the whole window; what the server refuses stands by its field', async () => {
    const page = await stage.signedIn();
    await page.goto('/manager/settings');
    await page.getByLabel('Name', { exact: true }).fill('The Anchor');
    await page.keyboard.press('Control+s');
    await page.locator('.head-restaurant', { hasText: 'The Anchor' }).waitFor();
    // A server that is newer than this window may know a rule that this window does not.
    await page.route('**/api/v1/settings', (route) =>
      route.request().method() === 'PUT'
        ? route.fulfill({
            status: 422,
            json: {
              error: {
                code: 'VALIDATION_ERROR',
                message: 'Some fields are not right.',
                field: 'restaurant.vat_number',
                details: {
                  validation_errors: [{ field: 'restaurant.vat_number', message: 'That is no VAT number.', type: 'x' }],
                },
              },
              timestamp: new Date().toISOString(),
            },
          })
        : route.continue(),
    );
    await page.getByLabel('VAT number').fill('GB 1');
    await page.keyboard.press('Control+s');
    await page.getByText('That is no VAT number.').waitFor();
    await page.getByText('1 field has to be put right').waitFor();
    await picture(page, 'settings-refused');
    await page.getByLabel('VAT number').fill('GB 123 4567 89');
    await page.getByText('That is no VAT number.').waitFor({ state: 'detached' });
  });

  test('searching, a longer language on the smallest screen, an error, and the server away', async () => {
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await page.goto('/manager/settings/drawer');
    await settled(page);
    await picture(page, 'settings-longer-small');
    const [wide, visible] = (await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(visible);

    const other = await stage.signedIn();
    await other.route('**/api/v1/settings', (route) =>
      route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Something broke.' } } }),
    );
    await other.goto('/manager/settings/drawer');
    await other.getByText('Something broke.').waitFor();
    await expectAccessible(other);
    await picture(other, 'settings-error');
    await other.unroute('**/api/v1/settings');
    await other.getByRole('button', { name: 'Try again' }).click();
    await other.getByLabel('After a cash payment').waitFor();
    await other.getByRole('searchbox', { name: 'Search settings' }).fill('vat');
    await other.getByLabel('Usual VAT rate').waitFor();
    await settled(other);
    await picture(other, 'settings-search');
    await other.getByRole('searchbox', { name: 'Search settings' }).fill('zebra');
    await other.getByText('No setting is about “zebra”.').waitFor();
    await other.keyboard.press('Escape');
    await stage.stopServer();
    await other.getByText('The store server on this PC does not answer.').waitFor();
    expect(await other.getByLabel('After a cash payment').isDisabled()).toBe(true);
    await picture(other, 'settings-offline');
    await stage.startServer();
    await other.getByText('Server connected').waitFor({ timeout: 15_000 });
    await expect.poll(() => other.getByLabel('After a cash payment').isEnabled()).toBe(true);
  });
});
