/** What somebody has changed and not saved: what a field was when they began, and what they want. */
export interface Edit {
  readonly seen: unknown;
  readonly mine: unknown;
}
/** By the name of the field. */
export type Edits = Readonly<Record<string, Edit>>;
/** What the server has in a field by now. */
export type ValueOf = (name: string) => unknown;

export const noEdits: Edits = {};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Edits that would change something. What somebody else has meanwhile set to the same is done already. */
export const openEdits = (edits: Edits, current: ValueOf): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([name, { mine }]) => !same(mine, current(name))));

/** Fields that somebody else has changed since this person began to edit them. */
export const overtaken = (edits: Edits, current: ValueOf): string[] =>
  Object.entries(openEdits(edits, current))
    .filter(([name, { seen }]) => !same(seen, current(name)))
    .map(([name]) => name);

/** The edits with one more; going back to what it was is no edit. */
export function withEdit(edits: Edits, current: ValueOf, name: string, mine: unknown): Edits {
  const { [name]: before, ...others } = edits;
  const seen = before === undefined ? current(name) : before.seen;
  return same(mine, seen) && same(seen, current(name)) ? others : { ...others, [name]: { seen, mine } };
}

/** Two people wanted something else, and this one has decided: for their own, or for what is there. */
export function decided(edits: Edits, current: ValueOf, name: string, keep: 'mine' | 'theirs'): Edits {
  const { [name]: edit, ...others } = edits;
  if (edit === undefined || keep === 'theirs') return others;
  return { ...others, [name]: { seen: current(name), mine: edit.mine } };
}

export const mineOf = (edits: Edits): Record<string, unknown> =>
  Object.fromEntries(Object.entries(edits).map(([name, { mine }]) => [name, mine]));
export const seenOf = (edits: Edits): Record<string, unknown> =>
  Object.fromEntries(Object.entries(edits).map(([name, { seen }]) => [name, seen]));
