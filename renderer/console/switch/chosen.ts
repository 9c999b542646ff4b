import { kept } from '#api/browser.ts';
import { createStore, useStore } from '#api/store.ts';

/** The one restaurant that somebody looks at on this device. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

const held = kept<Choice>(() => localStorage, 'fynlo.console.restaurant');
const chosen = createStore<Choice | null>(held.read());

/** Null: all of them. */
export const useChosen = (): Choice | null => useStore(chosen);

export function choose(choice: Choice | null): void {
  held.write(choice);
  chosen.set(choice);
}
