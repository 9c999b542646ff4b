import { expect, test } from 'vitest';
import { at, saved, signedIn } from './console-stage.ts';
import { inBothThemes, onPaper } from './stage.ts';

/** What the restaurants of the console's stories owe, why, and on paper. */
export function commissionStories(): void {
  test('a rule is added once for two restaurants, the statement shows its sum, and the past stays as it was', async () => {
    const page = await signedIn('/commission');
    await page.getByRole('checkbox', { name: 'Corner Bistro' }).check();
    await page.getByRole('checkbox', { name: 'Café Anglais' }).check();
    await page.getByLabel('From').fill('2025-06-10');
    await page.getByLabel('Per cent of the base').fill('2.555');
    await page.keyboard.press('Enter');
    await page.getByText('Type a rate from 0 to 100 with at most two decimals').waitFor();
    await page.reload();
    await page.getByRole('checkbox', { name: 'Corner Bistro' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Corner Bistro' }).isChecked()).toBe(true);
    expect(await page.getByLabel('From').inputValue()).toBe('2025-06-10');
    expect(await page.getByLabel('Per cent of the base').inputValue()).toBe('2.555');
    await page.getByLabel('Per cent of the base').fill('2.5');
    await page.keyboard.press('Enter');
    await page
      .getByText(/2\.5 % from Tue,? 10 Jun/)
      .first()
      .waitFor();
    const owed = (await at.call('GET /api/v1/platform/commission?month=2025-06', { token: await at.signIn() })).data;
    const total = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
    await page
      .locator('tfoot')
      .getByText(total.format(owed.totals[0].commission_minor / 100))
      .waitFor();
    const all = await saved(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
    expect(all.name).toBe('fynlo-commission-2025-06.csv');
    expect(all.lines[0]).toMatch(/^\uFEFFRestaurant,Month,Currency,Rule from,Per cent,Days,Base,Commission,State$/);
    expect(all.lines.filter((line) => line.startsWith('Corner Bistro,2025-06,GBP,2025-06-10,2.5,'))).toHaveLength(1);

    // Why that much? Its days add up to the base, and the base times the rate is the figure.
    await page.getByRole('link', { name: 'Why? Corner Bistro' }).click();
    await page.getByRole('heading', { name: 'Corner Bistro: commission for June 2025' }).waitFor();
    const one = owed.statements.find(({ name }: { name: string }) => name === 'Corner Bistro');
    await page
      .locator('.owed')
      .getByText(total.format(one.commission_minor / 100))
      .waitFor();
    const bases = await page.locator('tbody tr td:nth-child(6)').allTextContents();
    expect(bases.reduce((sum, base) => sum + Math.round(Number(base.replace(/[£,]/g, '')) * 100), 0)).toBe(
      one.base_minor,
    );
    await page
      .locator('tfoot')
      .getByText(total.format(one.base_minor / 100))
      .waitFor();
    await inBothThemes(page, 'console-why');
    const days = await saved(page, () => page.locator('body').press('e'));
    expect(days.name).toBe('fynlo-commission-2025-06-Corner Bistro.csv');
    expect(days.lines).toHaveLength(one.days.length + 1);
    await onPaper(page, 'console-why-paper');
    await page.locator('body').press('[');
    await page.getByText('No day has come for this month').waitFor();
    await page.locator('body').press(']');
    await page.getByRole('link', { name: 'All statements' }).click();
    // A second rule may not reach back, and that is said beside the day.
    await page.getByRole('checkbox', { name: 'Corner Bistro' }).check();
    await page.getByLabel('From').fill('2025-06-01');
    await page.getByLabel('Per cent of the base').fill('3');
    await page.keyboard.press('Enter');
    await page.getByText(/A rule holds from Tue,? 10 Jun on\. The next one begins after that day/).waitFor();
    await inBothThemes(page, 'console-commission');
    await page.context().close();
  });
}
