import { reports } from '#api/operations/day.ts';
import { type Read, useRead } from '#api/queries.ts';
import { Bars } from '#ui/chart.tsx';
import { pounds, wholePounds } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Empty, Loaded, Waiting } from '#ui/states.tsx';
import { type DailySales, hoursOf, weekBefore } from './overview.rules.ts';
import { texts } from './overview.texts.ts';
import { lastWeekday } from './tiles.tsx';

const words = texts.hours;

/** The day's shape beside that of the same weekday a week ago. */
export function Hours({ sales }: { sales: Read<DailySales> }) {
  const today = sales.data?.report_info.date;
  const date = today === undefined ? undefined : weekBefore(today);
  const before = useRead(reports.dailySales, { query: { date } }, { wanted: date !== undefined });
  const compared = (before.data?.summary.total_orders ?? 0) > 0 ? before.data : undefined;
  const rows = sales.data === undefined ? [] : hoursOf(sales.data, compared);
  if (sales.data === undefined || rows.length === 0) {
    return (
      <Card title={words.title}>
        <Loaded of={sales} waiting={<Waiting rows={6} height={28} />}>
          {() => <Empty title={words.empty}>{words.emptyHint}</Empty>}
        </Loaded>
      </Card>
    );
  }
  const series = [
    { name: words.today, color: '--data-1' },
    ...(compared === undefined ? [] : [{ name: lastWeekday(date ?? ''), color: '--data-1', quiet: true }]),
  ];
  return <Bars title={words.title} of={words.hour} series={series} rows={rows} format={pounds} axis={wholePounds} />;
}
