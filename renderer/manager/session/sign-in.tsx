import { SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { kept } from '#api/browser.ts';
import { useConnectionState } from '#api/connection.ts';
import { practicePeople } from '#api/practice.ts';
import { serverNow } from '#api/server-clock.ts';
import { type Absence, useDeviceToken, usePresence, useSentAway } from '#api/session.ts';
import { useWayIn } from '#api/way-in.ts';
import { isPractice, type SetupStateDto } from '#contract/staff.ts';
import { Door, DoorState } from '#ui/door.tsx';
import { clockOf } from '#ui/format.ts';
import { ByPassword } from './by-password.tsx';
import { ByPin } from './by-pin.tsx';
import { useCodeFromAddress } from './code-from-address.ts';
import { RegisterWithCode } from './register-with-code.tsx';
import { texts } from './session.texts.ts';
import './session.css';

type Way = 'password' | 'pin';
const keptWay = kept<Way>(() => localStorage, 'fynlo.sign-in');

interface SignInProps {
  readonly why: Absence;
  readonly store: z.output<typeof SetupStateDto> | undefined;
}

/** Who is there? The restaurant goes on meanwhile, and the screen says whether it does. */
export function SignIn({ why, store }: SignInProps) {
  const registered = useDeviceToken() !== null;
  const [way, setWay] = useState<Way>(keptWay.read() ?? (registered ? 'pin' : 'password'));
  const presence = usePresence();
  const sentAway = useSentAway();
  const code = useCodeFromAddress();
  useEffect(() => {
    if (code !== null) setWay('pin');
  }, [code]);
  const wayIn = useWayIn();
  const known = isPractice(store?.practice) ? practicePeople() : [];
  const demoPeople = wayIn?.demo_people ?? known;
  const last = presence.session === null ? presence.last : null;
  const side = (
    <>
      <div>
        <p className="door-place">{store?.restaurant_name ?? ''}</p>
        {store !== undefined && <Clock zone={store.time_zone} />}
      </div>
      <div className="door-server">
        <ServerState />
        <p>{texts.serverGoesOn}</p>
        {store?.kind === 'demo' && demoPeople.length === 0 && <p>{texts.demoHint}</p>}
      </div>
    </>
  );
  return (
    <Door title={texts.title} why={sentAway ? texts.sentAway : texts.why[why]} side={side}>
      <SegmentedControl
        fullWidth
        aria-label={texts.how}
        value={way}
        onChange={(next) => {
          setWay(next as Way);
          keptWay.write(next as Way);
        }}
        data={[
          { value: 'password', label: texts.byPassword },
          { value: 'pin', label: texts.byPin },
        ]}
      />
      {way === 'password' && <ByPassword email={last?.email ?? ''} demoPeople={demoPeople} />}
      {way === 'pin' && (registered ? <ByPin last={last?.id ?? null} /> : <RegisterWithCode key={code} given={code} />)}
    </Door>
  );
}

/** On the restaurant's own clock, wherever the window is. */
function Clock({ zone }: { zone: string }) {
  const clock = clockOf(zone);
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <p className="door-time">{clock.time(now)}</p>
      <p className="door-day">{clock.day(now)}</p>
    </>
  );
}

function ServerState() {
  const state = useConnectionState();
  const [words, level] =
    state === 'live'
      ? ([texts.serverThere, 'ok'] as const)
      : state === 'lost'
        ? ([texts.serverGone, 'bad'] as const)
        : ([texts.serverAsked, 'neutral'] as const);
  return <DoorState level={level} words={words} />;
}
