import type { Page } from 'playwright';
import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { expectAccessible, inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

/** Two cards of a PC, both of which lead to it on this machine. */
const cards = [
  { name: 'docker0', address: '127.0.0.9' },
  { name: 'Wi-Fi', address: '127.0.0.2' },
  { name: 'Ethernet', address: '127.0.0.3' },
];

/** What the QR code on the page holds, if it is this; its dark squares are compared one by one. */
async function holds(page: Page, link: string): Promise<boolean> {
  const { size, data } = QRCode.create(link, { errorCorrectionLevel: 'M' }).modules;
  const quiet = 4;
  const dark = [...data].flatMap((isDark, at) =>
    isDark ? [`M${(at % size) + quiet} ${Math.floor(at / size) + quiet}h1v1h-1z`] : [],
  );
  return (await page.locator('.let-in-qr path').getAttribute('d')) === dark.join('');
}

inBrowser(
  'iPads and other screens',
  (stage) => {
    test('one is let in by the QR code, is seen to come in, is used with a PIN, and is sent away', async () => {
      const page = await stage.signedIn();
      await page.keyboard.press('g');
      await page.keyboard.press('i');
      await page.getByRole('heading', { name: 'iPads and other screens' }).waitFor();
      await page.getByText('No device yet').waitFor();
      await page.keyboard.press('n');
      await page.getByText('Good for').waitFor();
      const code = ((await page.locator('.let-in-code > span').first().textContent()) ?? '').replace(' ', '');
      expect(code).toMatch(/^[A-Z2-9]{8}$/);
      await settled(page);
      await inBothThemes(page, 'devices-code');
      const { port } = stage.store.server;
      expect(await page.getByLabel('Which address').locator('option').allTextContents()).toEqual([
        `127.0.0.2:${port} (Wi-Fi)`,
        `127.0.0.3:${port} (Ethernet)`,
        `127.0.0.9:${port} (docker0)`,
      ]);
      await page.getByLabel('Which address').selectOption(`http://127.0.0.3:${port}/`);
      const link = `http://127.0.0.3:${port}/manager#code=${code}`;
      expect(await holds(page, link)).toBe(true);

      const iPad = await stage.openAt(link, { size: 'small' });
      await iPad.getByText('Give this device a name').waitFor();
      expect(new URL(iPad.url()).href).toBe(`http://127.0.0.3:${port}/manager`);
      expect(await iPad.getByLabel('Device code').inputValue()).toBe(code);
      await inBothThemes(iPad, 'devices-on-the-ipad');
      await iPad.keyboard.type('iPad Bar');
      await iPad.keyboard.press('Enter');
      await iPad.getByRole('button', { name: 'Marcus B' }).click();
      await page.getByText('iPad Bar is in').waitFor();
      await page.getByText('This code has been used.').waitFor();
      await iPad.keyboard.type('482913');
      await iPad.keyboard.press('Enter');
      await iPad.locator('.frame').waitFor();
      const row = page.locator('.devices > li', { hasText: 'iPad Bar' });
      await row.locator('.chip-ok', { hasText: 'Connected' }).waitFor();
      await picture(page, 'devices-in');

      await row.getByRole('button', { name: 'Send away… iPad Bar' }).press('Enter');
      const asked = page.getByRole('dialog', { name: 'Send iPad Bar away?' });
      await asked.waitFor();
      await inBothThemes(page, 'devices-send-away');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await iPad.getByLabel('Device code').waitFor();
      expect(await iPad.getByLabel('Device code').inputValue()).toBe('');
      await iPad.getByText('A manager has sent this device away.').waitFor();
      await page.getByText('No device yet').waitFor();
      await page.getByText('Sent away (1)').click();
      await page.getByText('Sent away 18 Jun').waitFor();
      await picture(iPad, 'devices-is-out');
    });

    test('a device whose PINs are locked is opened again; one of the older kind is told by its address', async () => {
      const { store } = stage;
      const manager = await store.signedIn(people.manager.email, people.manager.password);
      const { code } = await manager.must('POST', 'devices/codes');
      const pass = store.client();
      pass.device = (await pass.must('POST', 'devices/register', { code, name: 'Pass' })).device_token;
      const choices = await pass.must('GET', 'auth/staff');
      const guessAll = async (): Promise<unknown> => {
        for (const { id } of choices) await pass.post('auth/pin', { user_id: id, pin: '0000' });
        return (await manager.must('GET', 'devices')).find(({ name }: { name: string }) => name === 'Pass')
          .pin_locked_until;
      };
      // A second guess for the same person has to wait for a second.
      await expect.poll(guessAll, { timeout: 10_000, interval: 300 }).not.toBeNull();
      await store.client().post('auth/login', people.server);
      const page = await stage.signedIn();
      await page.goto('/manager/devices');
      await page.getByText('Too many wrong PINs').waitFor();
      await page.getByText('Older iPads keep no line').waitFor();
      await settled(page);
      await inBothThemes(page, 'devices-locked');
      await page.getByRole('button', { name: 'Allow PINs again on Pass' }).press('Enter');
      await page.getByText('PIN sign-in is open again on Pass').waitFor();
      await page.getByText('Too many wrong PINs').waitFor({ state: 'detached' });
      await page.setViewportSize({ width: 640, height: 400 });
      await page.getByRole('button', { name: 'Make a code' }).click();
      await page.getByText('Good for').waitFor();
      await expectAccessible(page);
      await picture(page, 'devices-twice');
    });
  },
  { host: '0.0.0.0', networkCards: () => cards },
);
