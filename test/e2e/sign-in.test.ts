import { expect, test } from 'vitest';
import { demoPeople } from '../../store-server/demo/staff.ts';
import { asInTheApp } from './in-the-app.ts';
import { inBothThemes, inBrowser, people, signIn } from './stage.ts';

inBrowser('signing in', (stage) => {
  test('a wrong password is told in words, the right one lets in, and a reload keeps the sign-in', async () => {
    const page = await stage.open();
    await page.getByText('The store server is running.').waitFor();
    // What a restaurant gets: React’s development build puts its name on its frames, and takes twice the time.
    const source = await page.locator('script[type=module]').first().getAttribute('src');
    const script = await (await fetch(new URL(source ?? '', page.url()))).text();
    expect(script).toContain('react.dev/errors');
    expect(script).not.toContain('react_stack_bottom_frame');
    await inBothThemes(page, 'sign-in');
    await page.getByLabel('E-mail or user name').fill(people.manager.email);
    await page.locator('input[name=password]').fill('not-this-one');
    await page.keyboard.press('Enter');
    await page.getByText('That sign-in is not right.').waitFor();
    await inBothThemes(page, 'sign-in-wrong');
    await signIn(page, people.manager);
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.title()).toBe('Overview · Fynlo');
  });

  test('practice data: where to read who can sign in; in the desktop app they are one click away', async () => {
    const page = await stage.open();
    await page.getByText('stands in the terminal where Fynlo was started, or in its log').waitFor();
    await asInTheApp(page, async () => ({ setup_code: null, demo_people: demoPeople }));
    await page.getByRole('button', { name: 'Manager' }).click();
    await inBothThemes(page, 'sign-in-practice');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  test('a computer that was registered with a manager’s code takes PINs, by keyboard alone', async () => {
    const manager = await stage.store.signedIn(people.manager.email, people.manager.password);
    const { code } = await manager.must('POST', 'devices/codes');
    const page = await stage.open();
    await page.getByText('PIN', { exact: true }).click();
    await page.getByLabel('Device code').fill('AAAA-AAAA');
    await page.keyboard.press('Enter');
    await page.getByText('That device code is not right').waitFor();
    await inBothThemes(page, 'sign-in-register');
    await page.getByLabel('Device code').fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Marcus B' }).waitFor();
    await inBothThemes(page, 'sign-in-who');
    await page.getByRole('button', { name: 'Marcus B' }).press('Enter');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That sign-in is not right.').waitFor();
    await inBothThemes(page, 'sign-in-pin');
    // Whoever was wrong waits a moment, which no clock that can be set makes shorter.
    await page.waitForTimeout(3_000);
    await page.keyboard.type('482913');
    await page.keyboard.press('Enter');
    await page.locator('.frame').waitFor();

    await page.getByRole('button', { name: 'Marcus Bell: menu' }).click();
    await page.getByRole('menuitem', { name: 'Lock this window' }).click();
    await page.getByText('This window is locked.').waitFor();
    // Who locked it is asked for their PIN at once.
    await page.getByLabel('PIN of Marcus B').waitFor();
    await page.keyboard.type('482913');
    await page.keyboard.press('Enter');
    await page.locator('.frame').waitFor();
  });

  test('a manager registers this computer from the menu', async () => {
    const page = await stage.signedIn();
    await page.getByRole('button', { name: 'Marcus Bell: menu' }).click();
    await inBothThemes(page, 'user-menu');
    await page.getByRole('menuitem', { name: 'Let people sign in with a PIN here' }).click();
    await page.getByLabel('What is this computer called?').fill('Pass PC');
    await inBothThemes(page, 'register-pc');
    await page.keyboard.press('Enter');
    await page.getByText('This computer is registered.').waitFor();
    await page.getByText('2 devices registered').waitFor();
  });

  test('a sign-in that is ended elsewhere asks to sign in again and loses nothing', async () => {
    const page = await stage.signedIn({}, people.owner);
    await page.evaluate(`(() => {
      const session = JSON.parse(sessionStorage.getItem('fynlo.session'));
      return fetch('/api/v1/auth/logout', {
        method: 'POST', headers: { Authorization: 'Bearer ' + session.access, 'Content-Type': 'application/json' }, body: '{}',
      });
    })()`);
    await page.getByText('Your sign-in has run out.').waitFor();
    await inBothThemes(page, 'sign-in-expired');
    expect(await page.getByLabel('E-mail or user name').inputValue()).toBe(people.owner.email);
    await signIn(page, people.owner);
  });

  test('a token that runs out is renewed without a word', async () => {
    const page = await stage.signedIn();
    const before = await page.evaluate(`sessionStorage.getItem('fynlo.session')`);
    // As if fifteen minutes had gone by on this computer.
    await page.evaluate(`(() => {
      const session = JSON.parse(sessionStorage.getItem('fynlo.session'));
      sessionStorage.setItem('fynlo.session', JSON.stringify({ ...session, endsAt: 0 }));
    })()`);
    await page.reload();
    await page.getByText('Nothing open, kitchen clear').waitFor();
    expect(await page.evaluate(`sessionStorage.getItem('fynlo.session')`)).not.toBe(before);
  });
});
