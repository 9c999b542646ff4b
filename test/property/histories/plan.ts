import fc from 'fast-check';

/** What the people of one history are going to try. Which check or line is meant is decided when they get to it. */
export interface Step {
  readonly client: number;
  readonly kind: Kind;
  /** Three numbers from 0 to 999 that choose among what there is then. */
  readonly which: number;
  readonly what: number;
  readonly how: number;
  /** The connection is torn down before the answer is there; `again` sends the same with the same key. */
  readonly lost: 'no' | 'for good' | 'again';
  /** Turns of the event loop to wait before. */
  readonly pause: number;
}

export interface Plan {
  readonly clients: number;
  readonly tables: number;
  readonly portions: number;
  readonly steps: readonly Step[];
}

/** How often each happens, in a hundred or so. */
const weights = {
  open: 10,
  add: 18,
  'add again': 3,
  change: 8,
  fire: 8,
  void: 8,
  bump: 6,
  move: 5,
  cancel: 2,
  split: 5,
  'pay part': 7,
  'pay rest': 6,
  'pay share': 6,
  refund: 3,
  say: 5,
  look: 9,
  'look at floor': 4,
  'look for special': 2,
  'open drawer': 2,
  'move cash': 4,
  count: 1,
  'close drawer': 1,
  'look in drawer': 2,
} as const;
export type Kind = keyof typeof weights;

const number = fc.noBias(fc.integer({ min: 0, max: 999 }));
const step: fc.Arbitrary<Step> = fc.record({
  client: fc.noBias(fc.nat({ max: 59 })),
  kind: fc.oneof(
    ...(Object.entries(weights) as [Kind, number][]).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind),
    })),
  ),
  which: number,
  what: number,
  how: number,
  lost: fc.oneof(
    { weight: 92, arbitrary: fc.constant('no' as const) },
    { weight: 4, arbitrary: fc.constant('for good' as const) },
    { weight: 4, arbitrary: fc.constant('again' as const) },
  ),
  pause: fc.noBias(fc.nat({ max: 4 })),
});

const long = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));

/** Two to six clients with ten to sixty requests between them. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  clients: fc.noBias(fc.integer({ min: 2, max: 6 })),
  tables: fc.noBias(fc.integer({ min: 1, max: 3 })),
  portions: fc.noBias(fc.integer({ min: 1, max: 9 })),
  // Mostly short ones: a contradiction seldom needs many requests, and many short evenings meet more of them.
  steps: fc
    .oneof({ weight: 3, arbitrary: long(10, 16) }, { weight: 1, arbitrary: long(17, 60) })
    .chain((length) => fc.array(step, { minLength: length, maxLength: length })),
});
