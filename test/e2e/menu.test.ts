import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { ApiClient } from '../harness/api-client.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

const patience = { timeout: 10_000 };

interface Product {
  readonly uuid: string;
  readonly name: string;
  readonly price: number;
  readonly available: boolean;
  readonly remaining: number | null;
  readonly vat_bps: number;
  readonly allergens: readonly string[];
}

inBrowser('the menu', (stage) => {
  const owner = (): Promise<ApiClient> => stage.store.signedIn(people.owner.email, people.owner.password);
  const products = async (): Promise<Product[]> => (await owner()).must('GET', 'products');
  const dish = async (nth: number): Promise<Product> => (await products())[nth]!;
  const cell = (page: Page, nth: number, column: string) =>
    page.locator(`.menu-grid tbody tr:nth-child(${nth + 1}) td.menu-${column}`);
  const bar = (page: Page) => page.getByRole('region', { name: 'Unpublished changes' });
  async function open(look: Parameters<typeof stage.signedIn>[0] = {}, address = '/manager/menu'): Promise<Page> {
    const page = await stage.signedIn(look);
    await page.goto(address);
    await page.locator('.menu-grid, .group-editor').first().waitFor();
    await settled(page);
    // The first category alone: axe looks at each cell.
    const first = page.getByRole('button', { name: /^Starters/ });
    if ((await first.count()) > 0) await first.click();
    return page;
  }

  test('prices by keyboard alone: type, Enter, fill down, take back, publish, take back what is published', async () => {
    const before = (await products()).slice(0, 4);
    const page = await stage.signedIn({ size: 'large' });
    await page.keyboard.press('5');
    await page.locator('.menu-grid').waitFor();
    await settled(page);
    await picture(page, 'menu');
    await page.getByRole('button', { name: /^Starters/ }).click();
    await inBothThemes(page, 'menu-category');
    await page.keyboard.press('e');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('7.25');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F2');
    await page.keyboard.type('8,50');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await bar(page).getByText('4 changes not published').waitFor();
    expect(await cell(page, 3, 'price').textContent()).toBe('£8.50');
    await page.keyboard.press('Control+z');
    await bar(page).getByText('2 changes not published').waitFor();
    expect((await dish(0)).price).toBe(before[0]!.price);
    await page.keyboard.press('Control+s');
    await page.getByText('2 changes to the menu published').waitFor();
    expect([(await dish(0)).price, (await dish(1)).price]).toEqual([7.25, 8.5]);
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: 2 changes to the menu published').waitFor();
    expect((await products()).slice(0, 4)).toEqual(before);
  });

  test('a column from a spreadsheet; what cannot be read is told in its cell; a reload loses nothing', async () => {
    const page = await open({ size: 'large' });
    await cell(page, 1, 'price').click();
    const { category } = (await products()).at(-1) as Product & { category: string };
    const column = `4.10\t${category}\t5 %\n£4.20\nfive\n0`;
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/plain', ${JSON.stringify(column)});
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    })()`);
    await bar(page).getByText('1 cell has to be put right').waitFor();
    await page.reload();
    await bar(page).getByText('6 changes not published').waitFor();
    await page.getByRole('button', { name: /^Starters/ }).click();
    expect(await cell(page, 3, 'price').textContent()).toContain('five');
    await cell(page, 3, 'price').click();
    await page.getByText('Type a price in pounds, such as 4.50.').waitFor();
    await picture(page, 'menu-pasted');
    await expectAccessible(page);
    await page.keyboard.type('4.30');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');
    await bar(page)
      .getByText(/^▲ Is this meant\? .* £0\.00\. Publish once more/)
      .waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('4.40');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+s');
    await page.getByText('6 changes to the menu published').waitFor();
    const all = await products();
    expect(all.filter(({ price }) => [4.1, 4.2, 4.3, 4.4].includes(price)).length).toBeGreaterThanOrEqual(4);
    expect(all.find(({ price, vat_bps }) => price === 4.1 && vat_bps === 500)).toMatchObject({ category });
  });

  test('two managers on one dish see each other, and neither change vanishes', async () => {
    const page = await open({ size: 'small' });
    const { uuid, name, price } = await dish(6);
    await cell(page, 6, 'price').click();
    await page.keyboard.type('9.90');
    await page.keyboard.press('Enter');
    await cell(page, 6, 'name').dblclick();
    await page.keyboard.type('Renamed here');
    await page.keyboard.press('Enter');
    await (await owner()).must('PUT', `products/${uuid}`, { price: 12 });
    const conflicts = page.getByRole('region', { name: 'Somebody else has changed this meanwhile' });
    await conflicts.getByText(`was £${price.toFixed(2)}, is now £12.00, yours is £9.90`).waitFor();
    await page.keyboard.press('Control+s');
    await bar(page).getByText('1 change is to be decided above').waitFor();
    await inBothThemes(page, 'menu-conflict-small');
    await conflicts.getByRole('button', { name: `Take theirs: ${name}, Price` }).click();
    await page.getByRole('button', { name: /^Publish 1 change/ }).click();
    await page.getByText('1 change to the menu published').waitFor();
    expect(await dish(6)).toMatchObject({ name: 'Renamed here', price: 12 });
  });

  test('off tonight at once, and so many left; a new dish; a category', async () => {
    const page = await open();
    const { name } = await dish(2);
    await cell(page, 2, 'available').click();
    await picture(page, 'menu-stock');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Take off (86) until I put it back' }).click();
    await cell(page, 2, 'available').getByText('Off (86)').waitFor();
    expect((await dish(2)).available).toBe(false);
    await page.keyboard.press('Control+z');
    await cell(page, 2, 'available').getByText('On').waitFor();
    await cell(page, 2, 'available').press('Enter');
    await page.getByRole('button', { name: 'Take off (86) until the business day ends' }).press('Enter');
    await cell(page, 2, 'available').getByText('Off today').waitFor();
    await page.keyboard.press('Control+z');
    await cell(page, 2, 'available').getByText('On').waitFor();
    await cell(page, 2, 'available').click();
    await page.getByLabel('Portions left').fill('6');
    await page.keyboard.press('Enter');
    await page.getByText(`${name}: 6 left`).waitFor();
    expect((await dish(2)).remaining).toBe(6);
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // Allergens by keyboard: from the cell into the panel, and out with the other changes.
    await cell(page, 2, 'available').click();
    await page.keyboard.press('Escape');
    await cell(page, 2, 'available').press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const codes = await cell(page, 2, 'allergens').textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Celery' }).press('Space');
    await page.getByRole('checkbox', { name: 'Lupin' }).press('Space');
    await settled(page);
    await picture(page, 'menu-allergens');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    expect(await cell(page, 2, 'allergens').textContent()).not.toBe(codes);
    await page.keyboard.press('Control+s');
    await page.getByText('1 change to the menu published').waitFor();
    expect((await dish(2)).allergens).toEqual(expect.arrayContaining(['celery', 'lupin']));
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 2, 'allergens').textContent()).toBe(codes);

    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Elderflower pressé');
    await page.getByRole('textbox', { name: 'Price' }).fill('3.75');
    await picture(page, 'menu-new');
    await expectAccessible(page);
    await page.reload();
    await page.locator('.menu-grid').waitFor();
    await page.keyboard.press('n');
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Elderflower pressé');
    await page.getByRole('button', { name: 'Add to the menu' }).click();
    await page.getByText('Elderflower pressé added to the menu').waitFor();
    expect((await products()).find((one) => one.name === 'Elderflower pressé')?.price).toBe(3.75);

    const first = (await (await owner()).must('GET', 'menu/categories'))[0].name as string;
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: new RegExp(`^${first}`) }).click();
    await page.getByRole('button', { name: `Change category ${first}` }).click();
    const other = (await (await owner()).must('GET', 'menu/categories'))[1].name as string;
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(other);
    await page.keyboard.press('Enter');
    await page.getByText('This exists already.').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('To begin with');
    await page.keyboard.press('Enter');
    await page.getByText('Category To begin with changed').waitFor();

    // Two managers at one category: what only the other has changed stays as they want it.
    const api = await owner();
    const { id } = (await api.must('GET', 'menu/categories'))[0] as { id: number };
    await page.getByRole('button', { name: 'Change category To begin with' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Small plates');
    await api.must('PUT', `menu/categories/${id}`, { name: 'Nibbles', active: false });
    const conflict = page.getByRole('group', { name: 'Two versions of “Name”' });
    await conflict.getByText('Now: Nibbles').waitFor();
    await picture(page, 'menu-category-conflict');
    await conflict.getByRole('button', { name: 'Keep mine' }).press('Enter');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByText('Category Small plates changed').waitFor();
    const after = (await api.must('GET', 'menu/categories')) as { id: number }[];
    expect(after.find((one) => one.id === id)).toMatchObject({ name: 'Small plates', active: false });
    await api.must('PUT', `menu/categories/${id}`, { name: first, active: true });
  });

  test('choices: another order, a price, a new option that opens more; what another saves first is not lost', async () => {
    const page = await open({ size: 'large' }, '/manager/menu/choices');
    await inBothThemes(page, 'menu-choices');
    const [group] = (await (await owner()).must('GET', 'menu/modifier-groups')) as {
      id: string;
      name: string;
      options: { name: string }[];
    }[];
    const [first, second] = group!.options;
    await page.getByRole('button', { name: `Move ${second!.name} up` }).click();
    await page.getByRole('textbox', { name: `Price of ${second!.name}` }).fill('x');
    await page.getByText('Type a price in pounds, such as 0.50.').waitFor();
    await page.getByRole('textbox', { name: `Price of ${second!.name}` }).fill('0.75');
    await page.getByRole('button', { name: 'Add an option' }).click();
    await page.getByRole('textbox', { name: 'Option of new option' }).fill('As the chef likes it');
    await page.getByRole('button', { name: 'Allergens of As the chef likes it' }).press('Enter');
    await page.getByRole('checkbox', { name: 'Mustard', exact: true }).press('Space');
    await page.getByRole('checkbox', { name: 'Celery', exact: true }).press('Space');
    await picture(page, 'menu-choices-allergens');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Allergens of As the chef likes it: Celery, Mustard' }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(`Group ${group!.name} saved`).waitFor();
    const read = async () => (await owner()).must('GET', `menu/modifier-groups/${group!.id}`);
    const names = async () => (await read()).options.map((one: { name: string }) => one.name);
    expect((await names()).slice(0, 2)).toEqual([second!.name, first!.name]);
    expect((await read()).options.at(-1)).toMatchObject({
      name: 'As the chef likes it',
      allergens: ['celery', 'mustard'],
    });
    expect((await read()).options[0].price).toBe(0.75);

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('My name for it');
    await (await owner()).must('PUT', `menu/modifier-groups/${group!.id}`, { name: 'Their name for it' });
    const conflict = page.getByRole('region', { name: /^Somebody else has saved this group/ });
    await conflict.getByText('Their name for it').waitFor();
    await picture(page, 'menu-choices-conflict');
    await expectAccessible(page);
    await conflict.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Group My name for it saved').waitFor();
    expect((await read()).name).toBe('My name for it');
  });

  test('which choices a dish asks is published with the rest; nothing can be while the server is away', async () => {
    const page = await open({ size: 'large' });
    await page.locator('.menu-grid .menu-modifier_group_ids', { hasText: 'None' }).nth(1).click();
    const panel = page.getByRole('region', { name: /^Details of/ });
    await panel.getByLabel('Add a group of choices').selectOption({ index: 1 });
    await panel.getByLabel('Add a group of choices').selectOption({ index: 1 });
    await panel
      .getByRole('button', { name: /^Move .* up$/ })
      .nth(1)
      .click();
    await bar(page).getByText('1 change not published').waitFor();
    await settled(page);
    await picture(page, 'menu-dish');
    await expectAccessible(page);
    await stage.stopServer();
    await page.locator('.frame[data-lost]').waitFor();
    expect(await page.getByRole('button', { name: /^Publish 1 change/ }).isDisabled()).toBe(true);
    await picture(page, 'menu-offline');
    await stage.startServer();
    await page.locator('.frame[data-lost]').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('button', { name: /^Publish 1 change/ }).isEnabled(), patience).toBe(true);
  });

  test('the overview counts what will go wrong on the menu, and leads to each of it', async () => {
    const api = await owner();
    const gone = (await products())[4]!;
    const { category_id } = gone as Product & { category_id: number };
    await api.must('PUT', `menu/categories/${category_id}`, { active: false });
    const page = await stage.signedIn();
    const needs = page.getByRole('region', { name: /^Needs you/ });
    await needs.getByText(/things on the menu will go wrong/).waitFor();
    await needs.getByRole('link', { name: 'Show them' }).press('Enter');
    const wrong = page.getByRole('region', { name: 'What will go wrong' });
    await wrong.getByText('Its category is off the menu, so nobody can order it.').waitFor();
    const many = await page.locator('.menu-grid tbody tr').count();
    expect(many).toBeLessThan((await products()).length);
    await settled(page);
    await inBothThemes(page, 'menu-problems');
    await wrong.getByRole('button', { name: `Go to ${gone.name}: Its category is off` }).press('Enter');
    await expect
      .poll(() => page.evaluate('document.activeElement.className + document.activeElement.parentElement.textContent'))
      .toMatch(new RegExp(`^menu-category_id${gone.name}`));
    await api.must('PUT', `menu/categories/${category_id}`, { active: true });
    await wrong.waitFor({ state: 'detached' });
    await page.locator('.menu-grid tbody tr').nth(many).waitFor();
  });

  test('words a third longer fit on the smallest screen', async () => {
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await page.goto('/manager/menu');
    await page.locator('.menu-grid').waitFor();
    await settled(page);
    await picture(page, 'menu-longer-small');
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
  });
});
