import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { z } from 'zod';
import { useRead } from '#api/queries.ts';
import type { AnalyticsDto } from '#contract/platform.ts';
import { Bars } from '#ui/chart.tsx';
import { download } from '#ui/download.ts';
import { moneyOf } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Empty, Loaded, Waiting } from '#ui/states.tsx';
import { csvOf, figureOf } from '../csv.ts';
import { dayName, dayPlus, dayShort, lastDayOf } from '../days.ts';
import { useKeys } from '../frame/keys.ts';
import { platform } from '../operations.ts';
import { useChosen } from '../switch/chosen.ts';
import { only } from '../switch/narrow.rules.ts';
import { Wide } from '../wide.tsx';
import { Multiples } from './multiples.tsx';
import { texts } from './sales.texts.ts';
import './sales.css';

type Analytics = z.output<typeof AnalyticsDto>;
const periods = { week: 7, weeks: 28, quarter: 91 } as const;
type Period = keyof typeof periods;
const names: readonly Period[] = ['week', 'weeks', 'quarter'];
const LOOK_MS = 5_000;
/** It reads every restaurant’s days of two spans, and says little new from one minute to the next. */
const COMPARE_MS = 60_000;
const { columns } = texts;

/** A line for each restaurant. */
const salesCsv = ({ from, to, restaurants }: Analytics): string =>
  csvOf([
    texts.csv.split('|'),
    ...restaurants.map(({ name, currency, sales_minor, orders, covers, refunds_minor, vat_minor, days }) => {
      const money = (minor: number) => figureOf(minor, currency);
      const sums = [money(sales_minor), orders, covers, money(refunds_minor), money(vat_minor), days];
      return [name, from, to, currency ?? '', ...sums];
    }),
  ]);

/** Sales across restaurants, by day and by restaurant; currencies are never added up. */
export default function Sales() {
  const [period, setPeriod] = useState<Period>('weeks');
  const [back, setBack] = useState(0);
  const now = useRead(platform.dashboard, {}, { every: LOOK_MS });
  const to = dayPlus(lastDayOf(now.data?.restaurants ?? []), -back * periods[period]);
  const query = { from: dayPlus(to, 1 - periods[period]), to };
  const analytics = useRead(platform.analytics, { query }, { every: LOOK_MS });
  const choice = useChosen();
  const beside = useRead(platform.comparison, { query }, { wanted: choice === null, every: COMPARE_MS });
  const own = useRead(
    platform.days,
    { params: { id: choice?.id ?? '' }, query },
    { wanted: choice !== null, every: LOOK_MS },
  );
  const narrow = (all: Analytics): Analytics | null => {
    if (choice === null) return all;
    return own.data === undefined ? null : { ...all, restaurants: only(all.restaurants, choice), days: own.data.days };
  };
  const shown = analytics.data === undefined ? null : narrow(analytics.data);
  const isEmpty = shown === null || shown.days.length === 0;
  const save = () => isEmpty || download(`fynlo-sales-${query.from}-${query.to}.csv`, salesCsv(shown));
  const earlier = () => setBack(back + 1);
  const later = () => setBack(Math.max(0, back - 1));
  useKeys({ '[': earlier, ']': later, e: save });
  return (
    <Page
      title={texts.title}
      lead={texts.lead(dayName(query.from), dayName(query.to))}
      actions={
        <>
          <ActionIcon variant="default" size={34} aria-label={texts.earlier} onClick={earlier}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon variant="default" size={34} aria-label={texts.later} disabled={back === 0} onClick={later}>
            <IconChevronRight size={16} />
          </ActionIcon>
          <SegmentedControl
            aria-label={texts.period}
            value={period}
            onChange={(next) => {
              setPeriod(next as Period);
              setBack(0);
            }}
            data={names.map((name) => ({ value: name, label: texts.periods[name] }))}
          />
          <Button variant="default" disabled={isEmpty} onClick={save}>
            {texts.export}
          </Button>
        </>
      }
    >
      <Loaded of={analytics} waiting={<Waiting rows={4} height={96} />}>
        {(all) => {
          const found = narrow(all);
          if (found === null) return <Waiting rows={4} height={96} />;
          return found.days.length === 0 ? (
            <Card title={texts.byRestaurant}>
              <Empty title={texts.none}>
                <p>{texts.noneHint}</p>
              </Empty>
            </Card>
          ) : (
            <>
              {choice === null && <Loaded of={beside}>{(some) => <Multiples of={some} />}</Loaded>}
              <Found found={found} name={choice?.name ?? texts.all} />
            </>
          );
        }}
      </Loaded>
      <Partial />
    </Page>
  );
}

function Found({ found, name }: { found: Analytics; name: string }) {
  const currencies = [...new Set(found.days.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const money = moneyOf(currency);
    const days = new Map(
      found.days.filter((day) => day.currency === currency).map((day) => [day.business_day, day.sales_minor]),
    );
    // A day without sales has its place all the same: the scale of days is one.
    const rows: { label: string; values: (number | null)[] }[] = [];
    for (let day = found.from; day <= found.to; day = dayPlus(day, 1))
      rows.push({ label: dayShort(day), values: [days.get(day) ?? null] });
    return (
      <div key={currency} className="stack">
        <Bars
          title={texts.byDay(name, currency ?? '')}
          of={texts.day}
          series={[{ name, color: '--data-1' }]}
          rows={rows}
          format={money}
          axis={(minor) => money(minor).replace(/[.,]0+$/, '')}
        />
        <ByRestaurant restaurants={found.restaurants.filter((one) => one.currency === currency)} money={money} />
      </div>
    );
  });
}

interface ByRestaurantProps {
  readonly restaurants: Analytics['restaurants'];
  readonly money: (minor: number) => string;
}

function ByRestaurant({ restaurants, money }: ByRestaurantProps) {
  const most = Math.max(1, ...restaurants.map(({ sales_minor }) => sales_minor));
  return (
    <Card title={texts.byRestaurant}>
      <Wide label={texts.byRestaurant}>
        <table className="grid">
          <caption className="unseen">{texts.byRestaurant}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col" className="scale">
                {columns.bar}
              </th>
              {[columns.sales, columns.orders, columns.covers, columns.refunds, columns.vat, columns.days].map(
                (name) => (
                  <th key={name} scope="col" className="num">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {restaurants.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td className="scale">
                  <span className="scale-bar" style={{ width: `${(100 * one.sales_minor) / most}%` }} />
                </td>
                <td className="num">{money(one.sales_minor)}</td>
                <td className="num">{one.orders}</td>
                <td className="num">{one.covers}</td>
                <td className="num">{money(one.refunds_minor)}</td>
                <td className="num">{money(one.vat_minor)}</td>
                <td className="num">{one.days}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

/** Whose figures are still on their way. */
function Partial() {
  const { data } = useRead(platform.dashboard, {}, { every: LOOK_MS });
  const behind = only(data?.restaurants ?? [], useChosen()).filter(
    ({ detail, freshness }) => detail.backlog > 0 || freshness === 'silent',
  );
  if (behind.length === 0) return null;
  return (
    <Card title={texts.partial}>
      <ul className="lines">
        {behind.map(({ id, name, detail, freshness }) => (
          <li key={id}>
            <span>{freshness === 'silent' ? texts.unheard(name) : texts.partialOf(name, detail.backlog)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
