import type { MenuItemConstructorOptions } from 'electron';
import type { Memory, Remembered } from './memory.ts';
import type { Shell } from './shell.ts';
import type { ServerState, Supervisor } from './supervisor.ts';
import { isQuietTime, obstacle } from './update-rules.ts';
import type { UpdateSource } from './update-source.ts';

export interface StewardDeps {
  readonly source: UpdateSource;
  readonly supervisor: Pick<Supervisor, 'state' | 'onChange' | 'snapshot' | 'stop' | 'start'>;
  readonly memory: Memory;
  readonly shell: Pick<Shell, 'ask' | 'notify'>;
  /** The version that is running. */
  readonly version: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: (message: string) => void;
  /** The menu's lines have changed. */
  readonly onChange: () => void;
  /** A new version did not prove itself; the sentence is for people. */
  readonly onFailed: (sentence: string) => void;
}

const FIRST_CHECK_MS = 60_000;
const CHECK_MS = 6 * 3_600_000;
const CONSIDER_MS = 60_000;
/** After a try that did not work out. */
const PAUSE_MS = 3_600_000;
/** A new version has to be healthy for so long, and to get there within so long. */
const PROVED_MS = 60_000;
const PATIENCE_MS = 300_000;
/** An installer that was begun has ended this program by then. */
const INSTALL_MS = 120_000;

/**
 * Brings new versions in without anybody noticing: fetched by day, put in at night when nothing is open, after a verified
 * snapshot; and the new version has to prove itself before it counts as arrived.
 */
export class UpdateSteward {
  readonly #deps: StewardDeps;
  #ready: string | null = null;
  #busy = false;
  #notBefore = 0;
  #gate: { healthy: NodeJS.Timeout | null; late: NodeJS.Timeout } | null = null;

  constructor(deps: StewardDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { source, memory, log } = this.#deps;
    source.onProblem((reason) => log(`updates: ${reason}`));
    source.onReady((version) => {
      if (memory.read().refused.includes(version)) return log(`updates: ${version} is not wanted here any more`);
      this.#ready = version;
      this.#deps.onChange();
    });
    this.#lookBack();
    setTimeout(() => void source.check(), FIRST_CHECK_MS);
    setInterval(() => void source.check(), CHECK_MS);
    setInterval(() => this.#consider(), CONSIDER_MS);
  }

  /** What the menus show: nothing while there is nothing new. */
  menuLines(): MenuItemConstructorOptions[] {
    if (this.#ready === null) return [];
    return [
      { label: `Version ${this.#ready} comes in tonight, after the close`, enabled: false },
      { label: `Install version ${this.#ready} now…`, click: () => void this.installNow() },
    ];
  }

  /** Somebody does not want to wait for the night; an open shift still has to be closed first. */
  async installNow(): Promise<void> {
    const { shell, supervisor } = this.#deps;
    if (this.#ready === null || this.#busy) return;
    const why = obstacle(supervisor.state());
    if (why !== null) return shell.notify('Not now', `The update waits: ${why}.`);
    const answer = await shell.ask({
      message: `Install version ${this.#ready} now?`,
      detail:
        'A snapshot is taken first. The server is away for about two minutes; iPads keep what is typed meanwhile.',
      buttons: ['Tonight', 'Install now'],
    });
    if (answer === 1) await this.#install();
  }

  #consider(): void {
    const { supervisor, now } = this.#deps;
    if (this.#ready === null || this.#busy || this.#gate !== null || now() < this.#notBefore) return;
    if (isQuietTime(now()) && obstacle(supervisor.state()) === null) void this.#install();
  }

  async #install(): Promise<void> {
    const { source, supervisor, memory, version, now, log } = this.#deps;
    const to = this.#ready;
    if (to === null || this.#busy) return;
    this.#busy = true;
    let stopped = false;
    try {
      const snapshot = await supervisor.snapshot();
      // Somebody may have come in while the snapshot was made.
      const why = obstacle(supervisor.state());
      if (why !== null) throw new Error(why);
      if (!memory.change({ update: { from: version, to, at: now(), snapshot } })) {
        throw new Error('what an update needs to know could not be written down');
      }
      log(`updates: ${version} gives way to ${to}; the snapshot is ${snapshot}`);
      stopped = true;
      await supervisor.stop();
      source.install();
      setTimeout(() => this.#stayed('the installer did not start'), INSTALL_MS);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (stopped) this.#stayed(reason);
      else this.#putOff(reason);
    }
  }

  /** The installer did not take over: the restaurant goes on with the version it has. */
  #stayed(reason: string): void {
    this.#deps.memory.change({ update: undefined });
    this.#deps.supervisor.start();
    this.#putOff(reason);
  }

  #putOff(reason: string): void {
    this.#deps.log(`updates: put off: ${reason}`);
    this.#notBefore = this.#deps.now() + PAUSE_MS;
    this.#busy = false;
  }

  /** An update that was begun before this start: it arrived, or it did not. */
  #lookBack(): void {
    const { memory, version, log } = this.#deps;
    const { update } = memory.read();
    if (update === undefined) return;
    if (update.to !== version) {
      log(`updates: ${update.to} did not arrive, ${version} goes on`);
      memory.change({ update: undefined });
      return;
    }
    this.#gate = {
      healthy: null,
      late: setTimeout(() => this.#failed(update, 'was not healthy in time'), PATIENCE_MS),
    };
    this.#deps.supervisor.onChange((state) => this.#judge(state, update));
  }

  #judge({ phase }: ServerState, update: NonNullable<Remembered['update']>): void {
    if (this.#gate === null) return;
    if (phase === 'attention') this.#failed(update, 'did not start');
    else if (phase === 'ready') this.#gate.healthy ??= setTimeout(() => this.#arrived(update.to), PROVED_MS);
    else {
      clearTimeout(this.#gate.healthy ?? undefined);
      this.#gate.healthy = null;
    }
  }

  #arrived(version: string): void {
    this.#closeGate();
    this.#deps.log(`updates: ${version} has proved itself`);
    this.#deps.shell.notify('Fynlo is up to date', `Version ${version} is running.`);
  }

  #failed({ from, to, snapshot }: NonNullable<Remembered['update']>, why: string): void {
    this.#closeGate();
    const { memory } = this.#deps;
    memory.change({ refused: [...memory.read().refused, to] });
    const sentence = `Version ${to} ${why} after the update. Install version ${from} again; the snapshot ${snapshot} from just before holds everything.`;
    this.#deps.log(`updates: ${sentence}`);
    this.#deps.onFailed(sentence);
  }

  #closeGate(): void {
    clearTimeout(this.#gate?.healthy ?? undefined);
    clearTimeout(this.#gate?.late);
    this.#gate = null;
    this.#deps.memory.change({ update: undefined });
  }
}
