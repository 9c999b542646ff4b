import { auth } from '#api/operations/auth.ts';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import type { BackupDto, PlaceDto } from '#contract/backups.ts';
import { useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { texts } from './backups.texts.ts';

const words = texts.sheet;
const MINUTE_MS = 60_000;

interface RecoverySheetProps {
  readonly places: readonly PlaceDto[];
  readonly newest: BackupDto | undefined;
}

/** One page of paper for the day on which this computer is gone. No secret is on it, and nothing of it on the screen. */
export function RecoverySheet({ places, newest }: RecoverySheetProps) {
  const clock = useClock();
  const now = useServerNow(MINUTE_MS);
  const store = useRead(auth.setupState, {});
  const server = useRead(health.read, {});
  return (
    <section className="on-paper recovery" aria-label={words.title}>
      <p>{words.for}</p>
      <h2>{words.title}</h2>
      <p>
        <strong>{store.data?.restaurant_name}</strong> · {clock.dated(now)} ·{' '}
        {words.about(server.data?.version ?? '', location.origin)}
      </p>
      <h3>{words.places}</h3>
      <ul>
        {places.map(({ place, folder }) => (
          <li key={place}>
            {folder}
            {place === 'own' && ` (${words.lost})`}
          </li>
        ))}
      </ul>
      {places.every(({ place }) => place === 'own') && <p>{words.noneElsewhere}</p>}
      <p>{newest === undefined ? texts.last.none : words.newest(clock.dated(newest.made_at))}</p>
      <h3>{words.need}</h3>
      <ul>
        {Object.values(words.things).map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
      <h3>{words.steps}</h3>
      <ol>
        {Object.values(words.doing).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
