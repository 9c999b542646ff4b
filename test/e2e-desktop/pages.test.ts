import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../build/launch/setup.mjs';
import type { DesktopState } from '../../main/channels.ts';
import { createLocalPages } from '../../main/local-pages.ts';
import { violationsOn } from '../e2e/accessible.ts';

const browserPath = process.env['CHROMIUM_PATH'];
const pictures = path.join(repositoryRoot, 'out/screens');

const trouble: DesktopState = {
  phase: 'attention',
  sentence: 'Port 8000 is taken by the program "httpd" (process 4312). Stop it, or start Fynlo with another --port.',
  hint: 'What was acknowledged is safe on this computer. Put it right, then start again.',
  lines: Array.from(
    { length: 30 },
    (_, n) => `19:44:${String(n).padStart(2, '0')} error: a line of the log that is rather long, to see it wrap`,
  ),
  version: '1.2.3',
  falls: false,
};

/** The app's own pages in a real browser, with its real headers; only the bridge is ours. */
describe.skipIf(browserPath === undefined)('the app’s own pages', () => {
  let browser: Browser;
  let server: Server;
  let base = '';
  const broken: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const serve = createLocalPages(path.join(repositoryRoot, 'main/pages'));
    server = createServer((request, answer) => {
      const { status, headers, body } = serve(`app://fynlo${request.url}`);
      answer.writeHead(status, headers).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath: browserPath as string, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    server?.closeAllConnections();
  });

  async function open(name: string, colorScheme: 'light' | 'dark', state: DesktopState): Promise<Page> {
    const context = await browser.newContext({ colorScheme, viewport: { width: 760, height: 560 } });
    const page = await context.newPage();
    page.on(
      'console',
      (message) => message.type() === 'error' && !message.text().includes('favicon') && broken.push(message.text()),
    );
    page.on('pageerror', (error) => broken.push(error.message));
    await page.addInitScript((told) => {
      const done: string[] = [];
      Object.assign(globalThis, {
        done,
        fynlo: {
          state: async () => told,
          onState: (listener: (state: unknown) => void) => Object.assign(globalThis, { tell: listener }),
          act: async (what: string) => void done.push(what),
          lastBackup: async () => ({
            name: '20250618T181500Z-1041',
            restaurant: 'The Anchor',
            made_at: Date.parse('2025-06-18T18:15:00Z'),
            used_until: Date.parse('2025-06-18T18:29:00Z'),
            loss: 'You will lose 14 orders and 12 payments made since.',
          }),
          goBack: async (name: string) => {
            done.push(name);
            throw new Error("Error invoking remote method 'desktop:go-back': Error: The disk is full.");
          },
        },
      });
    }, state);
    await page.goto(base + name);
    return page;
  }
  async function looksWell(page: Page, picture: string): Promise<void> {
    await page.screenshot({ path: path.join(pictures, `${picture}.png`) });
    expect(await violationsOn(page)).toEqual([]);
    expect(broken.filter((one) => !one.includes('404'))).toEqual([]);
    await page.context().close();
  }

  test.each(['light', 'dark'] as const)('while the server starts, %s', async (theme) => {
    const page = await open('starting.html', theme, {
      ...trouble,
      phase: 'starting',
      sentence: 'The restaurant’s server is starting.',
      hint: '',
      lines: [],
    });
    await expect.poll(() => page.textContent('h1')).toBe('The restaurant’s server is starting.');
    await page.evaluate("tell({ sentence: 'The restaurant’s server is stopping.', hint: '', lines: [] })");
    expect(await page.textContent('h1')).toBe('The restaurant’s server is stopping.');
    await looksWell(page, `desktop-starting-${theme}`);
  });

  test.each(['light', 'dark'] as const)('when it needs attention, by keyboard alone, %s', async (theme) => {
    const page = await open('attention.html', theme, trouble);
    await expect.poll(() => page.textContent('h1')).toBe(trouble.sentence);
    expect(await page.inputValue('#lines')).toBe(trouble.lines.join('\n'));
    const reached: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      await page.keyboard.press('Tab');
      reached.push(String(await page.evaluate('document.activeElement.id || document.activeElement.dataset.act')));
      if (n > 0) await page.keyboard.press('Enter');
    }
    expect(reached).toEqual(['lines', 'start-server', 'show-logs', 'quit']);
    expect(await page.evaluate('done')).toEqual(['start-server', 'show-logs', 'quit']);
    await looksWell(page, `desktop-attention-${theme}`);
  });

  test.each(['light', 'dark'] as const)('the last backup is restored only after a second look, %s', async (theme) => {
    const page = await open('attention.html', theme, { ...trouble, falls: true });
    await page.getByRole('button', { name: 'Restore the last backup…' }).click();
    await page.getByText('14 minutes before the last thing that was recorded').waitFor();
    await page.getByText('You will lose 14 orders and 12 payments made since.').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('back-title');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.evaluate('[done.length, document.activeElement.id]')).toEqual([0, 'look-back']);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Restore it' }).focus();
    await page.screenshot({ path: path.join(pictures, `desktop-go-back-${theme}.png`) });
    await page.keyboard.press('Enter');
    await page.getByText('The disk is full.', { exact: true }).waitFor();
    expect(await page.evaluate('done')).toEqual(['20250618T181500Z-1041']);
    await looksWell(page, `desktop-go-back-refused-${theme}`);
  });

  test.each([
    ['async () => null', 'There is no good backup on this computer or in the second folder.'],
    ["() => Promise.reject(new Error('The folder is gone.'))", 'The folder is gone.'],
  ])('where there is nothing to go back to, the keyboard stays where it was: %s', async (lastBackup, said) => {
    const page = await open('attention.html', 'light', { ...trouble, falls: true });
    await page.evaluate(`fynlo.lastBackup = ${lastBackup}`);
    await page.getByRole('button', { name: 'Restore the last backup…' }).press('Enter');
    await page.getByText(said, { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('look-back');
    await page.context().close();
  });
});
