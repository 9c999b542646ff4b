import { useDraft } from './drafts.ts';
import { decided, type Edits, mineOf, noEdits, openEdits, overtaken, seenOf, withEdit } from './edits.ts';

/**
 * A form on something that others may change meanwhile: it keeps what was changed in it and nothing else, through a
 * reload too. What is sent says what was seen, so that the server overwrites nobody.
 * @param name of the draft
 * @param saved what the server has by now
 */
export function useFieldEdits<Fields extends object>(name: string, saved: Fields) {
  const draft = useDraft<Edits>(name, noEdits);
  const current = (field: string): unknown => saved[field as keyof Fields];
  const edits = openEdits(draft.value, current);
  const put = (next: Edits): void => (Object.keys(next).length === 0 ? draft.clear() : draft.set(next));
  const set = (part: Partial<Fields>): void =>
    put(Object.entries(part).reduce<Edits>((all, [field, mine]) => withEdit(all, current, field, mine), draft.value));
  return {
    value: { ...saved, ...mineOf(edits) } as Fields,
    /** Only what was changed, and what it was when this person began. */
    change: mineOf(edits) as Partial<Fields>,
    seen: seenOf(edits) as Partial<Fields>,
    /** Fields that somebody else has changed too; this person has to decide. */
    conflicts: overtaken(edits, current) as (keyof Fields & string)[],
    set,
    decide: (field: string, keep: 'mine' | 'theirs'): void => put(decided(draft.value, current, field, keep)),
    clear: draft.clear,
  };
}
