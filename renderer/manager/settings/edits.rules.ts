import type { ChangeSettings, Settings } from '#contract/settings.ts';
import { settingIn } from './fields.ts';

/** What somebody has typed and not saved: what the setting was when they began, and what they want. */
export interface Edit {
  readonly seen: unknown;
  readonly mine: unknown;
}
export type Edits = Readonly<Record<string, Edit>>;

export const noEdits: Edits = {};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Edits that would change something. What somebody else has meanwhile set to the same is done already. */
export const openEdits = (edits: Edits, settings: Settings): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([name, { mine }]) => !same(mine, settingIn(settings, name))));

/** Settings that somebody else has changed since this person began to edit them. */
export const overtaken = (edits: Edits, settings: Settings): string[] =>
  Object.entries(openEdits(edits, settings))
    .filter(([name, { seen }]) => !same(seen, settingIn(settings, name)))
    .map(([name]) => name);

/** The edits with one more; going back to what it was is no edit. */
export function withEdit(edits: Edits, settings: Settings, name: string, mine: unknown): Edits {
  const seen = edits[name]?.seen ?? settingIn(settings, name);
  const { [name]: _, ...others } = edits;
  return same(mine, seen) && same(seen, settingIn(settings, name)) ? others : { ...others, [name]: { seen, mine } };
}

/** Two people wanted something else, and this one has decided: for their own, or for what is there. */
export function decided(edits: Edits, settings: Settings, name: string, keep: 'mine' | 'theirs'): Edits {
  const { [name]: edit, ...others } = edits;
  if (edit === undefined || keep === 'theirs') return others;
  return { ...others, [name]: { seen: settingIn(settings, name), mine: edit.mine } };
}

/** Values by their names, in the form in which settings are sent. */
export function asChange(values: Readonly<Record<string, unknown>>): ChangeSettings {
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [group = '', inner] = name.split('.');
    if (inner === undefined) change[group] = value;
    else change[group] = { ...(change[group] as object | undefined), [inner]: value };
  }
  return change as ChangeSettings;
}

export const mineOf = (edits: Edits): Record<string, unknown> =>
  Object.fromEntries(Object.entries(edits).map(([name, { mine }]) => [name, mine]));
export const seenOf = (edits: Edits): Record<string, unknown> =>
  Object.fromEntries(Object.entries(edits).map(([name, { seen }]) => [name, seen]));
