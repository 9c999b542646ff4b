import { Link } from 'react-router';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Page } from '#ui/page.tsx';
import { Chip, type Level } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { platform } from '../operations.ts';
import {
  freshnessLevels,
  isOld,
  progressLevels,
  progressOf,
  type Restaurant,
  ranked,
} from '../restaurants/restaurants.rules.ts';
import { agoOf, progressText } from '../restaurants/table.tsx';
import { useChosen } from '../switch/chosen.ts';
import { only } from '../switch/narrow.rules.ts';
import { texts } from './health.texts.ts';

const LOOK_MS = 1_000;
const { columns } = texts;
/** Beyond this the relay too says that somebody should look. */
const FAR_BEHIND = 1_000;

/** Stores by what can be wrong with them; every cell has a word, never a colour alone. */
export default function Health() {
  const choice = useChosen();
  const dashboard = useRead(platform.dashboard, {}, { every: LOOK_MS });
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
  <div className="sheet-card">
    <table className="grid">
      <caption className="unseen">{texts.title}</caption>
      <thead>
        <tr>
          {Object.values(columns).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </tbody>
    </table>
  </div>
);

const number = (value: number): string => value.toLocaleString('en-GB');

function Line({ one }: { one: Restaurant }) {
  const clock = useClock();
  const { live, freshness, detail } = one;
  const heard = texts.heard[freshness];
  const progress = progressOf(one);
  const behind: Level =
    progress === 'behind' && detail.backlog > FAR_BEHIND ? 'warn' : isOld(one) ? 'neutral' : progressLevels[progress];
  const waiting = live?.printers_waiting ?? 0;
  return (
    <tr>
      <th scope="row">
        <Link className="row-name" to={`/restaurants/${one.id}`}>
          {one.name}
        </Link>
      </th>
      <td>
        <Chip level={freshnessLevels[freshness]}>
          {typeof heard === 'string' ? heard : heard(agoOf(live?.age_ms ?? 0))}
        </Chip>
      </td>
      <td>
        <Chip level={behind}>{progressText(one)}</Chip>
        {detail.complete_to !== null && <small>{texts.completeTo(clock.short(detail.complete_to))}</small>}
      </td>
      <td>
        {live === null || isOld(one) ? (
          <Chip level="neutral">{texts.printers.unknown}</Chip>
        ) : waiting === 0 ? (
          <Chip level="ok">{texts.printers.clear}</Chip>
        ) : (
          <Chip level="warn">{texts.printers.waiting(waiting)}</Chip>
        )}
      </td>
      <td>
        {progress === 'nothing' ? (
          <Chip level="neutral">{texts.days.none}</Chip>
        ) : detail.days_in_doubt === 0 ? (
          <Chip level="ok">{texts.days.fine}</Chip>
        ) : (
          <Chip level="bad">{texts.days.differ(detail.days_in_doubt)}</Chip>
        )}
      </td>
      <td>
        {progress === 'nothing' ? (
          <Chip level="neutral">{texts.facts.none}</Chip>
        ) : detail.unread_facts === 0 ? (
          <Chip level="ok">{texts.facts.all}</Chip>
        ) : (
          <Chip level="info">{texts.facts.unread(number(detail.unread_facts))}</Chip>
        )}
        {detail.orphaned_entries > 0 && <small>{texts.facts.left(number(detail.orphaned_entries))}</small>}
      </td>
      <td>{one.version}</td>
    </tr>
  );
}
