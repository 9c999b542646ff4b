import { useEffect, useRef } from 'react';
import { createStore, useStore } from '#api/store.ts';

/**
 * Something a person can do from anywhere or on the screen that is open. The palette, the shortcuts and the sheet of
 * shortcuts all read the same list.
 */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Under which heading it stands on the sheet and in the palette. */
  readonly group: string;
  /** `r`, `?`, `1`, `g h` (one after the other), `mod+k` (Ctrl, or ⌘ on a Mac). */
  readonly keys?: string;
  /** More words to find it by. */
  readonly words?: string;
  readonly run: () => void;
}

const sets = createStore<readonly (readonly Command[])[]>([]);

/** Offers commands for as long as the part of the window that calls this is there. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands.map(({ id, label }) => `${id} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is offered changes with their names, not at each render
  useEffect(() => {
    // What they do is looked up when they are used, so that a render alone changes nothing for the palette.
    const offered = latest.current.map((command, at) => ({ ...command, run: () => latest.current[at]?.run() }));
    sets.set([...sets.get(), offered]);
    return () => sets.set(sets.get().filter((one) => one !== offered));
  }, [shape]);
}

const flat = new WeakMap<readonly (readonly Command[])[], readonly Command[]>();

/** Every command that is offered now. A screen's own come before those of the frame. */
export function allCommands(): readonly Command[] {
  const now = sets.get();
  let all = flat.get(now);
  if (all === undefined) {
    all = [...now].reverse().flat();
    flat.set(now, all);
  }
  return all;
}

export function useAllCommands(): readonly Command[] {
  useStore(sets);
  return allCommands();
}
