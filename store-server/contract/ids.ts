import { z } from 'zod';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A uuid in canonical lower-case form; upper case is accepted and lowered. */
export const Uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.string().regex(form, 'has to be a uuid'));

/** Whichever of its forms a client came closest to, it hears of both. */
const error = 'has to be a uuid or a whole number';
const words = { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : error) };

const Alias = z.int(words).min(1, error).max(2_147_483_647, error);

/**
 * How clients name a thing: its uuid, or its integer alias as a number or as digits (older iPads know only integers).
 * Comes out as the uuid text or the alias number.
 */
export const Ref = z.union([
  Alias,
  z
    .string(words)
    .regex(/^[1-9]\d{0,9}$/, error)
    .transform(Number)
    .pipe(Alias),
  z
    .string(words)
    .transform((text) => text.toLowerCase())
    .pipe(z.string().regex(form, error)),
]);
export type Ref = z.output<typeof Ref>;
