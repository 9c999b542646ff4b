import { expect, test } from 'vitest';
import { checkLeftBehind, openScriptedRelay } from '../relay/scripted-relay.ts';
import { inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

inBrowser('the cloud relay', (stage) => {
  test('joined by a claim code and the keyboard, in true figures, through an outage, and left again', async () => {
    const relay = await openScriptedRelay();
    const page = await stage.signedIn({ size: 'small' });
    await page.goto('/manager/relay');
    await page.getByText('This store works fully without the cloud.').waitFor();
    await settled(page);
    await inBothThemes(page, 'relay-empty-small');
    await page.getByLabel('Address of the relay').fill('relay');
    await page.getByLabel('Claim code').fill('red-fox-7');
    await page.keyboard.press('Enter');
    await page.getByText('has to be an address such as https://relay.example').waitFor();
    await page.getByLabel('Address of the relay').fill(relay.url);
    await page.getByLabel('Claim code').focus();
    await page.keyboard.press('Enter');
    await page.getByText('This claim code is not known.').waitFor();
    await picture(page, 'relay-refused');
    await page.reload();
    expect(await page.getByLabel('Address of the relay').inputValue()).toBe(relay.url);
    expect(await page.getByLabel('Claim code').inputValue()).toBe('');
    await page.getByLabel('Claim code').fill('lime-river-42');
    await page.keyboard.press('Enter');
    await page.getByText('The relay has everything.').waitFor();

    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    const before = (await api.must('GET', 'relay')).acked_seq;
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    await expect
      .poll(async () => (await api.must('GET', 'relay')).acked_seq, { timeout: 10_000 })
      .toBeGreaterThan(before);
    await expect
      .poll(
        async () => {
          const shown = await page.locator('.relay-figure', { hasText: 'confirmed' }).textContent();
          const { acked_seq } = await api.must('GET', 'relay');
          return shown === `${acked_seq.toLocaleString('en-GB')} entries confirmed`;
        },
        { timeout: 15_000 },
      )
      .toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await settled(page);
    await inBothThemes(page, 'relay-connected');

    await relay.close();
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    await page.locator('main').getByText('Not reachable').waitFor();
    await page.getByText(/waiting here, kept until confirmed$/).waitFor();
    await inBothThemes(page, 'relay-unreachable');
    // Somebody who opens the window meanwhile is told of the cloud, and of no failure here.
    await page.reload();
    await page.locator('main').getByText('Not reachable').waitFor();
    await settled(page);
    expect(await page.getByText('Not all could be loaded').count()).toBe(0);
    await page.getByRole('button', { name: 'Send now' }).press('Enter');
    await relay.open();
    await page.locator('main').getByText('The relay has everything.').waitFor();

    // A second computer with the same data was faster.
    const last = relay.entries.at(-1);
    if (last === undefined) throw new Error('the relay is empty');
    relay.entries.push({ ...last, seq: last.seq + 1, hash: 'a'.repeat(64) });
    await api.must('POST', 'orders', { order_type: 'takeaway' });
    const decide = page.getByRole('button', { name: 'Let this computer’s history stand…' });
    await decide.waitFor();
    await inBothThemes(page, 'relay-forked');
    await decide.press('Enter');
    await page.getByRole('dialog').getByText('marked as left behind').waitFor();
    await inBothThemes(page, 'relay-go-on');
    relay.leftBehind = { entries: 3, checks: [checkLeftBehind], more: false };
    await page.getByRole('dialog').getByRole('button', { name: 'Let it stand' }).press('Enter');
    await page.locator('main').getByText('The relay has everything.').waitFor();
    // What the other computer sold can be entered again.
    await page
      .getByRole('row', { name: /^#12 · Table 4 .* 2 × Halloumi burger £24.50 £24.50 card, tip £2.00$/ })
      .waitFor();
    await inBothThemes(page, 'relay-left-behind');

    await page.getByRole('button', { name: 'Disconnect…' }).press('Enter');
    await page.getByRole('dialog').getByText('Nothing more is sent.').waitFor();
    await inBothThemes(page, 'relay-leave');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).press('Enter');
    await page.getByText('This store works fully without the cloud.').waitFor();
    await relay.close();
  });

  test('an error, and the server away', async () => {
    const page = await stage.signedIn();
    await page.route('**/api/v1/relay', (route) =>
      route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Something broke.' } } }),
    );
    await page.goto('/manager/relay');
    await page.locator('main').getByText('Something broke.').waitFor();
    await page.unroute('**/api/v1/relay');
    // Started with a code that had been used before: whoever looks here did not see the console.
    const api = await stage.store.signedIn(people.manager.email, people.manager.password);
    const refused = { url: 'https://relay.example', sentence: 'This claim code has already been used.' };
    const { body } = await api.get('relay');
    await page.route('**/api/v1/relay', (route) =>
      route.fulfill({ json: { ...body, data: { ...body.data, refused } } }),
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('which did not take it. This claim code has already been used.').waitFor();
    expect(await page.getByLabel('Address of the relay').inputValue()).toBe(refused.url);
    await inBothThemes(page, 'relay-code-refused');
    await page.unroute('**/api/v1/relay');
    await page.getByText('which did not take it.').waitFor({ state: 'detached' });
    await page.getByText('This store works fully without the cloud.').waitFor();
    await page.getByLabel('Address of the relay').fill('https://relay.example');
    await page.getByLabel('Claim code').fill('LIME-RIVER-42');
    await stage.stopServer();
    await page.locator('.band').waitFor();
    expect(await page.getByRole('button', { name: 'Connect', exact: true }).isDisabled()).toBe(true);
    await stage.startServer();
  });
});
