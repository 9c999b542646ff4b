import type { FromStore, Service, ToStore } from '#contract/host.ts';

export interface HeartbeatDeps {
  readonly send: (message: ToStore) => void;
  /** Whether `/health` answers 200. Never rejects. */
  readonly probe: () => Promise<boolean>;
  /** An answered beat. */
  readonly onBeat: (service: Service) => void;
  /** So many beats in a row went without an answer. */
  readonly onMissed: (inARow: number) => void;
  readonly everyMs: number;
}

/**
 * Asks the server every few seconds, over its message port and over HTTP: a beat counts when both have answered by the
 * next one. A server whose loop hangs misses the first, one whose door is closed the second.
 */
export class Heartbeat {
  readonly #deps: HeartbeatDeps;
  #timer: NodeJS.Timeout | null = null;
  #n = 0;
  #missed = 0;
  #ponged: Service | null = null;
  #healthy = false;

  constructor(deps: HeartbeatDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.stop();
    this.#missed = 0;
    this.#beat();
    this.#timer = setInterval(() => this.#judge(), this.#deps.everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  pong({ n, service }: Extract<FromStore, { type: 'pong' }>): void {
    if (n === this.#n) this.#ponged = service;
  }

  #beat(): void {
    this.#n += 1;
    const mine = this.#n;
    this.#ponged = null;
    this.#healthy = false;
    this.#deps.send({ type: 'ping', n: mine });
    void this.#deps.probe().then((ok) => {
      if (mine === this.#n) this.#healthy = ok;
    });
  }

  #judge(): void {
    if (this.#ponged !== null && this.#healthy) {
      this.#missed = 0;
      this.#deps.onBeat(this.#ponged);
    } else {
      this.#missed += 1;
      this.#deps.onMissed(this.#missed);
    }
    if (this.#timer !== null) this.#beat();
  }
}
