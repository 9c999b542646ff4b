import type { FromStore } from '#contract/host.ts';
import { signedIn, signedOut } from '#contract/staff.facts.ts';
import type { PracticeState } from '#contract/staff.ts';
import type { CommittedEntry, Core } from './commands/core.ts';
import type { Config } from './config.ts';
import { lockFolder } from './db/folder-lock.ts';
import { demoPeople } from './demo/staff.ts';
import { hasOwner, type PracticeDesk } from './features/staff/index.ts';
import type { OpenStoreTalk } from './host-talk.ts';
import type { Log } from './log.ts';
import type { OpenRestaurant } from './open-restaurant.ts';
import { clearPractice, freshPracticeFolder } from './practice-folder.ts';
import { serviceState } from './service-state.ts';

export interface RunningDeps {
  readonly config: Config;
  readonly open: (config: Config, practice: PracticeDesk | null) => Promise<OpenRestaurant>;
  readonly send: (message: FromStore) => void;
  /** For the person at the console. */
  readonly say: (sentence: string) => void;
  /** For whoever waits for the line on stdout. */
  readonly ready: (url: string) => void;
  readonly log: Log;
  /** After practice the restaurant's own store did not open again. */
  readonly broke: (error: unknown) => void;
}

/** What this process has open: one store at a time. */
export interface Running {
  /** Opens the store that the process was started for. @throws what `createStoreServer` does, DemoRefused */
  open(): Promise<void>;
  /** What the host can ask; null while no store is open. */
  talk(): OpenStoreTalk | null;
  /** Closes what is open, and opens nothing any more. */
  stop(): Promise<void>;
}

/** Somebody looks in, and nothing of it would be missed. */
const passing: ReadonlySet<string> = new Set([signedIn.kind, signedOut.kind]);

/**
 * The stores of one process, one after the other: the one it was started for, and, while that waits for its first owner,
 * practice data in its place. Practice data lie in a folder of their own and never become a restaurant: whoever goes
 * back finds the store as it was left.
 */
export function createRunning({ config, open, send, say, ready, log, broke }: RunningDeps): Running {
  let current: OpenRestaurant | null = null;
  let talk: OpenStoreTalk | null = null;
  let state: PracticeState = 'possible';
  /** Of the practice data: not there before they are filled, then whether somebody has changed something in them. */
  let practised: 'possible' | 'untouched' | 'used' = 'possible';
  let leaving = false;
  let changing = false;
  /** The ports that were found at the first opening: who knows where we are finds us there again. */
  let at: Pick<Config, 'port' | 'compatPort'> = config;
  /** So that no other server takes the restaurant's folder while its place is kept. */
  let kept: { release(): void } | null = null;

  const desk = (change: () => Promise<void>, stateNow: () => PracticeState): PracticeDesk => ({
    state: stateNow,
    people: demoPeople,
    change() {
      if (changing) return;
      changing = true;
      state = 'possible';
      // Not before the command that asks for it has ended; closing the doors then waits for its answer.
      setImmediate(() => {
        change()
          .catch((error: unknown) => (leaving ? undefined : broke(error)))
          .finally(() => {
            changing = false;
          });
      });
    },
  });
  const ownDesk = desk(toPractice, () => state);
  const practiceDesk = desk(toOwn, () => practised);

  async function openNow(what: Config, practice: PracticeDesk | null): Promise<void> {
    current = await open(what, practice);
    if (leaving) return closeNow();
    const { server } = current;
    const wayIn = await current.welcome();
    if (practice === practiceDesk) watchForUse(server.core);
    send({ type: 'way_in', ...wayIn });
    talk = {
      service: () => serviceState(server.core),
      resumed: server.resumed,
      snapshot: server.snapshot,
    };
    ready(server.url);
    send({ type: 'ready', port: server.port, compatPort: server.compatPort, url: server.url });
  }

  function watchForUse(core: Core): void {
    practised = 'untouched';
    const isChange = ({ actorId, facts }: CommittedEntry): boolean =>
      actorId !== null && !facts.every(({ fact }) => passing.has(fact.kind));
    core.onCommit(({ entries }) => {
      if (entries.some(isChange)) practised = 'used';
    });
  }

  async function closeNow(): Promise<void> {
    talk = null;
    await current?.close();
    current = null;
  }

  async function openOwn(): Promise<void> {
    await openNow({ ...config, ...at }, config.demo ? null : ownDesk);
    // Only now is it certain that no other server has the folder.
    if (!config.demo) tidy();
  }

  /** Practice data that cannot be thrown away now can be at the next start. */
  function tidy(): void {
    try {
      clearPractice(config.dataDir);
    } catch (error) {
      log('warn', 'practice data could not be thrown away', { reason: String(error) });
    }
  }

  async function toPractice(): Promise<void> {
    if (current === null || leaving) return;
    const { core, port, compatPort } = current.server;
    at = { port, compatPort };
    practised = 'possible';
    const isClaimed = watchForOwner(core);
    send({ type: 'changing' });
    await closeNow();
    if (leaving) return;
    if (!isClaimed()) {
      try {
        kept = await lockFolder(config.dataDir);
        const dataDir = freshPracticeFolder(config.dataDir);
        say('Practice data. The store that waits for its owner is left as it is.');
        await openNow({ ...config, ...at, dataDir, demo: true, relay: null, claim: null }, practiceDesk);
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log('error', 'practice data did not open', { reason });
        say(`The practice data could not be opened: ${reason}`);
        state = 'failed';
      }
      await closeNow();
    }
    await backToOwn();
  }

  async function toOwn(): Promise<void> {
    send({ type: 'changing' });
    await closeNow();
    await backToOwn();
  }

  async function backToOwn(): Promise<void> {
    if (leaving) return;
    kept?.release();
    kept = null;
    await openOwn();
  }

  return {
    open: openOwn,
    talk: () => talk,
    async stop() {
      leaving = true;
      await closeNow();
      kept?.release();
    },
  };
}

/** Whether somebody became the owner between asking for practice data and the closing of the doors. */
function watchForOwner(core: Core): () => boolean {
  let claimed = false;
  const look = (): void => {
    claimed ||= hasOwner(core.connection());
  };
  core.onCommit(look);
  core.onExchange(look);
  look();
  return () => claimed;
}
