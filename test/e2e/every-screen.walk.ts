import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { fits, inBothThemes, inBrowser, people, picture, settled } from './stage.ts';

interface Visit {
  readonly name: string;
  readonly address: string;
}

/** Every screen in the sidebar, so that a new one is looked at without anybody thinking of it. */
async function screensOf(page: Page): Promise<Visit[]> {
  const links = await page.locator('nav.side a').all();
  return Promise.all(
    links.map(async (link) => {
      const address = (await link.getAttribute('href')) ?? '';
      return { address, name: address.replace('/manager', '').replaceAll('/', '') || 'overview' };
    }),
  );
}

inBrowser('every screen of the manager’s window', (stage) => {
  test('what cannot be loaded is said on it, with a way to try again', async () => {
    const page = await stage.signedIn();
    const screens = await screensOf(page);
    expect(screens.length).toBeGreaterThan(7);
    const broken = /\/api\/v1\/(?!auth|health)/;
    for (const { address, name } of screens) {
      await page.route(broken, (route) =>
        route.request().method() === 'GET'
          ? route.fulfill({ status: 500, json: { error: { code: 'INTERNAL_ERROR', message: 'Something broke.' } } })
          : route.continue(),
      );
      await page.goto(address);
      const trouble = page.locator('main').getByRole('alert').filter({ hasText: 'Something broke.' });
      await trouble.first().waitFor();
      await settled(page);
      expect([name, await page.getByText('All good').count()]).toEqual([name, 0]);
      await inBothThemes(page, `every-${name}-error`);
      await page.unroute(broken);
      // A part that is there may have parts of its own that are not there yet.
      for (let tries = 0; tries < 12 && (await trouble.count()) > 0; tries += 1) {
        await trouble.first().getByRole('button', { name: 'Try again' }).click();
        await settled(page);
      }
      expect([name, await trouble.count()]).toEqual([name, 0]);
    }
  });

  test('stays and says so while the server is away', async () => {
    const page = await stage.signedIn();
    const screens = await screensOf(page);
    const go = async ({ address }: Visit): Promise<void> => {
      await page.locator(`nav.side a[href="${address}"]`).click();
      await page.locator(`nav.side a[href="${address}"][aria-current=page]`).waitFor();
    };
    for (const screen of screens) {
      await go(screen);
      await settled(page);
    }
    await stage.stopServer();
    await page.getByText('The store server on this PC does not answer.').waitFor();
    for (const screen of screens) {
      await go(screen);
      await page.locator('main h1').waitFor();
      await inBothThemes(page, `every-${screen.name}-away`);
    }
    await stage.startServer();
    await page.getByText('Server connected').waitFor({ timeout: 15_000 });
  });

  test('can be used at twice the size, and in the colours that somebody’s system forces', async () => {
    const page = await stage.signedIn({}, people.owner);
    for (const { address, name } of await screensOf(page)) {
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      await page.goto(address);
      await page.locator('main h1').waitFor();
      await settled(page);
      await picture(page, `every-${name}-forced`);
      await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
      // What a browser makes of 1280 x 800 at 200 %.
      await page.setViewportSize({ width: 640, height: 400 });
      await settled(page);
      await picture(page, `every-${name}-twice`);
      expect([name, await fits(page)]).toEqual([name, true]);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });
});
