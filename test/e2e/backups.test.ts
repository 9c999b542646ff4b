import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { inBothThemes, inBrowser, onPaper, people, picture, settled, signIn } from './stage.ts';

const HOUR_MS = 3_600_000;
const quarters = { times: { firstMs: 24 * HOUR_MS, everyMs: HOUR_MS / 4, afterCloseMs: 24 * HOUR_MS } };

inBrowser(
  'the backups',
  (stage) => {
    test('from no backup to a verified one by a single key, and a folder on another disk', async () => {
      const page = await stage.signedIn({ size: 'small' });
      await page.goto('/manager/backups');
      await page.getByText('If this computer broke now').waitFor();
      await settled(page);
      await inBothThemes(page, 'backups-empty-small');
      let copy = (): void => undefined;
      const copied = new Promise<void>((resolve) => {
        copy = resolve;
      });
      await page.route('**/api/v1/backups', async (route) => {
        if (route.request().method() === 'POST') await copied;
        await route.continue();
      });
      await page.getByText('Server connected').waitFor();
      await page.keyboard.press('b');
      const progress = page.getByRole('progressbar', { name: /^Copying and verifying everything/ });
      await progress.waitFor();
      expect(await progress.getAttribute('aria-valuenow')).toBeNull();
      await inBothThemes(page, 'backups-making');
      copy();
      const latest = page.getByRole('region', { name: 'Last good backup' });
      await latest.getByText('Read back and verified').waitFor();
      await page.getByRole('row', { name: /By hand/ }).waitFor();

      await page.getByRole('button', { name: 'Choose a second folder' }).click();
      await page.getByLabel('Folder').fill('not/a/whole/path');
      await page.keyboard.press('Enter');
      await page.locator('.mantine-TextInput-error').waitFor();
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-second-')));
      await page.getByLabel('Folder').fill(folder);
      await page.keyboard.press('Enter');
      await page.getByText('Second backup folder saved').waitFor();
      await page.getByRole('button', { name: 'Back up now' }).click();
      await page.getByRole('row', { name: /PC \+ 2nd folder/ }).waitFor();
      // For the safe: where the backups are and what to do with them, and nothing else of the window.
      await page.evaluate('print = () => undefined');
      await page.getByRole('button', { name: 'Print the recovery sheet' }).click();
      await onPaper(page, 'backups-recovery-sheet', async () => {
        await page.getByText('If this computer is gone').waitFor();
        await page.getByRole('listitem').filter({ hasText: folder }).waitFor();
        expect(await page.getByRole('row').first().isVisible()).toBe(false);
      });
      rmSync(folder, { recursive: true });
      const api = await stage.store.signedIn(people.manager.email, people.manager.password);
      await api.must('PUT', 'backups/second-folder', { folder: '' });
      await api.must('POST', 'backups');
    });

    test('a backup that is due and does not come is a warning after an hour, and a day of it is bad', async () => {
      const pill = async (): Promise<Page> => {
        const page = await stage.signedIn();
        await page.goto('/manager/backups');
        return page;
      };
      // A night in which nothing happens needs no backup.
      stage.store.clock.jump(10 * HOUR_MS);
      let page = await pill();
      await page.getByRole('link', { name: /^Backup 18 Jun, / }).waitFor();
      await page.locator('.pill').getByText('All good').waitFor();
      stage.store.clock.jump(2 * HOUR_MS);
      page = await pill();
      await page
        .locator('.pill')
        .getByText(/^What has happened since 19 Jun, .* is in no backup yet\.$/)
        .waitFor();
      await page.locator('.bar .shape-warn').waitFor();
      await picture(page, 'backup-late');
      stage.store.clock.jump(24 * HOUR_MS);
      page = await pill();
      await page.locator('.bar .shape-bad').waitFor();
      await page.getByRole('button', { name: 'Back up now' }).press('Enter');
      await page.locator('.pill').getByText('All good').waitFor();
    });

    test('a restore shows what would be lost, wants the name, reports, and the window follows into the new history', async () => {
      const api = await stage.store.signedIn(people.manager.email, people.manager.password);
      const item = { product_id: 1, quantity: 1 };
      const order = await api.must('POST', 'orders', { order_type: 'takeaway', items: [item] });
      await api.must('POST', `orders/${order.id}/payments`, {
        method: 'card',
        amount: order.total_amount,
        reference: 'T-1',
      });
      const page = await stage.signedIn({ size: 'large' });
      await page.goto('/manager/backups');
      await settled(page);
      await inBothThemes(page, 'backups');
      await page
        .getByRole('button', { name: /^Restore the backup of/ })
        .last()
        .press('Enter');
      const wizard = page.getByRole('dialog', { name: /^Restore the backup of/ });
      await wizard.getByText('You will lose 1 order and 1 payment made since.').waitFor();
      await wizard.getByRole('textbox').fill('The Other Place');
      await page.keyboard.press('Enter');
      await wizard.getByText(/Type the restaurant’s name exactly/).waitFor();
      await inBothThemes(page, 'backups-restore');
      await wizard.getByRole('textbox').fill('The Harbour Kitchen');
      await page.keyboard.press('Enter');
      const report = page.getByRole('dialog', { name: 'Backup restored' });
      await report.getByText('Every window and iPad has been told').waitFor();
      await picture(page, 'backups-restored');
      await report.getByRole('button', { name: 'Close' }).last().press('Enter');
      await page.getByRole('region', { name: 'The restaurant went on from a backup' }).waitFor();
      await page.getByRole('row', { name: /Before a restore/ }).waitFor();
      await page.getByText('Server connected').waitFor();
      // Who signed in after the backup was made has to do so again.
      const after = await stage.store.signedIn(people.manager.email, people.manager.password);
      expect((await after.get(`orders/${order.id}`)).status).toBe(404);
      // The window hears what happens in the new history.
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByText('Nothing open').first().waitFor();
      const pill = page.locator('.pill');
      await pill.getByText(/^The restaurant went back|lost/).waitFor();
      const needs = page.getByRole('region', { name: 'Needs you' });
      await picture(page, 'overview-restored');
      await needs.getByRole('link', { name: 'See what was lost' }).press('Enter');
      const read = page.getByRole('button', { name: 'I have read this' });
      await read.waitFor();
      await inBothThemes(page, 'backups-to-read');
      await read.press('Enter');
      await page.getByText(/Read \d+ Jun, /).waitFor();
      await pill.getByText('All good').waitFor();
      await page.getByRole('link', { name: 'Overview' }).click();
      await after.must('POST', 'orders', { order_type: 'takeaway' });
      await page.getByText('1 check open').waitFor();
    });

    test('an error, a longer language, and the server away', async () => {
      const page = await stage.open({ size: 'small', longer: true });
      await signIn(page, people.manager);
      await page.route('**/api/v1/backups', (route) =>
        route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Something broke.' } } }),
      );
      await page.goto('/manager/backups');
      await page.locator('main').getByText('Something broke.').waitFor();
      await page.unroute('**/api/v1/backups');
      await page.locator('main .trouble button').click();
      await page.locator('.backup-list').waitFor();
      await picture(page, 'backups-longer-small');
      const [wide, visible] = (await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )) as [number, number];
      expect(wide).toBeLessThanOrEqual(visible);
      await stage.stopServer();
      await page.locator('.band').waitFor();
      await expect.poll(() => page.locator('.backup-action button').first().isDisabled()).toBe(true);
      await picture(page, 'backups-offline');
      await stage.startServer();
    });
  },
  { backups: quarters },
);
