import { Button } from '@mantine/core';
import { IconDatabaseOff, IconServerOff } from '@tabler/icons-react';
import { useState } from 'react';
import { browser } from '#api/browser.ts';
import { tryNow, useConnection, useConnectionState } from '#api/connection.ts';
import { type Desktop, useDesktop } from '#api/desktop.ts';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import { useClock } from '#ui/format.ts';
import { texts } from './frame.texts.ts';

/** Between this window and the server: the outage that nobody may overlook. */
export function OutageBand() {
  const state = useConnectionState();
  const desktop = useDesktop();
  const clock = useClock();
  const { data, at, again } = useRead(health.read, {});
  if (state === 'lost') return <ServerAway desktop={desktop} />;
  if (data?.read_only !== true) return null;
  return (
    <Band
      Icon={IconDatabaseOff}
      title={texts.readOnly.title}
      means={texts.readOnly.means}
      soft={at === null ? '' : texts.readOnly.looked(clock.exact(at))}
      actions={
        <Button variant="default" onClick={again}>
          {texts.readOnly.again}
        </Button>
      }
    />
  );
}

/** In the desktop app a server that does not run is started from here; everywhere else it can only be asked again. */
function ServerAway({ desktop }: { desktop: Desktop | null }) {
  const { since } = useConnection();
  const clock = useClock();
  const [asked, setAsked] = useState<'asking' | number | null>(null);
  const words = texts.outage;
  const phase = desktop?.state?.phase;
  const stopped = phase === 'stopped' || phase === 'attention';

  async function again(): Promise<void> {
    setAsked('asking');
    if (!(await tryNow())) setAsked(serverNow());
  }
  const heard = since === 0 ? words.never : words.since(clock.exact(since));
  return (
    <Band
      Icon={IconServerOff}
      title={stopped ? words.stopped : browser.isServersOwn() ? words.here : words.there}
      means={stopped ? words.meansStopped : words.means}
      soft={stopped ? heard : `${heard} ${words.trying}`}
      told={typeof asked === 'number' ? words.stillAway(clock.exact(asked)) : ''}
      actions={
        <>
          {desktop !== null && stopped ? (
            <Button onClick={() => void desktop.startServer().catch(again)}>{words.start}</Button>
          ) : (
            <Button variant="default" loading={asked === 'asking'} onClick={() => void again()}>
              {words.again}
            </Button>
          )}
          {desktop !== null && (
            <button type="button" className="plain" onClick={() => void desktop.showLogs().catch(() => undefined)}>
              {words.logs}
            </button>
          )}
        </>
      }
    />
  );
}

interface BandProps {
  readonly Icon: typeof IconServerOff;
  readonly title: string;
  readonly means: string;
  readonly soft: string;
  /** What came of asking again. */
  readonly told?: string;
  readonly actions: React.ReactNode;
}

const Band = ({ Icon, title, means, soft, told = '', actions }: BandProps) => (
  <div className="band">
    <Icon className="band-icon" size={24} stroke={1.75} aria-hidden="true" />
    <div className="band-words">
      <div role="alert">
        <p className="band-title">{title}</p>
        <p>{means}</p>
      </div>
      <p className="soft">{soft}</p>
      <p role="status">{told}</p>
    </div>
    <div className="band-actions">{actions}</div>
  </div>
);
