import { expect, test } from 'vitest';
import { dice } from '../dice.ts';
import { say, seed, tier } from '../tier.ts';
import { type Plan, planOf, simpler } from './checks.ts';
import { live } from './life.ts';

/** Every figure of a check, from its lines to the last refund, in whole pennies: none appears, none disappears. */

const { runs, once } = tier({ ci: 10_000, long: 1_000_000 });

function wrong(plan: Plan): string | null {
  try {
    live(plan);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The simplest plan near this one that is still wrong. */
function simplest(plan: Plan): Plan {
  for (const next of simpler(plan)) if (wrong(next) !== null) return simplest(next);
  return plan;
}

test(`${runs} checks summed, split, paid, settled, booked and given back, and the difference is nought`, once, () => {
  let [refunds, refused, turnover] = [0, 0, 0];
  for (let n = 0; n < runs; n += 1) {
    const plan = planOf(dice(seed + n));
    try {
      const lived = live(plan);
      refunds += lived.refunds;
      refused += lived.refused;
      turnover += lived.turnover;
    } catch {
      const least = simplest(plan);
      expect.fail(`check ${n}, FYNLO_SEED=${seed}: ${wrong(least)}\n${JSON.stringify(least)}`);
    }
  }
  expect(refunds).toBeGreaterThan(runs);
  say('money, pure', { checks: runs, refunds, refused, turnover: `£${Math.round(turnover / 100)}` });
});

test('a penny that is moved is found: the proof is not blind', () => {
  const plan = planOf(dice(7));
  expect(wrong(plan)).toBeNull();
  // The same check against a menu in which one price went up by a penny after it was paid.
  const dearer = plan.lines.map((line, n) => (n === 0 ? { ...line, unit: line.unit + 0.5 } : line));
  expect(wrong({ ...plan, lines: dearer })).not.toBeNull();
});
