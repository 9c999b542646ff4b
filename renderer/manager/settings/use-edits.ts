import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Act, useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useDraft } from '#api/drafts.ts';
import { decided, type Edits, mineOf, noEdits, openEdits, overtaken, seenOf, withEdit } from '#api/edits.ts';
import { settings } from '#api/operations/settings.ts';
import { ApiProblem } from '#api/problem.ts';
import type { Settings } from '#contract/settings.ts';
import { say } from '../frame/say.tsx';
import { asChange } from './edits.rules.ts';
import { allFields, mistakeIn, settingIn } from './fields.ts';
import { texts } from './settings.texts.ts';

const fieldOf = new Map<string, (typeof allFields)[number]>(allFields.map((field) => [field.name, field]));

/** What is typed and not saved, kept through a reload; saving says what each setting was when it was begun. */
export function useEdits(saved: Settings) {
  const draft = useDraft<Edits>('settings', noEdits);
  const client = useQueryClient();
  const act = useAct();
  const forget = useAct();
  // What was refused counts for as long as it stands there as it was sent.
  const [sent, setSent] = useState<Edits>(noEdits);
  const current = (name: string): unknown => settingIn(saved, name);
  const edits = openEdits(draft.value, current);
  const conflicts = overtaken(edits, current);
  const names = Object.keys(edits);

  const put = (next: Edits): void => (Object.keys(next).length === 0 ? draft.clear() : draft.set(next));

  function mistakeOf(name: string): string | null {
    const edit = edits[name];
    const field = fieldOf.get(name);
    if (edit === undefined || field === undefined) return null;
    const refused = act.problem instanceof ApiProblem ? act.problem.fields[name] : undefined;
    const stands = JSON.stringify(sent[name]?.mine) === JSON.stringify(edit.mine);
    return mistakeIn(field, edit.mine) ?? (stands ? (refused ?? null) : null);
  }
  const mistakes = names.filter((name) => mistakeOf(name) !== null);

  async function save(): Promise<void> {
    if (names.length === 0 || conflicts.length > 0) return;
    if (names.some((name) => mistakeIn(fieldOf.get(name)!, edits[name]?.mine) !== null)) return;
    setSent(edits);
    const title = texts.saved(names.length);
    const done = await act.run({
      title,
      run: (key) => change(settings.change, { body: { ...asChange(mineOf(edits)), seen: seenOf(edits) } }, { key }),
      // Back to what it was, unless somebody has changed it again.
      undo: () => change(settings.change, { body: { ...asChange(seenOf(edits)), seen: mineOf(edits) } }),
    });
    await client.invalidateQueries({ queryKey: [settings.read.operation] });
    if (!done) return;
    draft.clear();
    say(title, true);
  }

  async function discard(): Promise<void> {
    const before = draft.value;
    const title = texts.discarded(names.length);
    const done = await forget.run({
      title,
      run: async () => draft.clear(),
      undo: async () => draft.set(before),
    });
    act.clear();
    say(title, done);
  }

  return {
    edits,
    conflicts,
    mistakes,
    mistakeOf,
    act,
    change: (name: string, value: unknown) => put(withEdit(draft.value, current, name, value)),
    decide: (name: string, keep: 'mine' | 'theirs') => put(decided(draft.value, current, name, keep)),
    save,
    discard,
  } satisfies { act: Act } & Record<string, unknown>;
}
