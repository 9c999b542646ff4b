import { useCallback, useRef, useState } from 'react';
import { browser } from './browser.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import { serverNow } from './server-clock.ts';
import { createStore, useStore } from './store.ts';

/** Something a person did in this window, as the activity tray tells it. */
export interface Activity {
  readonly id: string;
  /** What it is, as a person says it: "Lamb taken off for tonight". */
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed' | 'undone';
  /** Epoch ms by the server's clock. */
  readonly at: number;
  readonly problem: Error | null;
  readonly undo: (() => Promise<unknown>) | null;
}

const MOST_KEPT = 50;
const activities = createStore<readonly Activity[]>([]);

export const useActivities = (): readonly Activity[] => useStore(activities);
/** Somebody else sits down: what the last person did is not theirs to undo. */
export const forgetActivities = (): void => activities.set([]);

const put = (activity: Activity): void =>
  activities.set([activity, ...activities.get().filter(({ id }) => id !== activity.id)].slice(0, MOST_KEPT));
const alter = (id: string, part: Partial<Activity>): void =>
  activities.set(activities.get().map((one) => (one.id === id ? { ...one, ...part } : one)));

export interface Doing<Result> {
  /** How the tray and the message call it once it is done. */
  readonly title: string;
  /** Sends it. Hand the key on, so that the same action sent twice is done once. */
  readonly run: (key: string) => Promise<Result>;
  /** The inverse, where there is one. */
  readonly undo?: (result: Result) => Promise<unknown>;
}

export interface Act {
  /** True while it is being sent. */
  readonly busy: boolean;
  /** Why it was refused; null once it is tried again. */
  readonly problem: Error | null;
  /** Answers whether it was done. A repeat after an unanswered attempt carries the same key. */
  run<Result>(doing: Doing<Result>): Promise<boolean>;
  clear(): void;
}

/** One button's or one form's action: its progress, its refusal, its entry in the activity tray. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  // The key stays for as long as nobody knows whether the action has happened.
  const open = useRef<string | null>(null);
  const running = useRef(false);

  const run = useCallback(async <Result>({ title, run: send, undo }: Doing<Result>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    const key = open.current ?? browser.newId();
    open.current = key;
    setBusy(true);
    setProblem(null);
    put({ id: key, title, state: 'running', at: serverNow(), problem: null, undo: null });
    try {
      const result = await send(key);
      open.current = null;
      alter(key, { state: 'done', undo: undo === undefined ? null : () => undo(result) });
      return true;
    } catch (error) {
      if (!(error instanceof Unreachable)) open.current = null;
      if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
      alter(key, { state: 'failed', problem: error });
      setProblem(error);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, problem, run, clear: useCallback(() => setProblem(null), []) };
}

/** The latest activity of this title, by its id. */
export const activityCalled = (title: string): string | undefined =>
  activities.get().find((one) => one.title === title)?.id;

/** Takes one activity back, or the latest that can be. Answers with what was undone; null where there is nothing. */
export async function undo(id?: string): Promise<Activity | null> {
  const found = activities
    .get()
    .find((one) => one.undo !== null && one.state === 'done' && (id === undefined || one.id === id));
  if (found?.undo == null) return null;
  alter(found.id, { state: 'running' });
  try {
    await found.undo();
    alter(found.id, { state: 'undone', undo: null });
    return found;
  } catch (error) {
    alter(found.id, { state: 'done', problem: error instanceof Error ? error : null });
    throw error;
  }
}
