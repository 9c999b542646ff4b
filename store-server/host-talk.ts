import { type FromStore, type Service, ToStore } from '#contract/host.ts';
import type { Log } from './log.ts';

/** What the host can ask of a store that is open. */
export interface OpenStoreTalk {
  service(): Service;
  /** Announces the store and opens its lines to devices anew. */
  resumed(): Promise<void>;
  /** Takes and verifies a snapshot; its name. Rejects with the reason. */
  snapshot(): Promise<string>;
}

export interface HostTalkDeps {
  readonly send: (message: FromStore) => void;
  readonly shutdown: () => void;
  /** Null until the store is open; a host that asks earlier asks again. */
  readonly store: () => OpenStoreTalk | null;
  readonly log: Log;
}

/** Answers what the process that started us says. A message that makes no sense is noted and otherwise ignored. */
export function answerHost({ send, shutdown, store, log }: HostTalkDeps): (message: unknown) => void {
  function pong(n: number): void {
    const open = store();
    if (open !== null) send({ type: 'pong', n, service: open.service() });
  }
  function resumed(): void {
    log('info', 'the computer woke up: announcing and connecting anew');
    store()
      ?.resumed()
      .catch((error: unknown) => log('error', 'not everything came back after sleep', { reason: String(error) }));
  }
  function snapshot(n: number): void {
    const answer = (name: string | null, problem: string | null) => send({ type: 'snapshot', n, name, problem });
    const open = store();
    if (open === null) answer(null, 'the server is still starting');
    else
      open.snapshot().then(
        (name) => answer(name, null),
        (error: unknown) => answer(null, error instanceof Error ? error.message : String(error)),
      );
  }
  return (message) => {
    const read = ToStore.safeParse(message);
    if (!read.success) log('warn', 'the host said something that is not in the contract');
    else if (read.data.type === 'shutdown') shutdown();
    else if (read.data.type === 'ping') pong(read.data.n);
    else if (read.data.type === 'snapshot') snapshot(read.data.n);
    else resumed();
  };
}
