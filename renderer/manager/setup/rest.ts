import { kept } from '#api/browser.ts';
import { createStore, useStore } from '#api/store.ts';
import type { StepName, Way } from './steps.ts';

/** A restaurant that has its owner, whose set-up is still going on at this computer. */
export interface Rest {
  /** Whose set-up it is. */
  readonly owner: string;
  readonly way: Way;
  readonly step: StepName;
}

/** Kept here, so that the set-up goes on at the same step after the power went. */
const keptRest = kept<Rest>(() => localStorage, 'fynlo.set-up.rest');
const rest = createStore<Rest | null>(keptRest.read());

export const useRest = (): Rest | null => useStore(rest);

/** @param next null once it is done, or put off */
export function goOnWith(next: Rest | null): void {
  keptRest.write(next);
  rest.set(next);
}
