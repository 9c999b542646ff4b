import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { ApiClient } from '../harness/api-client.ts';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled, signIn } from './stage.ts';

interface Product {
  readonly uuid: string;
  readonly needs_choice: boolean;
}

const patience = { timeout: 10_000 };

inBrowser('live orders', (stage) => {
  const api = (): Promise<ApiClient> => stage.store.signedIn(people.manager.email, people.manager.password);
  const row = (page: Page, number: number) => page.getByRole('row').filter({ hasText: `#${number}` });
  const panel = (page: Page, number: number) => page.getByRole('region', { name: `Check ${number}`, exact: true });

  /** Six checks: at tables, to take away, one late, one with its bill printed, one paid. */
  async function play(): Promise<void> {
    const boss = await api();
    await boss.must('POST', 'pos/sessions', { config_id: 1, opening_float: 150 });
    const server = await stage.store.signedIn(people.server.email, people.server.password);
    const menu = ((await boss.must('GET', 'products')) as Product[]).filter(({ needs_choice }) => !needs_choice);
    const { tables } = await boss.must('GET', 'restaurants/floor-plan');
    for (let nth = 0; nth < 6; nth += 1) {
      const client = nth % 2 === 0 ? server : boss;
      const where =
        nth === 2 || nth === 4
          ? { order_type: 'takeaway', customer_name: nth === 2 ? 'Priya' : 'Tom' }
          : { order_type: 'dine_in', table_id: tables[nth].id, covers: 2 + nth };
      const { id } = await client.must('POST', 'orders', where);
      const lines = [0, 1, 2].map((at) => ({ product_id: menu[nth * 5 + at]?.uuid, quantity: 1 + (at % 2) }));
      const check = await client.must('POST', `orders/${id}/lines`, { lines });
      if (nth !== 4) await client.must('POST', `orders/${id}/fire`, {});
      if (nth === 1) await client.must('POST', `orders/${id}/lines/${check.lines[0].id}/bump`, { to: 'ready' });
      if (nth === 3) await client.must('POST', `orders/${id}/bill`);
      if (nth === 5) {
        const due = { method: 'card', amount: check.amount_due, reference: 'T-1' };
        await client.must('POST', `orders/${id}/payments`, due);
      }
      stage.store.clock.jump(6 * 60_000);
    }
  }

  test('before the first check the list says what will stand there', async () => {
    const page = await stage.signedIn({ size: 'small' });
    await page.keyboard.press('2');
    await page.getByText('Nothing open.').waitFor();
    await settled(page);
    await picture(page, 'orders-empty-small');
    await expectAccessible(page);
  });

  test('the evening at a glance; filters, search and order of the list', async () => {
    await play();
    const page = await stage.signedIn({ size: 'large' });
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await row(page, 1).waitFor();
    await settled(page);
    await inBothThemes(page, 'orders');
    expect(await page.locator('tbody tr').count()).toBe(5);
    await page.getByRole('button', { name: /^Takeaway 2/ }).click();
    await expect.poll(() => page.locator('tbody tr').count(), patience).toBe(2);
    expect(page.url()).toContain('type=takeaway');
    await page.getByRole('button', { name: /^All 5/ }).click();
    await page.getByRole('button', { name: /^Late [1-9]/ }).click();
    await page
      .getByRole('row')
      .filter({ hasText: /Late \d+ min/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Late/ }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('priya');
    await expect.poll(() => page.locator('tbody tr').count(), patience).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Total' }).click();
    await page.getByRole('columnheader', { name: 'Total' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  });

  test('by keyboard alone: find a check, fire it, move it, take the move back', async () => {
    const page = await stage.signedIn({ size: 'large' });
    await page.goto('/manager/orders');
    await row(page, 5).waitFor();
    for (let times = 0; times < 5; times += 1) await page.keyboard.press('j', { delay: 20 });
    await expect.poll(() => page.evaluate('document.activeElement.textContent'), patience).toBe('#5');
    await page.keyboard.press('Enter');
    await panel(page, 5).getByText('On the server').waitFor();
    await page.keyboard.press('f');
    await panel(page, 5)
      .getByText(/^Sent to the kitchen:/)
      .waitFor();
    await page.keyboard.press('k');
    await panel(page, 4).getByText('Bill printed').waitFor();
    await panel(page, 4)
      .getByText(/^Bill, order 4: printed on/)
      .waitFor();
    await settled(page);
    await inBothThemes(page, 'orders-check');
    await page.keyboard.press('m');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Table/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await panel(page, 4)
      .getByText(/^Moved from Table/)
      .waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await expect
      .poll(
        () =>
          panel(page, 4)
            .getByText(/^Moved from Table/)
            .count(),
        patience,
      )
      .toBe(2);
    await page.keyboard.press('Escape');
    await panel(page, 4).waitFor({ state: 'detached' });
  });

  test('a dish is voided with a reason that survives a reload, and the timeline tells who and why', async () => {
    const page = await stage.signedIn({ size: 'small' });
    await page.goto('/manager/orders');
    await row(page, 2).getByRole('link').click();
    const first = panel(page, 2)
      .getByRole('button', { name: /^Void / })
      .first();
    await first.click();
    await page.getByLabel('Reason').fill('Hair in it');
    await page.reload();
    await first.click();
    expect(await page.getByLabel('Reason').inputValue()).toBe('Hair in it');
    await expectAccessible(page);
    await picture(page, 'orders-void-small');
    await page.keyboard.press('Enter');
    await panel(page, 2)
      .getByText(/^Voided .*: Hair in it/)
      .waitFor();
    await settled(page);
    await picture(page, 'orders-check-small');
  });

  test('money goes back: dishes, then an amount; too much is refused beside the field, to the penny', async () => {
    const page = await stage.signedIn({ size: 'large' });
    await page.goto('/manager/orders?view=closed');
    await row(page, 6).getByRole('link').click();
    await panel(page, 6)
      .getByText(/paid by card/)
      .waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('combobox', { name: /^How many of/ })
      .first()
      .selectOption('1');
    await dialog.getByRole('button', { name: 'Cold or late' }).click();
    await dialog.getByRole('button', { name: /^Give back £/ }).waitFor();
    await inBothThemes(page, 'orders-refund');
    await dialog.getByRole('button', { name: /^Give back £/ }).click();
    await dialog.getByText(/goes back by card\.$/).waitFor();
    await picture(page, 'orders-refund-sure');
    await page.keyboard.press('Enter');
    await panel(page, 6)
      .getByText(/given back by card: Cold or late for/)
      .waitFor();

    await page.keyboard.press('r');
    await dialog.getByText('An amount').click();
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('999');
    await dialog.getByText(/That is more than is due\. Up to £/).waitFor();
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('2.5.0');
    await dialog.getByText('Type an amount in pounds').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'All of it' }).click();
    await dialog.getByLabel('Reason').fill('Goodwill');
    await page.keyboard.press('Enter');
    await dialog.getByText(/goes back by card/).waitFor();
    await page.keyboard.press('Enter');
    await row(page, 6).getByText('Refunded').waitFor();
    const list = (await (await api()).must('GET', 'orders?status=closed')) as Record<string, number | string>[];
    const found = list.find(({ order_number }) => order_number === 6);
    expect(found).toMatchObject({ payment_status: 'refunded', refunded_amount: found?.['total_amount'] });
    await panel(page, 6).getByRole('button', { name: 'Receipt copy' }).click();
    await panel(page, 6).getByText('Receipt asked for once more').waitFor();
  });

  test('a new check shows by itself; what the server refuses is told; while it is away nothing can be changed', async () => {
    const page = await stage.signedIn();
    await page.goto('/manager/orders');
    await row(page, 1).waitFor();
    const waiter = await stage.store.signedIn(people.server.email, people.server.password);
    const { id } = await waiter.must('POST', 'orders', { order_type: 'takeaway', customer_name: 'Maya' });
    await page.getByText('Takeaway · Maya').waitFor({ timeout: 5_000 });
    await page.goto('/manager/orders/00000000-0000-7000-8000-00000000dead');
    await page.getByText('There is no such check here.').waitFor();
    await page.goto(`/manager/orders/${id}`);
    await page.getByRole('button', { name: 'Cancel check…' }).waitFor();
    await stage.stopServer();
    await page.getByText('This window has lost').or(page.getByText('does not answer')).first().waitFor();
    await page.locator('.frame[data-lost]').waitFor();
    expect(await page.getByRole('button', { name: 'Cancel check…' }).isDisabled()).toBe(true);
    await picture(page, 'orders-offline');
    await expectAccessible(page, 'contrast');
    await stage.startServer();
    await page.locator('.frame[data-lost]').waitFor({ state: 'detached' });
  });

  test('words a third longer fit on the smallest screen, with a check open', async () => {
    const page = await stage.open({ size: 'small', longer: true });
    await signIn(page, people.manager);
    await page.goto('/manager/orders');
    await page.locator('[data-order]').first().click();
    await page.locator('.timeline').waitFor();
    await settled(page);
    await picture(page, 'orders-longer-small');
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
  });
});
