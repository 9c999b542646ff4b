import { useEffect } from 'react';
import { change } from '#api/client.ts';
import { useConnection } from '#api/connection.ts';
import { type Absence, begin, usePresence } from '#api/session.ts';
import { Mark } from '#ui/mark.tsx';
import { PasswordForm } from '#ui/password-form.tsx';
import { Shape } from '#ui/signs.tsx';
import { texts as frame } from '../frame/frame.texts.ts';
import { auth } from '../operations.ts';
import { texts } from './session.texts.ts';
import './session.css';

/** Who is there? Nothing of any restaurant is shown before. */
export function SignIn({ why }: { why: Absence }) {
  const { state } = useConnection();
  useEffect(() => {
    document.title = `${texts.title} · Fynlo`;
  }, []);
  const level = state === 'live' ? 'ok' : state === 'lost' ? 'bad' : 'neutral';
  return (
    <div className="door">
      <aside className="door-side">
        <Mark height={30} />
        <div className="door-words">
          <p className="door-place">{texts.console}</p>
          <p>{texts.about}</p>
        </div>
        <div className="door-words">
          <p className="door-state" role="status">
            <Shape level={level} /> <span>{frame.relay[state]}</span>
          </p>
          <p className="door-quiet">{texts.goesOn}</p>
        </div>
      </aside>
      <main className="door-main">
        <div className="door-card">
          <h1>{texts.title}</h1>
          {texts.why[why] !== '' && (
            <p className="door-why" role="status">
              {texts.why[why]}
            </p>
          )}
          <Form />
        </div>
      </main>
    </div>
  );
}

function Form() {
  const presence = usePresence();
  return (
    <PasswordForm
      label={texts.email}
      last={presence.session === null ? (presence.last?.email ?? '') : ''}
      signIn={async (email, password) => begin((await change(auth.signIn, { body: { email, password } })).data)}
    />
  );
}
