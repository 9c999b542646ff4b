const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The fields that their author saw otherwise than they are now: somebody else has changed them meanwhile. Where both
 * wanted the same there is nothing to decide.
 * @param seen what each field was when its author looked; a field that is not named is not compared
 */
export function overtakenFields(now: object, wanted: object, seen: object): string[] {
  const [is, wish] = [now, wanted] as Readonly<Record<string, unknown>>[];
  return Object.entries(seen)
    .filter(([field, value]) => !same(value, is?.[field]) && !same(wish?.[field], is?.[field]))
    .map(([field]) => field);
}
