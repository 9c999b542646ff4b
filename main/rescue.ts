import { FromStore, type LastBackup } from '#contract/host.ts';
import type { ForkedServer } from './shell.ts';
import type { Supervisor } from './supervisor.ts';

export interface RescueDeps {
  /** Starts the store server's program for an errand: it does that and ends. */
  readonly fork: (errand: readonly string[]) => ForkedServer;
  readonly supervisor: Pick<Supervisor, 'aside' | 'start'>;
  readonly output: (text: string) => void;
  readonly log: (message: string) => void;
  readonly wentBack: (sentence: string) => void;
}

/** A database of many years is read, copied and looked through. */
const PATIENCE_MS = 600_000;

type Answer = Extract<FromStore, { type: 'last_backup' | 'went_back' }>;

/** Going back to the last backup where the server does not keep running. This app never opens the database itself. */
export class Rescue {
  readonly #deps: RescueDeps;

  constructor(deps: RescueDeps) {
    this.#deps = deps;
  }

  /** What there is to go back to; null when there is nothing. Rejects with a sentence. */
  async look(): Promise<LastBackup | null> {
    const answer = await this.#deps.supervisor.aside(() => this.#send('Nothing was changed.', '--last-backup'));
    return answer.type === 'last_backup' ? answer.backup : null;
  }

  /** Goes back to this backup, which has to be the last one still, and starts the server. Rejects with a sentence. */
  async goBack(name: string): Promise<void> {
    const { supervisor, log, wentBack } = this.#deps;
    log(`somebody goes back to the backup ${name}`);
    const sofar = 'How far it came is not known: start the server again and look before you try once more.';
    const answer = await supervisor.aside(() => this.#send(sofar, '--go-back-to', name));
    if (answer.type === 'went_back') wentBack(answer.sentence);
    supervisor.start();
  }

  /** @param ended what holds if it has to be ended in the middle */
  #send(ended: string, ...errand: string[]): Promise<Answer> {
    const child = this.#deps.fork(errand);
    let answer: Answer | null = null;
    let why = 'The backup could not be reached. The log has the reason.';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        why = `This took too long and was ended. ${ended}`;
        child.kill();
      }, PATIENCE_MS);
      child.onOutput(this.#deps.output);
      child.onMessage((message) => {
        const read = FromStore.safeParse(message);
        if (!read.success) return;
        if (read.data.type === 'last_backup' || read.data.type === 'went_back') answer = read.data;
        if (read.data.type === 'failed') why = read.data.sentence;
      });
      child.onExit(() => {
        clearTimeout(timer);
        if (answer === null) reject(new Error(why));
        else resolve(answer);
      });
    });
  }
}
