import type { WayIn } from '#contract/host.ts';
import type { Config } from './config.ts';
import { createLab } from './demo/lab.ts';
import { openDemo } from './demo/open-demo.ts';
import { demoPeople } from './demo/staff.ts';
import { ensureSetupCode, type PracticeDesk } from './features/staff/index.ts';
import { managerPages } from './manager-window/pages.ts';
import { createStoreServer, type StoreServer, type StoreServerDeps } from './server.ts';
import { statusPages } from './status-page/pages.ts';

export type Surroundings = Pick<StoreServerDeps, 'clock' | 'ids' | 'log' | 'version' | 'pid' | 'hashCost'> & {
  /** For the person at the console. */
  readonly say: (sentence: string) => void;
};

/** A store that is open, with its pages and, in a demo, its virtual printers. */
export interface OpenRestaurant {
  readonly server: StoreServer;
  /** Fills a demo that is empty, and says on the console how to get in. @throws DemoRefused */
  welcome(): Promise<WayIn>;
  /** Asked again, it is the same closing. */
  close(): Promise<void>;
}

/** @throws what `createStoreServer` does */
export async function openRestaurant(
  config: Config,
  practice: PracticeDesk | null,
  { say, ...surroundings }: Surroundings,
): Promise<OpenRestaurant> {
  const { clock, version } = surroundings;
  const { demo } = config;
  const lab = createLab(clock);
  const server = await createStoreServer({
    ...surroundings,
    config,
    say,
    ...(practice === null ? {} : { practice }),
    pages: (open) => [...managerPages(), ...statusPages({ ...open, clock, lab, demo, version })],
  });
  let closed: Promise<void> | null = null;
  return {
    server,
    async welcome() {
      if (demo) {
        for (const sentence of await openDemo(server, lab)) say(sentence);
        return { setup_code: null, demo_people: demoPeople };
      }
      const code = await ensureSetupCode(server.core);
      if (code !== null) say(`No owner yet. Set-up code: ${code}`);
      return { setup_code: code, demo_people: [] };
    },
    close() {
      closed ??= server.stop().then(() => lab.close());
      return closed;
    },
  };
}
