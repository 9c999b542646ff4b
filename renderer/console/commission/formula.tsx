import type { z } from 'zod';
import type { CommissionStatementDto } from '#contract/platform.ts';
import { dayName } from '../days.ts';
import { rateOf } from './commission.rules.ts';
import { texts } from './commission.texts.ts';

interface FormulaProps {
  readonly lines: z.output<typeof CommissionStatementDto>['lines'];
  readonly money: (minor: number) => string;
}

/** What is multiplied by what, in a line for each rule that held in the month. */
export const Formula = ({ lines, money }: FormulaProps) =>
  lines.map(({ from_day, bps, days, base_minor, commission_minor }) => (
    <p key={from_day} className="formula">
      {from_day === null ? (
        <span className="soft">{texts.noRule(money(base_minor), days)}</span>
      ) : (
        <>
          {texts.formula(money(base_minor), rateOf(bps), money(commission_minor))}{' '}
          <span className="soft">{texts.since(dayName(from_day), days)}</span>
        </>
      )}
    </p>
  ));
