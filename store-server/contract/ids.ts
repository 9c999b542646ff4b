import { z } from 'zod';

/** A uuid in canonical lower-case form; upper case is accepted and lowered. */
export const Uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'has to be a uuid'));

const Alias = z.int().min(1).max(2_147_483_647);

/**
 * How clients name a thing: its uuid, or its integer alias as a number or as digits (older iPads know only integers).
 * Comes out as the uuid text or the alias number.
 */
export const Ref = z.union([
  Alias,
  z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'has to be an id')
    .transform(Number)
    .pipe(Alias),
  Uuid,
]);
export type Ref = z.output<typeof Ref>;
