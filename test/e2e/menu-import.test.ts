import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

const patience = { timeout: 10_000 };
const csv = [
  'Section;Dish;Cost;VAT;Station;Allergens;Notes',
  'Tacos;Quesadilla;5,50;20 %;Plancha;milk, wheat;',
  ';Haggis;—;20 %;Plancha;;only in January',
  ';<b>Carnitas</b>;4.25;20 %;Plancha;;',
  'Starters;Haggis;7;some;;kryptonite;',
].join('\r\n');

inBrowser('bringing a menu in', (stage) => {
  const dishes = async (): Promise<{ name: string; category: string; price: number; allergens: string[] }[]> =>
    (await stage.store.signedIn(people.owner.email, people.owner.password)).must('GET', 'products');
  const choose = (page: Page, name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });

  test('from a file: what is wrong is mended in its line, a reload loses nothing, and all of it is taken back', async () => {
    const before = (await dishes()).length;
    const page = await stage.signedIn();
    await page.goto('/manager/menu');
    await page.getByRole('link', { name: 'Import…' }).waitFor();
    await page.locator('.menu-grid').waitFor();
    await page.keyboard.press('i');
    await page.getByRole('button', { name: /^Pub/ }).waitFor();
    await settled(page);
    await inBothThemes(page, 'menu-import');

    await choose(page, 'menu.xlsx', 'PK\u0003\u0004\0\0');
    await page.getByRole('alert').filter({ hasText: 'This is an Excel workbook.' }).waitFor();
    await choose(page, 'chucho.csv', csv.replace('—', '-'));
    const review = page.getByRole('region', { name: 'What comes in from chucho.csv' });
    await review.getByText('2 new').first().waitFor();
    await review.getByText('2 problems').first().waitFor();
    await review.getByText('5,50 read as £5.50').waitFor();
    await inBothThemes(page, 'menu-import-review');

    const download = page.waitForEvent('download');
    await review.getByRole('button', { name: 'Download 2 problems' }).click();
    expect((await download).suggestedFilename()).toBe('menu-problems.csv');
    await review.getByRole('textbox', { name: 'Price of line 3' }).fill('9,90');
    await page.keyboard.press('Enter');
    await review.getByText('3 new').first().waitFor();
    await page.reload();
    await review.getByText('3 new').first().waitFor();
    await review.getByRole('textbox', { name: 'VAT of line 5' }).fill('20');
    await page.keyboard.press('Tab');
    await review.getByRole('textbox', { name: 'Allergens of line 5' }).fill('');
    await page.keyboard.press('Enter');
    await review.getByRole('button', { name: 'Import 4 dishes' }).click();
    await page.getByRole('heading', { name: `${before + 4} dishes on the menu now` }).waitFor(patience);
    await expectAccessible(page);
    await picture(page, 'menu-import-report');
    const now = await dishes();
    expect(now.find(({ name }) => name === '<b>Carnitas</b>')).toMatchObject({ category: 'Tacos', price: 4.25 });
    expect(now.find(({ name, category }) => name === 'Haggis' && category === 'Tacos')).toMatchObject({ price: 9.9 });
    expect(now.find(({ name }) => name === 'Quesadilla')).toMatchObject({ allergens: ['milk', 'gluten'] });

    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('The import is taken back.').waitFor(patience);
    expect(await dishes()).toHaveLength(before);
  });

  test('copied from a spreadsheet and from a template; an earlier import is taken back from any window', async () => {
    const before = (await dishes()).length;
    const page = await stage.signedIn({ size: 'small' });
    await page.goto('/manager/menu/import');
    await page.getByRole('textbox', { name: 'Copied cells' }).fill('Flan de casa\t5\nArroz con leche\t4.50');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('2 new').first().waitFor();
    await page.getByRole('button', { name: 'Choose something else' }).click();
    await page.getByRole('button', { name: /^Taquería/ }).click();
    await page.getByRole('button', { name: 'Import 23 dishes' }).waitFor();
    await settled(page);
    await picture(page, 'menu-import-template');
    await page.setViewportSize({ width: 720, height: 900 });
    await picture(page, 'menu-import-narrow');
    await page.getByRole('button', { name: 'Import 23 dishes' }).click();
    await page.getByRole('heading', { name: `${before + 23} dishes on the menu now` }).waitFor(patience);

    const other = await stage.signedIn();
    await other.goto('/manager/menu/import');
    const earlier = other.getByRole('region', { name: 'Imports of the last seven days' });
    await earlier.getByText('23 new').waitFor();
    await picture(other, 'menu-import-earlier');
    await earlier.getByRole('button', { name: 'Undo the import of Template Taquería' }).click();
    await earlier.getByText('Taken back').first().waitFor(patience);
    expect(await dishes()).toHaveLength(before);
  });
});
