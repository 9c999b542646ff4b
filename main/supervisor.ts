import { FromStore, type Service, type ToStore, WayIn } from '#contract/host.ts';
import { backOff } from './back-off.ts';
import { Heartbeat } from './heartbeat.ts';
import { LogTail } from './log-tail.ts';
import type { ForkedServer } from './shell.ts';

export type Phase = 'starting' | 'ready' | 'degraded' | 'stopping' | 'stopped' | 'attention';

/** What is known of the store server. */
export interface ServerState {
  readonly phase: Phase;
  /** Where it answers; kept while it restarts, since it comes back there. */
  readonly url: string | null;
  /** Why it needs attention, or is degraded. */
  readonly reason: string | null;
  /** Whether the restaurant is at work, as of the last beat. */
  readonly service: Service | null;
  /** It stopped again and again, without saying why it cannot start. */
  readonly falls: boolean;
}

export interface SupervisorDeps {
  readonly fork: () => ForkedServer;
  /** Whether `/health` of the server at this address answers 200. Never rejects. */
  readonly probe: (url: string) => Promise<boolean>;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly log: (message: string) => void;
  /** Everything the server writes. */
  readonly output?: (text: string) => void;
  readonly limits?: Partial<SupervisorLimits>;
}

/** All times in ms. */
export interface SupervisorLimits {
  readonly beatMs: number;
  /** Missed beats in a row after which it is ended and started again. */
  readonly mostMissed: number;
  /** How long a start may take: a big database has to be looked through first. */
  readonly startMs: number;
  /** Healthy for so long, and earlier failures no longer count. */
  readonly healthyMs: number;
  /** Failures in a row after which somebody has to look. */
  readonly mostFailures: number;
  /** How long it may take to stop. */
  readonly stopMs: number;
}

const usual: SupervisorLimits = {
  beatMs: 5_000,
  mostMissed: 3,
  startMs: 120_000,
  healthyMs: 60_000,
  mostFailures: 6,
  stopMs: 10_000,
};
/** Between two looks at `/health` while it starts. */
const PROBE_AGAIN_MS = 200;
/** A database of many years is copied and looked through. */
const SNAPSHOT_MS = 600_000;

/** Starts the store server, watches it, starts it again when it falls, and knows when to ask for help instead. */
export class Supervisor {
  readonly #deps: SupervisorDeps;
  readonly #limits: SupervisorLimits;
  readonly #listeners: ((state: ServerState) => void)[] = [];
  readonly #tail = new LogTail();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #state: ServerState = { phase: 'stopped', url: null, reason: null, service: null, falls: false };
  #server: ForkedServer | null = null;
  #heart: Heartbeat | null = null;
  #failures = 0;
  /** What the server itself said about why it cannot start. */
  #told: string | null = null;
  /** Kept out of the state, which is told to every page. */
  #wayIn: WayIn | null = null;
  #stopped: (() => void)[] = [];
  #asking = 0;
  /** Something else has the store's data at the moment. */
  #aside = false;
  /** Whoever waits for a snapshot. */
  #asked: ((name: string | null, problem: string | null) => void) | null = null;

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
    this.#limits = { ...usual, ...deps.limits };
  }

  state(): ServerState {
    return this.#state;
  }

  /** The last lines the server wrote. */
  lines(): readonly string[] {
    return this.#tail.lines();
  }

  /** How somebody gets in the first time, as this server says; null while it has not. */
  wayIn(): WayIn | null {
    return this.#wayIn;
  }

  onChange(listener: (state: ServerState) => void): void {
    this.#listeners.push(listener);
  }

  /** Starts it, forgetting earlier failures; does nothing while one runs or is about to. */
  start(): void {
    if (this.#aside || (this.#state.phase !== 'stopped' && this.#state.phase !== 'attention')) return;
    this.#failures = 0;
    this.#launch();
  }

  /** Does something with the store's data while no server runs, and lets none start meanwhile. Rejects where one runs. */
  async aside<Done>(work: () => Promise<Done>): Promise<Done> {
    if (this.#aside) throw new Error('This is being done already.');
    if (this.#state.phase !== 'attention') throw new Error('The server runs, or is about to.');
    this.#aside = true;
    try {
      return await work();
    } finally {
      this.#aside = false;
    }
  }

  tell(message: ToStore): void {
    this.#server?.send(message);
  }

  /** A verified snapshot's name. Rejects with the reason, also when the server does not answer. */
  snapshot(): Promise<string> {
    if (this.#server === null) return Promise.reject(new Error('The server does not run.'));
    this.#asked?.(null, 'it was asked again');
    this.#asking += 1;
    const n = this.#asking;
    return new Promise((resolve, reject) => {
      this.#asked = (name, problem) => {
        this.#asked = null;
        this.#clear('snapshot');
        if (name !== null) resolve(name);
        else reject(new Error(`There is no snapshot: ${problem}.`));
      };
      this.#after('snapshot', SNAPSHOT_MS, () => this.#asked?.(null, 'the server did not answer in time'));
      this.tell({ type: 'snapshot', n });
    });
  }

  /** The computer goes to sleep: what is missed meanwhile is nobody's fault. */
  suspend(): void {
    this.#heart?.stop();
    this.#clear('healthy');
  }

  resume(): void {
    this.tell({ type: 'resumed' });
    this.#heart?.start();
  }

  /** Asks it to stop, and ends it when it does not. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#clear('again', 'healthy', 'start');
    this.#heart?.stop();
    if (this.#server === null) return this.#become({ phase: 'stopped', reason: null });
    const gone = new Promise<void>((resolve) => this.#stopped.push(resolve));
    if (this.#state.phase !== 'stopping') {
      this.#become({ phase: 'stopping', reason: null });
      this.tell({ type: 'shutdown' });
      this.#after('stop', this.#limits.stopMs, () => {
        this.#deps.log('the store server did not stop in time and was ended');
        this.#server?.kill();
      });
    }
    return gone;
  }

  #launch(): void {
    this.#told = null;
    this.#wayIn = null;
    this.#become({ phase: 'starting', reason: null, service: null, falls: false });
    const server = this.#deps.fork();
    this.#server = server;
    server.onOutput((text) => {
      this.#tail.write(text);
      this.#deps.output?.(text);
    });
    server.onMessage((message) => this.#heard(server, message));
    server.onExit((code) => this.#exited(server, code));
    this.#after('start', this.#limits.startMs, () => this.#end('it was not ready in time'));
  }

  #heard(server: ForkedServer, message: unknown): void {
    const read = FromStore.safeParse(message);
    if (server !== this.#server || !read.success) return;
    if (read.data.type === 'ready') void this.#opened(server, read.data.url);
    else if (read.data.type === 'changing') this.#changing();
    else if (read.data.type === 'pong') this.#heart?.pong(read.data);
    else if (read.data.type === 'snapshot' && read.data.n === this.#asking)
      this.#asked?.(read.data.name, read.data.problem);
    else if (read.data.type === 'failed') this.#told = read.data.sentence;
    else if (read.data.type === 'way_in') this.#wayIn = WayIn.parse(read.data);
  }

  /** It closes one store to open another: as at a start, its door is shut and it has no time for beats. */
  #changing(): void {
    if (this.#state.phase === 'stopping') return;
    this.#heart?.stop();
    this.#heart = null;
    this.#clear('healthy');
    this.#wayIn = null;
    this.#become({ phase: 'starting', reason: null, service: null });
    this.#after('start', this.#limits.startMs, () => this.#end('it was not ready in time'));
  }

  /** It says that it is ready; it counts as ready when its door answers too. */
  async #opened(server: ForkedServer, url: string): Promise<void> {
    while (!(await this.#deps.probe(url))) {
      if (server !== this.#server || this.#state.phase !== 'starting') return;
      await new Promise((resolve) => setTimeout(resolve, PROBE_AGAIN_MS));
    }
    if (server !== this.#server || this.#state.phase !== 'starting') return;
    this.#clear('start');
    this.#heart = new Heartbeat({
      send: (message) => server.send(message),
      probe: () => this.#deps.probe(url),
      everyMs: this.#limits.beatMs,
      onBeat: (service) => this.#beaten(service),
      onMissed: (inARow) => this.#missed(inARow),
    });
    this.#become({ phase: 'ready', url, reason: null });
    this.#heart.start();
  }

  #beaten(service: Service): void {
    const reason = service.read_only ? 'The disk takes no writes: orders can be looked at, not changed.' : null;
    const known = JSON.stringify(service) === JSON.stringify(this.#state.service);
    const phase = service.read_only ? 'degraded' : 'ready';
    this.#become({ phase, reason, service: known ? this.#state.service : service });
    if (!this.#timers.has('healthy') && this.#failures > 0) {
      this.#after('healthy', this.#limits.healthyMs, () => {
        this.#failures = 0;
      });
    }
  }

  #missed(inARow: number): void {
    this.#clear('healthy');
    if (inARow >= this.#limits.mostMissed) this.#end(`it did not answer ${inARow} times in a row`);
    else this.#become({ phase: 'degraded', reason: 'The store server answers late.' });
  }

  #end(why: string): void {
    this.#deps.log(`the store server is ended: ${why}`);
    this.#heart?.stop();
    this.#server?.kill();
  }

  #exited(server: ForkedServer, code: number): void {
    if (server !== this.#server) return;
    this.#server = null;
    this.#heart?.stop();
    this.#heart = null;
    this.#clear('start', 'stop', 'healthy');
    this.#asked?.(null, 'the server ended');
    if (this.#state.phase === 'stopping') {
      this.#become({ phase: 'stopped', reason: null, service: null });
      for (const resolve of this.#stopped.splice(0)) resolve();
      return;
    }
    this.#failures += 1;
    this.#deps.log(`the store server ended with ${code} (${this.#failures} in a row)`);
    if (this.#told !== null) this.#become({ phase: 'attention', reason: this.#told, service: null });
    else if (this.#failures >= this.#limits.mostFailures) {
      const reason = `The store server stopped ${this.#failures} times in a row and is not started again by itself.`;
      this.#become({ phase: 'attention', reason, service: null, falls: true });
    } else {
      this.#become({ phase: 'starting', reason: null, service: null });
      this.#after('again', backOff(this.#failures, this.#deps.chance()), () => this.#launch());
    }
  }

  #become(change: Partial<ServerState>): void {
    const before = this.#state;
    this.#state = { ...before, ...change };
    if (Object.entries(change).every(([name, value]) => before[name as keyof ServerState] === value)) return;
    for (const listener of this.#listeners) listener(this.#state);
  }

  #after(name: string, ms: number, what: () => void): void {
    this.#clear(name);
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        what();
      }, ms),
    );
  }

  #clear(...names: string[]): void {
    for (const name of names) {
      clearTimeout(this.#timers.get(name));
      this.#timers.delete(name);
    }
  }
}
