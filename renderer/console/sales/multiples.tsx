import { Button } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { ComparisonDto } from '#contract/platform.ts';
import { moneyOf } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { dayPlus, dayShort } from '../days.ts';
import { useKeys } from '../frame/keys.ts';
import { Grid } from '../grid.tsx';
import { Wide } from '../wide.tsx';
import { texts } from './sales.texts.ts';

type Comparison = z.output<typeof ComparisonDto>;
type One = Comparison['restaurants'][number];

/** +8 %, −3 %, of two sums. */
const percentOf = (now: number, before: number): string =>
  `${now < before ? '−' : '+'}${Math.abs(Math.round((100 * (now - before)) / before))} %`;

function growthIn({ growth }: One): string {
  if (growth === null || growth.before_minor <= 0) return texts.noGrowth;
  return texts.growth(percentOf(growth.sales_minor, growth.before_minor), growth.days);
}

/** A picture of each restaurant, all on one scale, or the same as a table. Apart for each currency. */
export function Multiples({ of }: { of: Comparison }) {
  const [asTable, setAsTable] = useState(false);
  useKeys({ t: () => setAsTable(!asTable) });
  const days: string[] = [];
  for (let day = of.from; day <= of.to; day = dayPlus(day, 1)) days.push(day);
  const currencies = Map.groupBy(of.restaurants, ({ currency }) => currency);
  const cards = [...currencies].map(([currency, own]) => {
    const total = of.growth.find((one) => one.currency === currency);
    return (
      <Card
        key={currency}
        title={texts.beside(currency ?? '')}
        aside={
          <Button size="compact-xs" variant="subtle" onClick={() => setAsTable(!asTable)}>
            {asTable ? texts.asPictures : texts.asTable}
          </Button>
        }
      >
        {total !== undefined && total.before_minor > 0 && (
          <p className="soft">{texts.grown(percentOf(total.sales_minor, total.before_minor), total.restaurants)}</p>
        )}
        {asTable ? <Twin of={own} days={days} /> : <Pictures of={own} days={days} />}
      </Card>
    );
  });
  return (
    <>
      {cards}
      {of.left_out > 0 && <p className="soft">{texts.leftOut(of.left_out)}</p>}
    </>
  );
}

interface ShownProps {
  readonly of: readonly One[];
  readonly days: readonly string[];
}

function Pictures({ of, days }: ShownProps) {
  const most = Math.max(1, ...of.flatMap((one) => one.days.map(({ sales_minor }) => sales_minor)));
  return (
    <ul className="multiples">
      {of.map((one) => {
        const sales = moneyOf(one.currency)(one.sales_minor);
        const missing = days.filter((day) => day >= one.first_day).length - one.days.length;
        const byDay = new Map(one.days.map((day) => [day.business_day, day.sales_minor]));
        return (
          <li key={one.id} className="multiple">
            <p className="multiple-head">
              <span>{one.name}</span> <span>{sales}</span>
            </p>
            <small>{growthIn(one)}</small>
            <div className="multiple-bars" role="img" aria-label={texts.picture(one.name, sales, growthIn(one))}>
              {days.map((day) => {
                const sold = byDay.get(day);
                return sold === undefined ? (
                  <span key={day} className={day < one.first_day ? 'before' : 'missing'} />
                ) : (
                  <span key={day} style={{ height: `${(100 * Math.max(0, sold)) / most}%` }} />
                );
              })}
            </div>
            {one.first_day > (days[0] ?? '') && <small>{texts.since(dayShort(one.first_day))}</small>}
            {missing > 0 && <small>{texts.nothingOf(missing)}</small>}
          </li>
        );
      })}
    </ul>
  );
}

const Twin = ({ of, days }: ShownProps) => (
  <Wide label={texts.beside(of[0]?.currency ?? '')}>
    <Grid
      caption={texts.beside(of[0]?.currency ?? '')}
      heads={[texts.day, ...of.map(({ name }) => ({ figures: name }))]}
    >
      <tbody>
        {days.map((day) => (
          <tr key={day}>
            <th scope="row">{dayShort(day)}</th>
            {of.map((one) => {
              const sold = one.days.find(({ business_day }) => business_day === day);
              return (
                <td key={one.id} className="num">
                  {sold === undefined ? (
                    <span className="soft">{day < one.first_day ? texts.before : texts.noDay}</span>
                  ) : (
                    moneyOf(one.currency)(sold.sales_minor)
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Grid>
  </Wide>
);
