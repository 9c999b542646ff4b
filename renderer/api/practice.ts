import type { z } from 'zod';
import type { DemoPerson } from '#contract/host.ts';
import { isPractice, type SetupStateDto } from '#contract/staff.ts';
import { browser, kept } from './browser.ts';
import { change } from './client.ts';
import { SILENCE_MS } from './connection.ts';
import { auth } from './operations/auth.ts';
import { Unreachable } from './problem.ts';
import { end, forgetDevice } from './session.ts';
import { createStore, useStore } from './store.ts';

type Store = z.output<typeof SetupStateDto>;

const AGAIN_MS = 250;
/** A slow computer fills the practice restaurant and hashes everybody's password first. */
const PATIENCE_MS = 120_000;

/** The server did not open the practice data; the store that waits for its owner is back. */
export class PracticeFailed extends Error {
  override readonly name = 'PracticeFailed';
  constructor() {
    super('The practice data could not be opened. The server’s log says why; nothing else has changed.');
  }
}

/** Whom they can be tried as, in the browser that has begun them. */
const people = kept<readonly DemoPerson[]>(() => localStorage, 'fynlo.practice');
export const practicePeople = (): readonly DemoPerson[] => people.read() ?? [];

/** What the server says it is just now, whoever is signed in; null while it does not answer. */
async function storeNow(): Promise<Store | null> {
  try {
    const answer = await fetch(auth.setupState.path, { signal: AbortSignal.timeout(SILENCE_MS) });
    return answer.ok ? ((await answer.json()) as { data: Store }).data : null;
  } catch {
    return null;
  }
}

/** Asks until the server is what was waited for; null when the patience is over. */
async function storeThatIs(fits: (store: Store) => boolean, patienceMs: number): Promise<Store | null> {
  for (const from = browser.monotonic(); browser.monotonic() - from < patienceMs; ) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    const store = await storeNow();
    if (store !== null && fits(store)) return store;
  }
  return null;
}

/** The window as it is found by somebody who opens it. */
const openAnew = (): void => location.replace('/manager');

/**
 * Opens the practice restaurant in place of a store that waits for its first owner, and loads the window anew once it
 * is there. What was typed in the set-up stays for afterwards.
 * @throws ApiProblem for a wrong code, PracticeFailed, Unreachable when the server does not come back
 */
export async function beginPractice(code: string): Promise<void> {
  const { data } = await change(auth.beginPractice, { body: { code } });
  people.write(data.demo_people);
  const store = await storeThatIs(({ practice }) => isPractice(practice) || practice === 'failed', PATIENCE_MS);
  if (isPractice(store?.practice)) return openAnew();
  people.write(null);
  throw store === null ? new Unreachable() : new PracticeFailed();
}

const leaving = createStore(false);
/** Whether this window waits for the store that comes back after practice. */
export const useLeavesPractice = (): boolean => useStore(leaving);

/**
 * Throws the practice data away, and loads the window anew once the store that waits for its owner is back.
 * @throws ApiProblem, Unreachable when it was not heard
 */
export async function endPractice(key: string): Promise<void> {
  await change(auth.endPractice, {}, { key });
  void leavePractice();
}

/** Nobody who was signed in there is known to the store that comes back: there is no other way on than to wait for it. */
async function leavePractice(): Promise<void> {
  if (leaving.get()) return;
  leaving.set(true);
  people.write(null);
  forgetDevice();
  await storeThatIs(({ kind }) => kind === 'restaurant', Number.POSITIVE_INFINITY);
  end('nobody_yet');
  openAnew();
}

/** Notices that practice was ended at another window: this one would ask a restaurant that is no more for ever. */
export async function lookWhetherPracticeEnded(): Promise<void> {
  const store = await storeNow();
  if (store?.kind === 'restaurant') await leavePractice();
}
