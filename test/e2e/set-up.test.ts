import { expect, test } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { inBothThemes, inBrowser } from './stage.ts';

inBrowser(
  'the first set-up',
  (stage) => {
    test('from a new store to its owner’s overview: the code, the restaurant, the owner, and nothing lost on the way', async () => {
      const code = (await ensureSetupCode(stage.store.server.core)) ?? '';
      const page = await stage.open();
      await page.getByRole('heading', { name: 'Show that this is your store computer' }).waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('One thing has to be put right:').waitFor();
      await inBothThemes(page, 'set-up-code');
      await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC');
      await page.keyboard.press('Enter');

      await page.getByLabel('Name').fill('The Anchor');
      await page.getByLabel('Address').fill('1 Quay Street\nWhitby');
      await page.getByLabel('VAT number').fill('GB 123 4567 89');
      await inBothThemes(page, 'set-up-restaurant');
      // The power goes: it goes on at the same step.
      await page.reload();
      expect(await page.getByLabel('Name').inputValue()).toBe('The Anchor');
      await page.getByRole('button', { name: 'Continue' }).click();

      await page.getByLabel('Your name').fill('Olga Owner');
      await page.getByLabel('E-mail').fill('olga@anchor.test');
      await page.getByLabel('Password').first().fill('short');
      await page.getByRole('button', { name: 'Finish set-up' }).click();
      await page.getByRole('link', { name: 'The password needs at least 8 characters.' }).waitFor();
      await inBothThemes(page, 'set-up-owner');
      await page.getByLabel('Password').first().fill('a-long-anchor-chain');
      await page.getByRole('button', { name: 'Finish set-up' }).click();

      // The code was wrong: it is shown where it was typed, and all the rest is still there.
      await page.getByRole('link', { name: 'That set-up code is not right or has been used.' }).waitFor();
      await page.getByLabel('Set-up code').fill(code);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('button', { name: 'Finish set-up' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.getByText('The Anchor').first().waitFor();
      await page.getByText('No printer is set up.').first().waitFor();
      const api = await stage.store.signedIn('olga@anchor.test', 'a-long-anchor-chain');
      // The window is open by then; the rest of what was typed follows on its heels.
      await expect
        .poll(async () => (await api.must('GET', 'settings')).restaurant, { timeout: 10_000 })
        .toMatchObject({
          name: 'The Anchor',
          address: '1 Quay Street\nWhitby',
          vat_number: 'GB 123 4567 89',
        });
      expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('anchor-chain');
    });
  },
  { empty: true },
);
