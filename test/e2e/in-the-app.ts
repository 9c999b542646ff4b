import type { Page } from 'playwright';
import type { WayIn } from '#contract/host.ts';

/** Makes it a window of the desktop app: with the bridge that its preload makes. */
export async function asInTheApp(page: Page, wayIn: () => Promise<WayIn>): Promise<void> {
  await page.exposeFunction('appKnows', wayIn);
  await page.addInitScript(`window.fynlo = {
    state: async () => ({ phase: 'ready', sentence: '', hint: '', lines: [], version: '1' }),
    onState() {},
    act: async () => undefined,
    wayIn: () => appKnows(),
    autostart: async () => window.startsWithComputer === true,
    setAutostart: async (on) => (window.startsWithComputer = on),
  }`);
  await page.reload();
}
