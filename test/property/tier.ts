/**
 * How much a property is tried. `npm test` takes the size that fits its budget; `npm run proof:<name>` takes the long
 * figures. FYNLO_SEED repeats a run, FYNLO_RUNS changes how many.
 */
export const isLong = process.env['FYNLO_TIER'] === 'long';

const given = (name: string): number | undefined => {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`${name} has to be a whole number, not ${text}`);
  return number;
};

/**
 * How many times, and what the test runner is told: to wait, and never to try again. A property that was found broken
 * once is broken, and a second try in the same store proves nothing.
 */
export function tier(sizes: { readonly ci: number; readonly long: number }): {
  runs: number;
  once: { timeout: number; retry: 0 };
} {
  return {
    runs: given('FYNLO_RUNS') ?? (isLong ? sizes.long : sizes.ci),
    once: { timeout: isLong ? 7_200_000 : 900_000, retry: 0 },
  };
}

/** The seed of this run; printed with the result, so that it can be given again. */
export const seed: number = given('FYNLO_SEED') ?? Date.now() % 1_000_000_000;

/** What a property says when it has held, with its figures and its seed. */
export function say(what: string, figures: Readonly<Record<string, number | string>>): void {
  const told = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.log(`${what}: ${[...told, `FYNLO_SEED=${seed}`].join(', ')}`);
}
