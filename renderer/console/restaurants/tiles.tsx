import { moneyOf } from '#ui/format.ts';
import { type Dashboard, isOld } from './restaurants.rules.ts';
import { texts } from './restaurants.texts.ts';

const words = texts.tiles;

interface TileProps {
  readonly title: string;
  readonly figure: string | number;
  readonly unit?: string;
  readonly below: readonly string[];
}

const Tile = ({ title, figure, unit, below }: TileProps) => (
  <section className="tile" aria-label={title}>
    <h2>{title}</h2>
    <p className="tile-figure">
      {figure} {unit !== undefined && <span className="tile-unit">{unit}</span>}
    </p>
    {below.map((line) => (
      <p key={line} className="tile-below">
        {line}
      </p>
    ))}
  </section>
);

/** Today over all restaurants, apart for each currency. What comes from an old word is said to be so. */
export function Tiles({ all }: { all: Dashboard }) {
  const counted = all.restaurants.filter(({ freshness }) => freshness !== 'revoked');
  const heard = counted.filter(({ freshness }) => freshness === 'live' || freshness === 'quiet').length;
  return (
    <div className="tiles">
      {all.totals.map(({ currency, live, detail }) => {
        const money = moneyOf(currency);
        const silent = counted.filter((one) => isOld(one) && one.live?.currency === currency).length;
        return (
          <div key={currency} className="tiles-of">
            <Tile
              title={words.sales}
              figure={money(live.sales_minor)}
              below={[words.salesBelow(money(detail.sales_minor)), ...(silent === 0 ? [] : [words.lastWord(silent)])]}
            />
            <Tile title={words.orders} figure={live.orders_settled} below={[words.ordersBelow(detail.orders)]} />
            <Tile title={words.open} figure={live.orders_open} below={[words.openBelow(money(live.open_minor))]} />
          </div>
        );
      })}
      <Tile title={words.heard} figure={heard} unit={words.heardOf(counted.length)} below={[words.heardBelow]} />
    </div>
  );
}
