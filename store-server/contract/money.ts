import { z } from 'zod';

/** The most that one figure may be, in pounds and in minor units: ten million pounds. */
const MOST_POUNDS = 10_000_000;

const twoPlaces = (pounds: number): boolean => Math.abs(pounds * 100 - Math.round(pounds * 100)) <= 1e-6;

/** An amount on the public wire: a JSON number in pounds with at most two places, from zero. */
export const Pounds = z.number().min(0).max(MOST_POUNDS).refine(twoPlaces, 'has more than two decimal places');

/** The same where something may be taken off, such as the price of a choice. */
export const SignedPounds = z
  .number()
  .min(-MOST_POUNDS)
  .max(MOST_POUNDS)
  .refine(twoPlaces, 'has more than two decimal places');

/** Whole minor units (pence) from zero, as commands and facts carry money. */
export const MinorUnits = z
  .int()
  .min(0)
  .max(MOST_POUNDS * 100);

export const SignedMinorUnits = z
  .int()
  .min(-MOST_POUNDS * 100)
  .max(MOST_POUNDS * 100);
