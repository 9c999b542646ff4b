/** Something to be done after the commit, in its lane's order. */
export interface NewJob {
  /** One worker per lane keeps its order; for print jobs the lane is `printer:<id>`. */
  readonly lane: string;
  /** Which runner does it, such as `print` or `drawer`. */
  readonly kind: string;
  /** Everything the runner needs, frozen now: plain JSON. */
  readonly payload: unknown;
  /** The order, session or other thing it is about, for people who ask what happened. */
  readonly subjectId: string | null;
  /** Epoch ms after which it must not be done any more (a drawer pulse); null keeps it until it is done. */
  readonly diesAt: number | null;
}
