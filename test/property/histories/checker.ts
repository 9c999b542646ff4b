/**
 * Linearizability: could everything that was heard have come from one restaurant in which each thing happened at one
 * moment between its asking and its answer? The search is that of Wing and Gong (1993): take any request that could
 * have been first, see whether the model would have answered the same, go on with the rest, and come back if that leads
 * nowhere; what led nowhere is remembered (Lowe, 2017). A request without an answer may have happened at any moment
 * after it was sent, or never.
 */
export interface Observed<Ask, Seen> {
  readonly ask: Ask;
  /** Moments on one clock; `to` is null when no answer came. */
  readonly from: number;
  readonly to: number | null;
  readonly seen: Seen | null;
}

export interface Spec<World, Ask, Seen> {
  step(world: World, ask: Ask, seen: Seen | null): { readonly world: World; readonly seen: Seen };
  same(expected: Seen, heard: Seen): boolean;
}

export type Found<World, One> =
  | { readonly ok: true; readonly order: readonly One[] }
  /** The longest order that could be explained, where it ended, and what could then not be. */
  | { readonly ok: false; readonly order: readonly One[]; readonly world: World; readonly stuck: readonly One[] };

/** How many steps are tried before a history is called too hard; none of ours comes near. */
const MOST_STEPS = 500_000;

/** @throws Error when the search does not end within its bound */
export function linearize<World, Ask, Seen, One extends Observed<Ask, Seen>>(
  spec: Spec<World, Ask, Seen>,
  start: World,
  history: readonly One[],
): Found<World, One> {
  const events = [...history].sort((a, b) => (a.to ?? Infinity) - (b.to ?? Infinity) || a.from - b.from);
  const done = events.map(() => false);
  const order: One[] = [];
  const deadEnds = new Set<string>();
  let best: { order: One[]; world: World; stuck: One[] } = { order: [], world: start, stuck: [] };
  let tried = 0;

  /** Those that could come next: nothing that still waits had been answered before they were asked. */
  const candidates = (): number[] => {
    const until = events.reduce((least, { to }, at) => (done[at] ? least : Math.min(least, to ?? Infinity)), Infinity);
    return events.flatMap((event, at) => (!done[at] && event.from < until ? [at] : []));
  };

  const search = (world: World): boolean => {
    if (events.every(({ to }, at) => done[at] || to === null)) return true;
    const here = `${done.map((one) => (one ? 1 : 0)).join('')} ${JSON.stringify(world)}`;
    if (deadEnds.has(here)) return false;
    const next = candidates();
    if (order.length >= best.order.length) {
      best = { order: [...order], world, stuck: next.map((at) => events[at] as One) };
    }
    for (const at of next) {
      tried += 1;
      if (tried > MOST_STEPS) throw new Error(`gave up after ${MOST_STEPS} steps`);
      const event = events[at] as One;
      const after = spec.step(world, event.ask, event.seen);
      const unheard = event.to === null;
      // Nobody heard it and it changed nothing: then it makes no difference whether it happened.
      if (unheard ? after.world === world : event.seen === null || !spec.same(after.seen, event.seen)) continue;
      done[at] = true;
      order.push(event);
      if (search(after.world)) return true;
      order.pop();
      done[at] = false;
    }
    deadEnds.add(here);
    return false;
  };
  return search(start) ? { ok: true, order } : { ok: false, ...best };
}

/** Splits a history into parts that have nothing to do with each other: each is linearizable or the whole is not. */
export function partsOf<One>(history: readonly One[], touches: (event: One) => readonly string[]): One[][] {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    const up = parent.get(name) ?? name;
    return up === name ? name : root(up);
  };
  for (const event of history) {
    const [first, ...others] = touches(event);
    for (const other of others) parent.set(root(other), root(first as string));
  }
  return [...Map.groupBy(history, (event) => root(touches(event)[0] ?? '')).values()];
}

/**
 * The least of a history that cannot be explained. Its beginning up to any moment has to be explainable too (what was
 * not answered by then may or may not have happened), so it is cut at the earliest answer that breaks it; then every
 * request that changes nothing by its answer, such as a look, is left out if it is not needed for the contradiction.
 */
export function shrink<World, Ask, Seen, One extends Observed<Ask, Seen>>(
  spec: Spec<World, Ask, Seen>,
  start: World,
  history: readonly One[],
  changesNothing: (event: One) => boolean,
): One[] {
  const fails = (some: readonly One[]): boolean => !linearize(spec, start, some).ok;
  const upTo = (moment: number): One[] =>
    history
      .filter(({ from }) => from <= moment)
      .map((event) => (event.to !== null && event.to > moment ? { ...event, to: null, seen: null } : event));
  const moments = history.flatMap(({ to }) => (to === null ? [] : [to])).sort((a, b) => a - b);
  let low = 0;
  let high = moments.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fails(upTo(moments[middle] as number))) high = middle;
    else low = middle + 1;
  }
  let least = upTo(moments[low] ?? 0);
  for (const event of least) {
    if (event.to !== null && !changesNothing(event)) continue;
    // What nobody heard may be left out only if the rest is still contradictory without it: it could have been needed.
    if (event.to === null) continue;
    const without = least.filter((one) => one !== event);
    if (fails(without)) least = without;
  }
  return least;
}
