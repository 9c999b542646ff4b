import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, Route, Routes } from 'react-router';
import { forgetActivities } from '#api/actions.ts';
import { auth } from '#api/operations/auth.ts';
import { queries, useRead } from '#api/queries.ts';
import { usePresence } from '#api/session.ts';
import { Guarded } from '#ui/guarded.tsx';
import { fetchScreens } from '#ui/late.ts';
import { Page } from '#ui/page.tsx';
import { Surroundings } from '#ui/surroundings.tsx';
import { Frame } from './frame/frame.tsx';
import { Leaving, usePracticeWatch } from './frame/leaving.tsx';
import { texts } from './screens.texts.ts';
import { screens } from './screens.ts';
import { SignIn } from './session/sign-in.tsx';
import { useRest } from './setup/rest.ts';

const SetUp = lazy(() => import('./setup/set-up.tsx'));
const RestOfSetUp = lazy(() => import('./setup/rest-of-set-up.tsx'));

/** The whole window: who is there decides whether it shows the frame, the sign-in, or the first-run set-up. */
export function Window() {
  return (
    <Surroundings path="/manager">
      <Inside />
    </Surroundings>
  );
}

function Inside() {
  const presence = usePresence();
  const leaving = usePracticeWatch();
  const person = presence.session?.person.id ?? null;
  const rest = useRest();
  useEffect(() => {
    if (person !== null) return;
    // What one person saw is not left for the next.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== auth.setupState.operation });
    forgetActivities();
  }, [person]);
  useEffect(() => (person === null ? undefined : fetchScreens()), [person]);
  if (leaving) return <Leaving />;
  if (presence.session === null) return <Outside why={presence.why} />;
  if (rest?.owner === person) {
    return (
      <Suspense fallback={null}>
        <RestOfSetUp rest={rest} />
      </Suspense>
    );
  }
  return (
    <Frame key={person}>
      <Guarded>
        <Suspense fallback={null}>
          <Routes>
            {screens.map(({ id, path, Body }) => (
              <Route key={id} path={path} element={<Body />} />
            ))}
            <Route path="*" element={<Nowhere />} />
          </Routes>
        </Suspense>
      </Guarded>
    </Frame>
  );
}

function Nowhere() {
  return (
    <Page title={texts.nowhere}>
      <p>{texts.nowhereWhy}</p>
      <p>
        <Link to="/">{texts.home}</Link>
      </p>
    </Page>
  );
}

function Outside({ why }: { why: Parameters<typeof SignIn>[0]['why'] }) {
  const state = useRead(auth.setupState, {});
  // What came of it is read before anybody signs in.
  const [reading, setReading] = useState(false);
  if (state.data === undefined && state.error === null) return null;
  if (state.data?.needed === true || reading) {
    return (
      <Suspense fallback={null}>
        <SetUp stay={setReading} />
      </Suspense>
    );
  }
  return <SignIn why={why} store={state.data} />;
}
