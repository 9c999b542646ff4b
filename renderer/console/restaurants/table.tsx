import { useRef } from 'react';
import { Link } from 'react-router';
import { serverNow } from '#api/server-clock.ts';
import { moneyOf, useClock } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { useKeys } from '../frame/keys.ts';
import { Grid } from '../grid.tsx';
import { Wide } from '../wide.tsx';
import { agoOf, freshnessLevels, isOld, progressText, type Restaurant } from './restaurants.rules.ts';
import { texts } from './restaurants.texts.ts';

const columns = texts.columns;

/** Every restaurant in a line. J and K go from line to line, Enter opens. */
export function RestaurantTable({ restaurants }: { restaurants: readonly Restaurant[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const step = (by: number) => () => {
    const links: Element[] = [...(body.current?.querySelectorAll('a') ?? [])];
    const at = document.activeElement === null ? -1 : links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))];
    if (next instanceof HTMLElement) next.focus();
  };
  useKeys({ j: step(1), k: step(-1) });
  return (
    <Wide label={texts.all}>
      <Grid
        caption={texts.all}
        heads={[
          columns.name,
          columns.state,
          { figures: columns.sales },
          { figures: columns.orders },
          { figures: columns.open },
          columns.detail,
          columns.asOf,
        ]}
      >
        <tbody ref={body}>
          {restaurants.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </tbody>
      </Grid>
    </Wide>
  );
}

function Line({ one }: { one: Restaurant }) {
  const clock = useClock();
  const { live, freshness, detail } = one;
  const heardAt = live === null ? null : serverNow() - live.age_ms;
  const old = isOld(one);
  return (
    <tr data-old={old || undefined}>
      <th scope="row">
        <Link className="row-name" to={`/restaurants/${one.id}`}>
          {one.name}
        </Link>
      </th>
      <td>
        <Chip level={freshnessLevels[freshness]}>{texts.states[freshness]}</Chip>
      </td>
      <td className="num">
        {live === null ? (
          <span className="soft">{texts.unknown}</span>
        ) : (
          <>
            {moneyOf(live.currency)(live.sales_minor)}
            {old && heardAt !== null && <small>{texts.asOf(clock.time(heardAt))}</small>}
          </>
        )}
      </td>
      <td className="num">{live === null ? '–' : live.orders_settled}</td>
      <td className="num">{live === null ? '–' : live.orders_open}</td>
      <td>
        {progressText(one)}
        {old && detail.complete_to !== null && <small>{texts.whenHeard}</small>}
      </td>
      <td>
        {live === null || heardAt === null
          ? '–'
          : live.age_ms < 60_000
            ? agoOf(live.age_ms)
            : `${agoOf(live.age_ms)}, ${clock.short(heardAt)}`}
      </td>
    </tr>
  );
}
