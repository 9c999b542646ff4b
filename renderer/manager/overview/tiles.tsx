import { useConnectionState } from '#api/connection.ts';
import { reports, type shifts } from '#api/operations/day.ts';
import { health } from '#api/operations/health.ts';
import { printers } from '#api/operations/printers.ts';
import { type Read, useRead } from '#api/queries.ts';
import { ageOf, pounds, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Shape } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { type DailySales, kitchenNow, type Order, openNow, weekBefore } from './overview.rules.ts';
import { texts } from './overview.texts.ts';

export type CurrentSession = NonNullable<NonNullable<(typeof shifts.current)['$types']>['answer']>;

interface TileProps<Data> {
  readonly title: string;
  readonly of: Read<Data>;
  readonly children: (data: Data) => { figure: React.ReactNode; unit?: string; below?: readonly string[] };
}

/** One figure with what makes it mean something. A tile that cannot be loaded says so itself; the others stay. */
function Tile<Data>({ title, of, children }: TileProps<Data>) {
  return (
    <section className="tile" aria-label={title}>
      <h2>{title}</h2>
      <Loaded of={of} waiting={<Waiting rows={2} height={24} />}>
        {(data) => {
          const { figure, unit, below = [] } = children(data);
          return (
            <>
              <p className="tile-figure">
                {figure} {unit !== undefined && <span className="tile-unit">{unit}</span>}
              </p>
              {below.map((line) => (
                <p key={line} className="tile-below">
                  {line}
                </p>
              ))}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

interface TilesProps {
  readonly sales: Read<DailySales>;
  readonly open: Read<Order[]>;
  readonly session: Read<CurrentSession | null>;
}

export function Tiles({ sales, open, session }: TilesProps) {
  const now = useServerNow();
  const clock = useClock();
  return (
    <div className="tiles">
      <SalesTile sales={sales} />
      <Tile title={texts.covers.title} of={sales}>
        {({ summary }) => ({
          figure: summary.covers,
          below: [
            ...(summary.total_orders === 0 ? [] : [texts.covers.average(pounds(summary.average_ticket))]),
            ...(open.data === undefined ? [] : [texts.covers.seated(openNow(open.data).covers)]),
          ],
        })}
      </Tile>
      <Tile title={texts.open.title} of={open}>
        {(orders) => {
          const { checks, due, oldest } = openNow(orders);
          const more = (open.meta?.['pagination'] as { has_next?: boolean } | undefined)?.has_next === true;
          return {
            figure: more ? texts.open.more(checks) : checks,
            below:
              oldest === null
                ? [texts.open.none]
                : [texts.open.due(pounds(due)), texts.open.oldest(ageOf(oldest, now))],
          };
        }}
      </Tile>
      <Tile title={texts.kitchen.title} of={open}>
        {(orders) => {
          const { making, ready, longest } = kitchenNow(orders);
          return {
            figure: making,
            unit: texts.kitchen.unit(making),
            below: [
              longest === null ? texts.kitchen.clear : texts.kitchen.longest(ageOf(longest, now)),
              ...(ready === 0 ? [] : [texts.kitchen.ready(ready)]),
            ],
          };
        }}
      </Tile>
      <Tile title={texts.cash.title} of={session}>
        {(current) => cashTile(current, clock, now)}
      </Tile>
      <BoxTile />
    </div>
  );
}

/** What should be in the drawer is not shown before it is counted, to nobody: else the count would no longer be blind. */
function cashTile(current: CurrentSession | null, clock: ReturnType<typeof useClock>, now: number) {
  if (current === null) return { figure: texts.cash.closed, below: [texts.cash.closedHint] };
  const { state, opening_float, counted_amount, start_at } = current;
  const counted = state === 'closing_control' ? counted_amount : null;
  return {
    figure: texts.cash.states[state],
    below: [
      counted === null ? '' : texts.cash.counted(pounds(counted)),
      opening_float === null ? '' : texts.cash.float(pounds(opening_float)),
      texts.cash.since(clock.day(start_at) === clock.day(now) ? clock.time(start_at) : clock.short(start_at)),
    ].filter((line) => line !== ''),
  };
}

function SalesTile({ sales }: { sales: Read<DailySales> }) {
  const today = sales.data?.report_info.date;
  const before = useRead(
    reports.dailySales,
    { query: { date: today === undefined ? undefined : weekBefore(today) } },
    { wanted: today !== undefined },
  );
  return (
    <Tile title={texts.sales.title} of={sales}>
      {({ summary }) => ({
        figure: pounds(summary.total_sales),
        below: [texts.sales.orders(summary.total_orders), ...comparedWith(before.data)],
      })}
    </Tile>
  );
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** "last Saturday", by the date that the report carries. */
export const lastWeekday = (date: string): string => texts.sales.last(weekday.format(new Date(`${date}T12:00:00Z`)));

function comparedWith(before: DailySales | undefined): string[] {
  if (before === undefined) return [];
  const day = lastWeekday(before.report_info.date);
  const { total_sales } = before.summary;
  return [total_sales === 0 ? texts.sales.noneBefore(day) : texts.sales.before(day, pounds(total_sales))];
}

/** The server and its printers: what would stop the evening. */
function BoxTile() {
  const state = useConnectionState();
  const { data: box } = useRead(health.read, {});
  const list = useRead(printers.list, {});
  const [level, words] =
    state === 'lost'
      ? (['bad', texts.box.lost] as const)
      : box?.read_only === true
        ? (['bad', texts.box.readOnly] as const)
        : state === 'connecting'
          ? (['neutral', texts.box.looking] as const)
          : (['ok', texts.box.fine] as const);
  return (
    <Tile title={texts.box.title} of={list}>
      {(all) => ({
        figure: (
          <span className="tile-state">
            <Shape level={level} /> {words}
          </span>
        ),
        below: [
          all.length === 0
            ? texts.box.noPrinters
            : texts.box.printers(all.filter(({ problem }) => problem === null).length, all.length),
        ],
      })}
    </Tile>
  );
}
