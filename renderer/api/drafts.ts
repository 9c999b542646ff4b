import { useCallback, useState } from 'react';
import { kept } from './browser.ts';
import { useSession } from './session.ts';

const draftOf = <Value>(owner: string, name: string) => kept<Value>(() => localStorage, `fynlo.draft.${owner}.${name}`);

export interface Draft<Value> {
  readonly value: Value;
  /** True when there is unsaved work, also from before a reload. */
  readonly changed: boolean;
  set(value: Value): void;
  /** After it was saved, or to start again. */
  clear(): void;
}

/**
 * Work that is not saved yet: it survives a reload, a crash and a sign-in that ran out, and is only ever shown to the
 * person whose it is. Never put a secret into one.
 * @param name what it is a draft of, such as `settings.receipt` or `menu.product.<id>`
 * @param saved what the server has, which shows where there is no draft
 */
export function useDraft<Value>(name: string, saved: Value): Draft<Value> {
  return useOwnedDraft(useSession().person.id, name, saved);
}

/** The same where nobody is signed in yet. */
export function useOwnedDraft<Value>(owner: string, name: string, saved: Value): Draft<Value> {
  const [draft, setDraft] = useState<{ of: string; value: Value | null }>(() => ({
    of: name,
    value: draftOf<Value>(owner, name).read(),
  }));
  // Another thing is being edited: its own draft counts.
  const current = draft.of === name ? draft : { of: name, value: draftOf<Value>(owner, name).read() };
  if (current !== draft) setDraft(current);
  const set = useCallback(
    (value: Value | null): void => {
      draftOf<Value>(owner, name).write(value);
      setDraft({ of: name, value });
    },
    [owner, name],
  );
  return {
    value: current.value ?? saved,
    changed: current.value !== null,
    set,
    clear: useCallback(() => set(null), [set]),
  };
}
