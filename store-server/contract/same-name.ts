/** Names that only differ in capitals or blanks are the same name to people. */
export const sameName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** A dish is known by its category and its name. */
export const sameDish = (category: string, name: string): string =>
  JSON.stringify([sameName(category), sameName(name)]);

/** What there is by what it is known by; of two that are known alike the one in use counts, of equals the first. */
export function byName<One extends { readonly active: boolean }>(
  all: Iterable<One>,
  keyOf: (one: One) => string,
): Map<string, One> {
  const known = new Map<string, One>();
  for (const one of all) {
    const key = keyOf(one);
    if (known.get(key)?.active !== true && (one.active || !known.has(key))) known.set(key, one);
  }
  return known;
}
