import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { openStore } from '../harness/open-store.ts';
import { dialog, olga } from './set-up-stage.ts';
import { inBothThemes, inBrowser, picture, settled, signIn } from './stage.ts';

const drives: string[] = [];

inBrowser(
  'a restaurant that comes from another computer',
  (stage) => {
    let id: string;
    const disk = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-usb-')));
    const spoilt = disk();
    beforeAll(async () => {
      const old = await openStore({ empty: true });
      const code = (await ensureSetupCode(old.server.core)) ?? '';
      const { user } = await old
        .client()
        .must('POST', 'setup', { code, name: 'Olga Owner', ...olga, restaurant_name: 'The Anchor' });
      const owner = await old.signedIn(olga.email, olga.password);
      await owner.must('PUT', `staff/${user.id}/pin`, { pin: '471147' });
      await owner.must('POST', 'orders', { order_type: 'takeaway' });
      id = await old.server.snapshot();
      const usb = disk();
      for (const to of [usb, spoilt]) cpSync(join(old.dataDir, 'backups'), to, { recursive: true });
      const file = join(spoilt, `${id}.db`);
      writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, -1), Buffer.from('x')]));
      await old.close();
      drives.push(usb);
    });
    afterAll(() => {
      for (const folder of [...drives, spoilt]) rmSync(folder, { recursive: true });
    });

    test('found on the drive that was plugged in; a damaged one is refused; then everything is here, and its owner signs in', async () => {
      const code = (await ensureSetupCode(stage.store.server.core)) ?? '';
      const page = await stage.open();
      await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC');
      await page.getByRole('radio', { name: 'A restaurant that I have a backup of' }).check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('link', { name: 'That set-up code is not right or has been used.' }).waitFor();
      await page.getByLabel('Set-up code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('radio', { name: 'The Anchor', checked: true }).waitFor();
      // The browser is not where the restaurant is, and both pages tell the restaurant’s time.
      await page.getByText('The Anchor · 18 Jun 2025, 19:').waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-backup');

      // Another folder by keyboard, nothing in it, and one with a backup that somebody's disk has spoilt.
      const folder = page.getByLabel('Folder');
      await folder.fill('/there/is/no/such/folder');
      await folder.press('Enter');
      await page.getByText('This folder is not there. Is the drive connected?').waitFor();
      await picture(page, 'set-up-backup-none');
      await folder.fill(spoilt);
      await folder.press('Enter');
      await page.getByRole('radio', { name: 'The Anchor', checked: true }).waitFor();
      await page.getByText(spoilt).waitFor();
      await page.getByRole('button', { name: 'Go on from this backup' }).click();
      await page.getByRole('link', { name: 'This backup is not as it was when it was made' }).waitFor();
      await inBothThemes(page, 'set-up-backup-damaged');

      // The power goes: it goes on at the same step, with the same folder.
      await page.reload();
      expect(await folder.inputValue()).toBe(spoilt);
      await folder.fill('');
      await page.getByRole('button', { name: 'Look there' }).click();
      await page.getByText(drives[0] ?? '').waitFor();
      await page.getByRole('button', { name: 'Go on from this backup' }).click();
      await page.getByRole('heading', { name: 'The Anchor is on this computer' }).waitFor();
      await page.getByText('from the state of 18 Jun 2025, 19:').waitFor();
      await page.getByText('1 person needs a new PIN').waitFor();
      await inBothThemes(page, 'set-up-moved-in');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await signIn(page, olga);
      await page.getByText('The restaurant was brought to another computer.').first().waitFor();

      // What a backup cannot bring: the PIN.
      await page.getByRole('button', { name: 'Give PINs', exact: true }).click();
      const pin = page.getByLabel('PIN of Olga Owner', { exact: true });
      await pin.fill('4711');
      await pin.press('Enter');
      await page.getByText('Managers and owners need a PIN of at least 6 digits.').waitFor();
      await inBothThemes(page, 'set-up-pins');
      await pin.fill('471248');
      await pin.press('Enter');
      await page.getByText('Everybody has a PIN.').waitFor();
      await dialog(page, 'New PINs').getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Give PINs', exact: true }).waitFor({ state: 'detached' });
    });
  },
  { empty: true, backups: { drives: () => drives } },
);
