import { browser } from '#api/browser.ts';
import { useConnection } from '#api/connection.ts';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Shape } from '#ui/signs.tsx';
import { texts } from './frame.texts.ts';

/** Between this window and the server: the outage that nobody may overlook. */
export function OutageBand() {
  const { state, since } = useConnection();
  const clock = useClock();
  const { data } = useRead(health.read, {});
  const words = texts.outage;
  if (state === 'lost') {
    return (
      <div className="band" role="alert">
        <Shape level="bad" />
        <div>
          <p className="band-title">{browser.isServersOwn() ? words.here : words.there}</p>
          <p>{words.means}</p>
          <p className="soft">
            {since === 0 ? words.never : words.since(clock.exact(since))} {words.trying}
          </p>
        </div>
      </div>
    );
  }
  if (data?.read_only !== true) return null;
  return (
    <div className="band" role="alert">
      <Shape level="bad" />
      <div>
        <p className="band-title">{texts.readOnly.title}</p>
        <p>{texts.readOnly.means}</p>
      </div>
    </div>
  );
}
