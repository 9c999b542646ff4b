import { expect, test } from 'vitest';
import type { TestStore } from '../../cloud-relay/store.fixture.ts';
import type { RelayVerdict } from '../../store-server/contract/relay.ts';
import { dish, says, signedIn } from './console-stage.ts';
import { inBothThemes } from './stage.ts';

/** How a price comes to two restaurants. The stores are those of the file that tells these stories. */
export function priceStories(stores: () => { bistro: TestStore; cafe: TestStore }): void {
  test('a new price goes to two restaurants, and each one’s verdict is told', async () => {
    const { bistro, cafe } = stores();
    const page = await signedIn(`/restaurants/${bistro.id}`);
    const form = page.getByRole('region', { name: 'Change a price' });
    await form.getByRole('combobox', { name: 'Dish' }).fill('Marg');
    await page.getByRole('option', { name: 'Margherita' }).click();
    await form.getByLabel('Café Anglais, now £12.50').check();
    await form.getByLabel('New price').fill('twelve');
    await page.keyboard.press('Enter');
    await form.getByText('Type an amount, such as 12.50.').waitFor();
    // What was begun survives a reload.
    await page.reload();
    await form.getByLabel('Café Anglais, now £12.50').waitFor();
    expect(await form.getByRole('combobox', { name: 'Dish' }).inputValue()).toBe('Margherita');
    expect(await form.getByLabel('Café Anglais, now £12.50').isChecked()).toBe(true);
    expect(await form.getByLabel('New price').inputValue()).toBe('twelve');
    await form.getByLabel('New price').fill('12.95');
    await page.keyboard.press('Enter');
    const verdicts = form.getByRole('list', { name: 'What became of them' });
    await verdicts.getByText('Waiting for the restaurant').first().waitFor();

    for (const store of [bistro, cafe]) {
      const [command] = (await says(store, {})).commands;
      expect(command.input.price_minor).toBe(1295);
      const refused = {
        outcome: 'refused',
        problem: { code: 'VERSION_CONFLICT', message: 'Somebody else has changed this.' },
      };
      const verdict = store === bistro ? { outcome: 'applied' } : refused;
      const told = { command_id: command.command_id, ...verdict } as RelayVerdict;
      if (store === bistro) {
        dish(bistro, 'Margherita', 1295, command.input.product_id);
        await bistro.send(bistro.batch(bistro.entries.length));
      }
      await says(store, {}, [told]);
    }
    await verdicts.getByText('Applied').waitFor();
    await verdicts.getByText('Somebody else has changed this.').waitFor();
    await verdicts.scrollIntoViewIfNeeded();
    await inBothThemes(page, 'console-price');

    // The next price goes by what the dish costs since: nobody else has changed it.
    await form.getByRole('combobox', { name: 'Dish' }).fill('Marg');
    await page.getByRole('option', { name: 'Margherita' }).click();
    await form.getByLabel('Corner Bistro, now £12.95').waitFor();
    await form.getByLabel('New price').fill('13.50');
    await page.keyboard.press('Enter');
    await verdicts.getByText('Waiting for the restaurant').waitFor();
    const [next] = (await says(bistro, {})).commands;
    expect(next).toMatchObject({ input: { price_minor: 1350 }, base_version: bistro.entries.length });
    await says(bistro, {}, [{ command_id: next.command_id, outcome: 'applied' }]);
    await verdicts.getByText('Applied').waitFor();
    await page.context().close();
  });
}
