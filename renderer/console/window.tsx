import { Suspense, useEffect } from 'react';
import { Link, Route, Routes } from 'react-router';
import { forgetActivities } from '#api/actions.ts';
import { queries } from '#api/queries.ts';
import { usePresence } from '#api/session.ts';
import { Guarded } from '#ui/guarded.tsx';
import { fetchScreens } from '#ui/late.ts';
import { Page } from '#ui/page.tsx';
import { Surroundings } from '#ui/surroundings.tsx';
import { texts } from './frame/frame.texts.ts';
import { Frame } from './frame/frame.tsx';
import { sections } from './frame/sections.ts';
import { SignIn } from './session/sign-in.tsx';

/** The whole console: who is there decides whether it shows the frame or the sign-in. */
export function Console() {
  return (
    <Surroundings path="/">
      <Inside />
    </Surroundings>
  );
}

function Inside() {
  const presence = usePresence();
  const person = presence.session?.person.id ?? null;
  useEffect(() => {
    if (person !== null) return;
    // What one person saw is not left for the next.
    queries.clear();
    forgetActivities();
  }, [person]);
  useEffect(() => (person === null ? undefined : fetchScreens()), [person]);
  if (presence.session === null) return <SignIn why={presence.why} />;
  return (
    <Frame key={person}>
      <Guarded>
        <Suspense fallback={null}>
          <Routes>
            {sections.flatMap(({ path, also = [], Body }) =>
              [path, ...also].map((address) => <Route key={address} path={address} element={<Body />} />),
            )}
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
