import { expect, test } from 'vitest';
import { open, signedIn, signIn } from './console-stage.ts';
import { inBothThemes } from './stage.ts';

/** Who may use the console: let in, given another role and password, and shut out. */
export function peopleStories(): void {
  test('an owner lets somebody in, who only sees what a viewer may', async () => {
    const page = await signedIn('/people');
    // Another person for a second try: nobody is taken on twice.
    const name = `Vera ${Date.now()}`;
    const email = `${name.replace(' ', '-')}@platform.test`;
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('First password').fill('short');
    await page.keyboard.press('Enter');
    await page.locator('.mantine-InputWrapper-error').waitFor();
    await inBothThemes(page, 'console-people');
    await page.reload();
    await page.getByLabel('Name').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe(name);
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    expect(await page.getByLabel('First password').inputValue()).toBe('');
    await page.getByLabel('First password').fill('long-enough-1');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name }).waitFor();
    const hers = await open('/people');
    await signIn(hers, { email, password: 'long-enough-1' });
    await hers.getByText('This is not open to you').waitFor();
    expect(await hers.getByRole('navigation').getByRole('link').count()).toBe(4);
    // She has forgotten her password, and is to add restaurants too.
    await page.getByRole('button', { name: `Change ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('manager');
    await dialog.getByLabel('New password').fill('short');
    await page.keyboard.press('Enter');
    await dialog.locator('.mantine-InputWrapper-error').waitFor();
    await inBothThemes(page, 'console-people-change');
    await dialog.getByLabel('New password').fill('another-long-1');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await hers.goto('/');
    await hers.getByText('Your sign-in has run out.').waitFor();
    await signIn(hers, { email, password: 'another-long-1' });
    await hers.getByRole('navigation').getByRole('link', { name: 'Add a restaurant' }).waitFor();
    const shutOut = page.getByRole('button', { name: `Shut out ${name}` });
    // A key does not wait until a button can be used, as a click does.
    await shutOut.click({ trial: true });
    await shutOut.press('Enter');
    await page.getByRole('button', { name: `Let in again: ${name}` }).waitFor();
    await hers.goto('/');
    await hers.getByText('Your sign-in has run out.').waitFor();
    await Promise.all([page.context().close(), hers.context().close()]);
  });
}
