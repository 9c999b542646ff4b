import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { plainText } from '../../store-server/hardware/lab/slip.ts';
import { create, dialog, olga } from './set-up-stage.ts';
import { inBothThemes, inBrowser, settled } from './stage.ts';

const left = (page: Page, steps: number) => page.getByRole('region', { name: `Set-up left (${steps})` });
const routing = (page: Page) => page.getByRole('region', { name: 'Where kitchen tickets come out' });

inBrowser(
  'the first set-up',
  (stage) => {
    test('where a restaurant’s database was lost before its first backup, it is said where somebody begins again', async () => {
      const page = await stage.open();
      const notice = 'The restaurant’s database was missing. What was recorded is lost (entries 2 to 4).';
      await page.route('**/health', async (route) => {
        const response = await route.fetch();
        const json = await response.json();
        await route.fulfill({ response, json: { ...json, data: { ...json.data, notice } } });
      });
      await page.reload();
      await page.getByRole('status').filter({ hasText: notice }).waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-lost');
    });

    test('from a new store to its owner’s overview: the code, the restaurant, the owner, and nothing lost on the way', async () => {
      const code = (await ensureSetupCode(stage.store.server.core)) ?? '';
      const page = await stage.open();
      await page.getByRole('heading', { name: 'Begin on this computer' }).waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('One thing has to be put right:').waitFor();
      await inBothThemes(page, 'set-up-code');
      await page.getByRole('radio', { name: 'A new restaurant, with a claim code' }).check();
      await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC');
      await page.keyboard.press('Enter');
      // One step back and forth by keyboard; Escape asks, and loses nothing.
      await page.getByLabel('Name').waitFor();
      await page.keyboard.press('Alt+ArrowLeft');
      await page.getByLabel('Set-up code').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page, 'Stop the set-up for now?').getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();

      // What is said of a field goes once something else stands in it.
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('link', { name: 'The restaurant needs a name.' }).waitFor();
      await page.getByLabel('Name').fill('The Anchor');
      await page.getByText('The restaurant needs a name.').first().waitFor({ state: 'detached' });
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
      await create(page).click();
      await page.getByRole('link', { name: 'The password needs at least 8 characters.' }).waitFor();
      await inBothThemes(page, 'set-up-owner');
      await page.getByLabel('Password').first().fill('a-long-anchor-chain');
      await page.getByLabel('PIN').first().fill('123456');
      await create(page).click();

      // The code was wrong: it is shown where it was typed, and all the rest is still there.
      await page.getByRole('link', { name: 'That set-up code is not right or has been used.' }).waitFor();
      await page.getByLabel('Set-up code').fill(code);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Continue' }).click();
      await create(page).click();
      await page.getByRole('link', { name: 'This PIN is one of the first' }).waitFor();
      await page.getByLabel('PIN').first().fill('294716');
      await create(page).click();

      // The rest is the owner's, and nobody has to. The relay is not there today.
      await page.getByRole('heading', { name: 'Which owner does it belong to?' }).waitFor();
      await page.getByLabel('Address of the relay').fill('http://127.0.0.1:9');
      await page.getByLabel('Claim code').fill('LIME-RIVER-42');
      await page.getByRole('button', { name: 'Connect' }).click();
      await page.getByText('The restaurant was not connected').waitFor();
      await inBothThemes(page, 'set-up-claim');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'Which printers are there?' }).waitFor();
      await page.getByText('Nobody answered').waitFor();
      await inBothThemes(page, 'set-up-printers-none');
      // The power goes again: whoever signs in goes on at the same step.
      await page.evaluate('sessionStorage.clear()');
      await page.reload();
      await page.locator('input[name=email]').fill(olga.email);
      await page.locator('input[name=password]').fill(olga.password);
      await page.keyboard.press('Enter');
      await page.getByText('Nobody answered').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page, 'Stop the set-up for now?').getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('heading', { name: 'Which printers are there?' }).click();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'What is on the menu?' }).waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-menu');
      // A menu that is looked at is not passed by unawares.
      await page.getByRole('button', { name: 'Pub' }).click();
      await page.getByRole('button', { name: 'Import 29 dishes' }).waitFor();
      await page.getByRole('heading', { name: 'What is on the menu?' }).click();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Continue without importing' }).waitFor();
      await inBothThemes(page, 'set-up-menu-waits');
      await page.getByRole('button', { name: 'Choose something else' }).click();
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByRole('heading', { name: 'Which iPads take orders?' }).waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-ipads');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Make a backup now' }).waitFor();
      await page.getByRole('button', { name: 'Make a backup now' }).click();
      await page.getByText('Backed up and verified').waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-safety');
      await page.getByRole('button', { name: 'Finish set-up' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      await page.getByText('The Anchor').first().waitFor();
      await page.getByText('No printer is set up.').first().waitFor();
      await left(page, 6).waitFor();
      // The server alone: on an empty menu nothing goes wrong, but nothing can be sold either.
      await page.getByText('Opening check: 1 of 4 done').waitFor();
      await settled(page);
      await inBothThemes(page, 'set-up-left');
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

    test('then a category, a dish, a station and a printer, all in the window: the first order is on the kitchen’s paper', async () => {
      const page = await stage.signedIn({}, olga);
      const api = await stage.store.signedIn(olga.email, olga.password);
      await left(page, 6).getByRole('link', { name: 'Write the menu' }).click();
      await page.getByRole('button', { name: 'Add the first category' }).waitFor();
      await settled(page);
      await inBothThemes(page, 'first-menu');
      // N leads to the category too: there is nothing a dish could stand in.
      await page.keyboard.press('n');
      await dialog(page, 'New category').getByText('This one first, then the dish.').waitFor();
      await page.getByLabel('Name').fill('Mains');
      await page.keyboard.press('Enter');
      await dialog(page, 'New dish').getByLabel('Name').fill('Fish and chips');
      await page.getByRole('option', { name: 'Mains', selected: true }).waitFor({ state: 'attached' });
      await page.getByLabel('Price').fill('14.50');
      await page.keyboard.press('Enter');

      // Nobody makes it yet, which the till is told as much as the manager.
      await page.getByText('There is no kitchen station yet').waitFor();
      const [dish] = (await api.must('GET', 'products')) as { uuid: string }[];
      const { id } = await api.must('POST', 'orders', { order_type: 'takeaway' });
      await api.must('POST', `orders/${id}/lines`, { lines: [{ product_id: dish?.uuid, quantity: 2 }] });
      const refused = await api.ask('POST', `orders/${id}/fire`, {});
      expect([refused.status, refused.body.error.code]).toEqual([409, 'NO_STATION']);
      await settled(page);
      await inBothThemes(page, 'menu-no-station');
      await page.locator('td.menu-station_id').click();
      await page.keyboard.press('Enter');
      await dialog(page, 'Add a kitchen station').getByText('No printer is set up yet.').waitFor();
      await page.getByLabel('Name').fill('Range');
      await page.keyboard.press('Enter');
      await page.getByRole('gridcell', { name: 'Range' }).waitFor();
      await page.keyboard.press('Control+s');
      await page.getByText('1 change to the menu published').waitFor();
      // The category gets its own, for all that is still to come.
      await page.getByRole('button', { name: 'Change category Mains' }).click();
      await page.getByLabel('Station').selectOption({ label: 'Add a station…' });
      await dialog(page, 'Add a kitchen station').getByLabel('Name').fill('range');
      await page.keyboard.press('Enter');
      await page.getByText('There is already a station of this name.').waitFor();
      await dialog(page, 'Add a kitchen station').getByLabel('Name').fill('Cold kitchen');
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Cold kitchen', selected: true }).waitFor({ state: 'attached' });
      await dialog(page, 'Category Mains').getByRole('button', { name: 'Save' }).click();
      await page.getByText('Category Mains changed').waitFor();

      const paper = await stage.store.lab.start(0);
      // What is done is gone from the list; what somebody does not need goes too, for this person at this computer.
      await page.keyboard.press('1');
      await left(page, 4).getByRole('button', { name: 'Not needed: Connect' }).click();
      await left(page, 3).waitFor();
      await page.reload();
      await left(page, 3).getByRole('link', { name: 'Choose a folder' }).waitFor();
      await left(page, 3).getByRole('link', { name: 'Add a printer' }).click();
      await routing(page).getByText('No printer').first().waitFor();
      await page.keyboard.press('n');
      await page.getByLabel('Name').fill('Kitchen printer');
      await page.getByLabel('Address').fill(paper.address);
      await page.getByLabel('Model').selectOption({ label: 'Fynlo virtual printer, 80 mm' });
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Kitchen printer' }).waitFor();
      await routing(page).getByRole('button', { name: 'Edit station Range' }).click();
      await dialog(page, 'Station Range').getByText('1 dish is made here.').waitFor();
      await page.getByRole('checkbox', { name: 'Kitchen printer' }).check();
      await page.getByLabel('Name').fill('Stove');
      await inBothThemes(page, 'station');
      await page.getByLabel('Name').press('Enter');
      await routing(page).getByText('Kitchen printer').waitFor();

      await api.must('POST', `orders/${id}/fire`, {});
      await expect.poll(() => paper.papers().length, { timeout: 5_000 }).toBe(1);
      const words = paper.papers().map(({ slip }) => plainText(slip));
      expect(words.join()).toMatch(/Stove[\s\S]*2 x[\s\S]*Fish and chips/i);
    });

    test('a station is taken out of use and put back, and undone', async () => {
      const page = await stage.signedIn({ size: 'small' }, olga);
      await left(page, 3).getByRole('button', { name: 'Not needed: Choose a folder' }).click();
      await page.keyboard.press('Control+z');
      await left(page, 3).getByText('A second folder, on another disk').waitFor();
      await page.keyboard.press('8');
      await routing(page).getByRole('button', { name: 'Edit station Cold kitchen' }).click();
      await page.getByRole('button', { name: 'Take out of use' }).click();
      await routing(page).getByRole('button', { name: 'Put back Cold kitchen' }).waitFor();
      await settled(page);
      await inBothThemes(page, 'printers-first');
      await routing(page).getByRole('button', { name: 'Put back Cold kitchen' }).click();
      await routing(page).getByRole('button', { name: 'Edit station Cold kitchen' }).waitFor();
      await page.keyboard.press('Control+z');
      await routing(page).getByRole('button', { name: 'Put back Cold kitchen' }).waitFor();
      await page.keyboard.press('s');
      await dialog(page, 'Add a kitchen station').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('This is needed.').waitFor();
    });
  },
  { empty: true },
);
