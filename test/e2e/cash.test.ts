import { expect, test } from 'vitest';
import { playEvening } from './evening.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

inBrowser('cash and the close of the day', (stage) => {
  test('a drawer is opened with a float; money in and out stands in its timeline with the reason', async () => {
    const page = await stage.signedIn({ size: 'small' });
    await page.keyboard.press('4');
    await page.getByRole('heading', { name: 'No drawer is open' }).waitFor();
    await settled(page);
    await inBothThemes(page, 'cash-empty');
    const float = page.getByLabel('Float in the drawer');
    await float.fill('a hundred');
    await page.keyboard.press('Enter');
    await page.getByText('Type an amount, such as 150').waitFor();
    await float.fill('150');
    await page.reload();
    expect(await float.inputValue()).toBe('150');
    await float.press('Enter');
    await page.getByText('Float counted').waitFor();

    await page.keyboard.press('n');
    await page.getByLabel('Amount').fill('3.20');
    await page.keyboard.press('Enter');
    await page.getByText('Say what it is for.').waitFor();
    await expectAccessible(page);
    await picture(page, 'cash-movement');
    await page.getByLabel('Reason').fill('milk');
    await page.keyboard.press('Enter');
    await page.getByText('Cash out: milk').waitFor();
    expect(await page.getByText('-£3.20').count()).toBe(1);
    await page.getByRole('button', { name: 'Open the drawer' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('change for table 4');
    await page.reload();
    await page.getByRole('button', { name: 'Open the drawer' }).click();
    expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('change for table 4');
    await page.getByRole('textbox', { name: 'Reason' }).press('Enter');
    await page.getByText('Drawer opened without a sale: change for table 4').waitFor();
    await settled(page);
    await picture(page, 'cash-open-small');
  });

  test('the day is closed by keyboard alone: open checks, blind count, one recount, Z on the screen', async () => {
    await playEvening(stage.store);
    const page = await stage.signedIn({ size: 'large' });
    await page.keyboard.press('4');
    await page.getByText('Float counted').waitFor();
    await settled(page);
    await picture(page, 'cash-open');
    await page.keyboard.press('x');
    await page.getByText(/What has happened up to \d\d:\d\d\. The drawer goes on\./).waitFor();
    await page.getByRole('dialog').getByText('Should be there').waitFor();
    await settled(page);
    await inBothThemes(page, 'cash-x-report');
    await page.getByRole('button', { name: 'Print it' }).press('Enter');
    await page.getByText('The X report goes to Receipt printer.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.getByText('5 checks are still open').waitFor();
    await settled(page);
    await inBothThemes(page, 'close-1-before');
    const next = page.getByRole('button', { name: 'Count the cash' });
    expect(await next.isEnabled()).toBe(false);
    await page.getByRole('checkbox', { name: 'Carry all 5 over' }).press('Space');
    await next.press('Enter');

    // The first field has the focus: a number, Enter, the next number.
    await page.getByLabel('How many £50').waitFor();
    for (const pieces of ['3', '4', '5', '', '6']) {
      if (pieces !== '') await page.keyboard.type(pieces);
      await page.keyboard.press('Enter');
    }
    await page.getByText('£292.00 counted').waitFor({ state: 'attached' });
    expect(await page.locator('.page').textContent()).not.toMatch(/Should be there|expected/i);
    await inBothThemes(page, 'close-2-count');

    // The power fails: the same step, the same figures.
    await page.reload();
    await page.getByText('£292.00 counted').waitFor({ state: 'attached' });
    await page.keyboard.press('Control+Enter');
    await page.getByText('Should be there').waitFor();
    await page.getByText(/Short by £/).waitFor();
    await settled(page);
    await picture(page, 'close-3-check');
    await expectAccessible(page);
    await page.reload();
    await page.getByText('Should be there').waitFor();

    await page.getByRole('button', { name: 'Count once more' }).press('Enter');
    await page.getByText('Both counts are kept.').waitFor();
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    const [session] = (await api.must('GET', 'pos/sessions?limit=1')) as { expected_amount: number; uuid: string }[];
    await page.getByLabel('How many 1p').fill(String(Math.round((session?.expected_amount ?? 0) * 100) - 150));
    await page.keyboard.press('Control+Enter');
    await page.getByText('Short by £1.50').waitFor();
    expect(await page.getByRole('button', { name: 'Count once more' }).count()).toBe(0);
    const reason = page.getByLabel('Reason for the difference').and(page.locator('input'));
    await reason.pressSequentially('wrong');
    await reason.press('ArrowDown');
    await reason.press('Enter');
    await page.reload();
    expect(await reason.inputValue()).toBe('Wrong change given');
    await expectAccessible(page);
    await picture(page, 'close-3-reason');

    await page.getByRole('button', { name: 'Close and print the Z' }).press('Enter');
    await page.getByText('This cannot be undone.').waitFor();
    await picture(page, 'close-3-sure');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Z report 1' }).waitFor();
    await page.getByText('Checks carried over').waitFor();
    await page.getByRole('region', { name: 'Drawer' }).getByText('Wrong change given').waitFor();
    await settled(page);
    await inBothThemes(page, 'close-4-z');
    await expect.poll(() => stage.store.printer('Receipt printer').papers().length).toBeGreaterThan(0);

    // Still there after a reload, until somebody says that they are done.
    await page.reload();
    await page.getByRole('heading', { name: 'Z report 1' }).waitFor();
    await page.keyboard.press('p');
    await page.getByText('Copy 1 of Z report 1 goes to Receipt printer.').waitFor();
    await page.getByRole('button', { name: 'Close the day now' }).click();
    await page.getByText('Its figures never change again.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('is closed for good').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'Z 1' }).click();
    await page.getByText('Kept as it was made').waitFor();
    await settled(page);
    await picture(page, 'z-report-small');
  });

  test('a drawer opened without a float is counted first', async () => {
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    await api.must('POST', 'pos/sessions', { config_id: 1 });
    const page = await stage.signedIn();
    await page.keyboard.press('4');
    await page.getByText('Count what is in it before the first cash sale').waitFor();
    await page.getByLabel('How many £10').fill('10');
    await page.reload();
    await page.getByText('£100.00 counted').waitFor({ state: 'attached' });
    await page.keyboard.press('Control+Enter');
    await page.getByText('Float counted').waitFor();
    await page.getByRole('button', { name: 'Close the day' }).waitFor();
  });

  test('refused, offline and in a wordier language it stays whole', async () => {
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await page.keyboard.press('4');
    await page.locator('.drawer-what').first().waitFor();
    await page.keyboard.press('c');
    await page.getByRole('checkbox').check();
    await page.locator('button[type=submit]').click();
    await page.locator('.coins').waitFor();
    await picture(page, 'close-longer-small');
    const [wide, visible] = (await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(visible);

    // Somebody closes the drawer elsewhere meanwhile: the window says so and loses nothing.
    await page.locator('.coin input').first().fill('2');
    await stage.stopServer();
    await page.locator('.band').waitFor();
    expect(await page.locator('button[type=submit]').isEnabled()).toBe(false);
    expect(await page.locator('.coin input').first().inputValue()).toBe('2');
    await picture(page, 'close-offline');
    await stage.startServer();
    await page.locator('.band').waitFor({ state: 'detached' });
    await page.route('**/count', (route) =>
      route.fulfill({
        status: 409,
        json: {
          success: false,
          error: {
            code: 'SESSION_CLOSED',
            message: 'This cash session is already closed.',
            details: { suggestion: 'Open a new session.' },
          },
        },
      }),
    );
    await page.locator('button[type=submit]').click();
    await page.getByText('This cash session is already closed.').waitFor();
    await picture(page, 'close-refused');
  });
});
