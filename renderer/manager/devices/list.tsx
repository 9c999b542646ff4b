import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { devices } from '#api/operations/auth.ts';
import type { ListedDevice } from '#contract/devices.ts';
import { useClock } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { Empty, Trouble } from '#ui/states.tsx';
import { useMay } from '../frame/may.ts';
import { say } from '../frame/say.tsx';
import { nameOf } from './device-name.ts';
import { texts } from './devices.texts.ts';
import { SendAway } from './send-away.tsx';

const words = texts.list;

/** The devices that may be used, and, folded away, those that were sent away. */
export function DeviceList({ all }: { all: readonly ListedDevice[] }) {
  const [leaving, setLeaving] = useState<ListedDevice | null>(null);
  const clock = useClock();
  const here = all.filter(({ revoked_at }) => revoked_at === null);
  const gone = all
    .filter(({ revoked_at }) => revoked_at !== null)
    .toSorted((a, b) => (b.revoked_at ?? '').localeCompare(a.revoked_at ?? ''));
  return (
    <>
      {here.length === 0 ? (
        <Empty title={words.empty}>
          <p className="soft">{words.emptyWhy}</p>
        </Empty>
      ) : (
        <ul className="devices">
          {here.map((device) => (
            <Device key={device.id} device={device} sendAway={() => setLeaving(device)} />
          ))}
        </ul>
      )}
      {here.some(({ kind }) => kind === 'registered') && <p className="soft">{words.connectedMeans}</p>}
      {here.some(({ kind }) => kind === 'legacy') && <p className="soft">{words.olderMeans}</p>}
      {gone.length > 0 && (
        <details className="devices-gone">
          <summary>{words.gone(gone.length)}</summary>
          <ul className="lines">
            {gone.map((device) => (
              <li key={device.id}>
                <span>{nameOf(device)}</span>
                <span className="soft">{words.goneAt(clock.short(device.revoked_at ?? ''))}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {leaving !== null && <SendAway device={leaving} close={() => setLeaving(null)} />}
    </>
  );
}

function Device({ device, sendAway }: { device: ListedDevice; sendAway: () => void }) {
  const clock = useClock();
  const lost = useIsLost();
  const mayUnlock = useMay()('staff.unlock');
  const act = useAct();
  const name = nameOf(device);
  const { id, kind, registered_at, last_seen_at, connected, pin_locked_until: locked } = device;
  const since = clock.short(registered_at);

  async function unlock(): Promise<void> {
    const title = texts.unlock.done(name);
    const run = (key: string) => change(devices.unlock, { params: { id } }, { key });
    if (await act.run({ title, run })) say(title, true, false);
  }
  return (
    <li>
      <div className="device-head">
        <h3>{name}</h3>
        {connected === true && <Chip level="ok">{words.connected}</Chip>}
        {connected === false && <Chip level="neutral">{words.away}</Chip>}
        {device.is_this_one && <Chip level="info">{words.own}</Chip>}
        {locked !== null && <Chip level="warn">{words.locked}</Chip>}
      </div>
      <p className="soft">
        {kind === 'legacy' ? words.olderSince(since) : words.since(since)}
        {connected === false && last_seen_at !== null && ` · ${words.seen(clock.short(last_seen_at))}`}
      </p>
      {locked !== null && <p>{words.lockedUntil(clock.time(locked))}</p>}
      {act.problem !== null && <Trouble problem={act.problem} />}
      {locked !== null && mayUnlock && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            loading={act.busy}
            disabled={lost}
            aria-label={texts.unlock.label(name)}
            onClick={() => void unlock()}
          >
            {texts.unlock.button}
          </Button>
        </div>
      )}
      <div className="device-does">
        <Button
          size="compact-sm"
          variant="default"
          disabled={lost}
          aria-label={texts.away.label(name)}
          onClick={sendAway}
        >
          {texts.away.button}
        </Button>
      </div>
    </li>
  );
}
