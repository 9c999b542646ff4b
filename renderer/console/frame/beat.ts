import { browser } from '#api/browser.ts';
import { look } from '#api/client.ts';
import { connection } from '#api/connection.ts';
import { Unreachable } from '#api/problem.ts';
import { queries } from '#api/queries.ts';
import { lastHeard, serverNow } from '#api/server-clock.ts';
import { relay } from '../operations.ts';

const BEAT_MS = 3_000;
/** A blink is not worth a word. */
const PATIENCE_MS = 3_000;

/** Asks every few seconds whether the relay is there; what failed meanwhile is asked for again once it is back. */
export function listenForRelay(): void {
  let heardAt = browser.monotonic();

  async function beat(): Promise<void> {
    try {
      await look(relay.health, {});
      heard();
    } catch (error) {
      // A refusal is an answer too: the relay lives, whatever it lacks.
      if (!(error instanceof Unreachable)) heard();
      else if (browser.monotonic() - heardAt >= PATIENCE_MS && connection.get().state !== 'lost')
        connection.set({ state: 'lost', since: lastHeard() });
    }
    setTimeout(() => void beat(), BEAT_MS);
  }
  function heard(): void {
    const wasLost = connection.get().state === 'lost';
    heardAt = browser.monotonic();
    connection.set({ state: 'live', since: serverNow() });
    if (wasLost) void queries.invalidateQueries();
  }
  void beat();
}
