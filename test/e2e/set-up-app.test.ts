import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { asInTheApp } from './in-the-app.ts';
import { create, olga } from './set-up-stage.ts';
import { inBothThemes, inBrowser, settled } from './stage.ts';

inBrowser(
  'the first set-up in the desktop app',
  (stage) => {
    /** Found, given its job, and seen to print; the app starts with the computer; and the window is open. */
    async function withPrinter(page: Page): Promise<void> {
      const paper = await stage.store.lab.start(0);
      await page.getByRole('button', { name: 'Look again' }).click();
      await page.getByRole('button', { name: `Use the printer at ${paper.address}` }).click();
      await page.getByRole('radio', { name: 'Both' }).check();
      await page.getByLabel('Name').fill('');
      await inBothThemes(page, 'set-up-printer-job');
      await page.getByLabel('Name').fill('Pass');
      await page.keyboard.press('Enter');
      await page.getByText('prints Kitchen, receipts', { exact: false }).waitFor();
      // The keyboard is where it goes on.
      await expect
        .poll(() => page.evaluate('document.activeElement.textContent'), { timeout: 5_000 })
        .toBe('Print its name');
      await page.keyboard.press('Enter');
      await page.getByText('Did paper come out of Pass?').waitFor();
      await expect.poll(() => paper.papers().length, { timeout: 5_000 }).toBe(1);
      await settled(page);
      await inBothThemes(page, 'set-up-printer');
      await page.getByRole('button', { name: 'Yes' }).click();
      await page.getByText('Pass prints.').waitFor();
      await page.getByRole('button', { name: 'Look again' }).click();
      await page.getByText('No other printer answered.').waitFor();
      const next = page.getByRole('button', { name: 'Continue' });
      await next.click();
      await page.getByRole('button', { name: /^Pub/ }).click();
      await page.getByRole('button', { name: 'Import 29 dishes' }).waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-template');
      await page.getByRole('button', { name: 'Import 29 dishes' }).click();
      await page.getByText('29 dishes are on the menu.').waitFor();
      await next.click();
      await next.click();
      await page.getByLabel('Start Fynlo with this computer').check();
      await settled(page);
      await inBothThemes(page, 'set-up-safety-app');
      await page.getByRole('button', { name: 'Finish set-up' }).click();
      await page.getByText('The Anchor is ready.').waitFor();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();

      // Five minutes after the box was opened: the first ticket.
      const api = await stage.store.signedIn(olga.email, olga.password);
      const menu = (await api.must('GET', 'products')) as { uuid: string; name: string }[];
      const pie = menu.find(({ name }) => /pie/i.test(name));
      const { id } = await api.must('POST', 'orders', { order_type: 'takeaway' });
      await api.must('POST', `orders/${id}/lines`, { lines: [{ product_id: pie?.uuid, quantity: 1 }] });
      await api.must('POST', `orders/${id}/fire`, {});
      await expect.poll(() => paper.papers().length, { timeout: 5_000 }).toBe(2);
    }
    async function fillIn(page: Page): Promise<void> {
      await page.getByLabel('Name').fill('The Anchor');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Your name').fill('Olga Owner');
      await page.getByLabel('E-mail').fill(olga.email);
      await page.getByLabel('Password').first().fill(olga.password);
    }

    test('the app fills in the code, also the new one after the server fell; what was typed stays', async () => {
      const code = async () => ({ setup_code: await ensureSetupCode(stage.store.server.core), demo_people: [] });
      const page = await stage.open();
      await asInTheApp(page, code);
      await page.getByText('The Fynlo app on this computer has filled in the set-up code.').waitFor();
      expect(await page.getByLabel('Set-up code').inputValue()).toMatch(/^(\w{4}-){2}\w{4}$/);
      await inBothThemes(page, 'set-up-app');
      await page.getByRole('button', { name: 'Continue' }).click();
      await fillIn(page);

      await stage.stopServer();
      await page.getByText('The store server does not answer. What you typed is kept').waitFor();
      expect(await create(page).isEnabled()).toBe(false);
      await inBothThemes(page, 'set-up-lost');
      await stage.startServer();
      await page.getByText('No internet is needed.').waitFor();
      await page.getByLabel('Password').first().fill('password1');
      await create(page).click();
      await page.getByRole('link', { name: 'This password is one of the first that anybody would try.' }).waitFor();
      await inBothThemes(page, 'set-up-refused');
      expect(await page.getByLabel('E-mail').inputValue()).toBe(olga.email);

      // At another computer somebody is at it too, with a code that has been used by then.
      const late = await stage.open();
      await late.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC');
      await late.getByRole('button', { name: 'Continue' }).click();
      await fillIn(late);

      // The owner is saved, and then the line breaks: it says what is missing.
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByLabel('VAT number').fill('GB 123 4567 89');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.route('**/api/v1/settings', (route) =>
        route.request().method() === 'GET' ? route.continue() : route.abort(),
      );
      await page.getByLabel('Password').first().fill(olga.password);
      await create(page).click();
      await page.getByText('The owner is there, but not everything was saved.').waitFor();
      await withPrinter(page);
      await create(late).click();
      await late.getByText('This restaurant has an owner already. Sign in.').waitFor();
      await late.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  },
  { empty: true },
);
