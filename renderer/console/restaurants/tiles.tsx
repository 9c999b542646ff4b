import { moneyOf } from '#ui/format.ts';
import type { Dashboard } from './restaurants.rules.ts';
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
  // Quiet is a word of up to ten minutes ago, and not of now.
  const heard = counted.filter(({ freshness }) => freshness === 'live').length;
  return (
    <div className="tiles">
      {all.totals.map(({ currency, live, detail }) => {
        const money = moneyOf(currency);
        const notNow = counted.filter((one) => one.freshness !== 'live' && one.live?.currency === currency).length;
        // The detail of what was just settled may be here before the store's next word of itself.
        const salesBelow =
          live.sales_minor === 0 && detail.sales_minor === 0
            ? words.none
            : words.salesBelow(detail.sales_minor < live.sales_minor ? money(detail.sales_minor) : null);
        const ordersBelow =
          live.orders_settled === 0 && detail.orders === 0
            ? words.none
            : words.ordersBelow(detail.orders < live.orders_settled ? detail.orders : null);
        return (
          <div key={currency} className="tiles-of">
            <Tile
              title={words.sales}
              figure={money(live.sales_minor)}
              below={[salesBelow, ...(notNow === 0 ? [] : [words.lastWord(notNow)])]}
            />
            <Tile title={words.orders} figure={live.orders_settled} below={[ordersBelow]} />
            <Tile title={words.open} figure={live.orders_open} below={[words.openBelow(money(live.open_minor))]} />
          </div>
        );
      })}
      <Tile title={words.heard} figure={heard} unit={words.heardOf(counted.length)} below={[words.heardBelow]} />
    </div>
  );
}
