import { Link } from 'react-router';
import type { z } from 'zod';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import type { CommissionWhyDto } from '#contract/platform.ts';
import { download } from '#ui/download.ts';
import { moneyOf, useClock } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { DayState } from '../day-state.tsx';
import { dayName, monthName } from '../days.ts';
import { Grid } from '../grid.tsx';
import { commission } from '../operations.ts';
import { Wide } from '../wide.tsx';
import { Actions } from './actions.tsx';
import { daysCsv } from './commission.csv.ts';
import { rateOf } from './commission.rules.ts';
import { texts } from './commission.texts.ts';
import { Formula } from './formula.tsx';
import { useMonth } from './months.tsx';

type Why = z.output<typeof CommissionWhyDto>;
const LOOK_MS = 5_000;
const { day, orders, sales, refunds, vat, base, rate, state } = texts.dayColumns;
const heads = [day, ...[orders, sales, refunds, vat, base, rate].map((figures) => ({ figures })), state];

/** Why one restaurant owes what it owes: its days, what each one's base is made of, and the rule that held; for paper too. */
export function Statement({ id }: { id: string }) {
  const { month, choose } = useMonth();
  const why = useRead(commission.why, { params: { id }, query: { month } }, { every: LOOK_MS });
  const found = why.data;
  const isEmpty = found === undefined || found.days.length === 0;
  const save = () => isEmpty || download(`fynlo-commission-${month}-${found.name}.csv`, daysCsv(found));
  const gone = why.error instanceof ApiProblem && why.error.code === 'NOT_FOUND';
  return (
    <Page
      title={found === undefined ? texts.title : texts.oneTitle(found.name, monthName(month))}
      lead={
        <Link className="off-paper" to={`/commission?month=${month}`}>
          {texts.back}
        </Link>
      }
      actions={<Actions month={month} choose={choose} isEmpty={isEmpty} save={save} />}
    >
      {gone ? (
        <p>{texts.gone}</p>
      ) : (
        <Loaded of={why} waiting={<Waiting rows={6} height={40} />}>
          {(all) =>
            all.days.length === 0 ? (
              <p className="soft">{texts.noDays}</p>
            ) : (
              <Reckoning of={all} at={why.at ?? serverNow()} />
            )
          }
        </Loaded>
      )}
    </Page>
  );
}

/** @param at epoch ms: when this was so */
function Reckoning({ of, at }: { of: Why; at: number }) {
  const clock = useClock();
  const money = moneyOf(of.currency);
  const sum = (pick: (day: Why['days'][number]) => number) => money(of.days.reduce((all, day) => all + pick(day), 0));
  return (
    <>
      <Card title={texts.columns.owed} aside={<Final final={of.final} />}>
        <p className="owed">{money(of.commission_minor)}</p>
        <Formula lines={of.lines} money={money} />
        <p className="soft">
          {of.final ? texts.finalMeans : texts.runningMeans} {texts.printed(clock.short(at))}
        </p>
      </Card>
      <Card title={texts.madeOf(of.days.length)}>
        <Wide label={texts.madeOf(of.days.length)}>
          <Grid caption={texts.madeOf(of.days.length)} heads={heads}>
            <tbody>
              {of.days.map((day) => (
                <tr key={day.business_day}>
                  <th scope="row">{dayName(day.business_day)}</th>
                  <td className="num">{day.orders}</td>
                  <td className="num">{money(day.sales_minor)}</td>
                  <td className="num">{money(day.refunds_minor)}</td>
                  <td className="num">{money(day.vat_minor)}</td>
                  <td className="num">{money(day.base_minor)}</td>
                  <td className="num">{ruleOn(of, day.business_day) ?? texts.noRuleHere}</td>
                  <td>
                    <DayState agrees={day.agrees} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{texts.together}</th>
                <td className="num">{of.days.reduce((all, { orders }) => all + orders, 0)}</td>
                <td className="num">{sum((day) => day.sales_minor)}</td>
                <td className="num">{sum((day) => day.refunds_minor)}</td>
                <td className="num">{sum((day) => day.vat_minor)}</td>
                <td className="num">{sum((day) => day.base_minor)}</td>
                <td />
                <td />
              </tr>
            </tfoot>
          </Grid>
        </Wide>
      </Card>
    </>
  );
}

const Final = ({ final }: { final: boolean }) =>
  final ? <Chip level="ok">{texts.final}</Chip> : <Chip level="info">{texts.running}</Chip>;

/** The rate that held on a day; null where no rule did, which is another thing than a rule of nought. */
function ruleOn({ lines }: Why, day: string): string | null {
  const held = lines.findLast(({ from_day }) => from_day !== null && from_day <= day);
  return held === undefined ? null : rateOf(held.bps);
}
