import { type FromStore, type Service, ToStore } from '#contract/host.ts';
import type { Log } from './log.ts';

/** What the host can ask of a store that is open. */
export interface OpenStoreTalk {
  service(): Service;
  /** Announces the store and opens its lines to devices anew. */
  resumed(): Promise<void>;
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
  return (message) => {
    const read = ToStore.safeParse(message);
    if (!read.success) log('warn', 'the host said something that is not in the contract');
    else if (read.data.type === 'shutdown') shutdown();
    else if (read.data.type === 'ping') pong(read.data.n);
    else resumed();
  };
}
