import type { z } from 'zod';

/** Who may hear of a fact on the sockets. `pos` is the floor and the tills. */
export type Audience = 'pos' | 'kitchen' | 'management';

/** One kind of thing that can happen: named, versioned, addressed and typed. */
export interface Fact<Body extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly version: number;
  /** The aggregate the fact is about, such as `order`. */
  readonly entity: string;
  readonly audience: readonly Audience[];
  readonly body: Body;
}

/** Declares a fact; bodies carry ids and integers (minor units, epoch ms), never personal names or secrets. */
export const defineFact = <Body extends z.ZodType>(fact: Fact<Body>): Fact<Body> => fact;
