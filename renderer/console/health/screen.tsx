import { Link } from 'react-router';
import { serverNow } from '#api/server-clock.ts';
import { useClock } from '#ui/format.ts';
import { Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { useDashboard } from '../dashboard.ts';
import { Grid } from '../grid.tsx';
import { agoOf, freshnessLevels, type Restaurant, ranked } from '../restaurants/restaurants.rules.ts';
import { useChosen } from '../switch/chosen.ts';
import { only } from '../switch/narrow.rules.ts';
import { Wide } from '../wide.tsx';
import { cellsOf } from './health.rules.ts';
import { texts } from './health.texts.ts';
import './health.css';

/** Stores by what can be wrong with them; every cell has a word, never a colour alone. */
export default function Health() {
  const choice = useChosen();
  const dashboard = useDashboard();
  return (
    <Page title={texts.title} lead={texts.lead}>
      <section className="card" aria-label={texts.title}>
        <Loaded of={dashboard} waiting={<Waiting rows={5} height={40} />}>
          {(all) =>
            all.restaurants.length === 0 ? (
              <p className="soft">{texts.none}</p>
            ) : (
              <Matrix of={only(ranked(all), choice)} />
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}

const Matrix = ({ of }: { of: readonly Restaurant[] }) => (
  <Wide label={texts.title}>
    <Grid caption={texts.title} heads={[texts.name, texts.server, ...Object.values(texts.columns)]} className="matrix">
      <tbody>
        {of.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </tbody>
    </Grid>
  </Wide>
);

function Line({ one }: { one: Restaurant }) {
  const clock = useClock();
  const { live, freshness, version } = one;
  return (
    <tr>
      <th scope="row">
        <Link className="row-name" to={`/restaurants/${one.id}`}>
          {one.name}
        </Link>
        <small>{texts.version(version)}</small>
      </th>
      <td>
        {live !== null && <strong className="beat">{agoOf(live.age_ms)}</strong>}
        <Chip level={freshnessLevels[freshness]}>{texts.heard[freshness]}</Chip>
      </td>
      {cellsOf(one, serverNow(), clock.short).map(({ name, level, word, small }) => (
        <td key={name}>
          <Chip level={level}>{word}</Chip>
          {small.map((line) => (
            <small key={line}>{line}</small>
          ))}
        </td>
      ))}
    </tr>
  );
}
