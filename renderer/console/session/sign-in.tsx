import { change } from '#api/client.ts';
import { useConnectionState } from '#api/connection.ts';
import { type Absence, begin, usePresence } from '#api/session.ts';
import { Door, DoorState } from '#ui/door.tsx';
import { PasswordForm } from '#ui/password-form.tsx';
import { texts as frame } from '../frame/frame.texts.ts';
import { auth } from '../operations.ts';
import { texts } from './session.texts.ts';
import './session.css';

/** Who is there? Nothing of any restaurant is shown before. */
export function SignIn({ why }: { why: Absence }) {
  const state = useConnectionState();
  const level = state === 'live' ? 'ok' : state === 'lost' ? 'bad' : 'neutral';
  const side = (
    <>
      <div className="door-words">
        <p className="door-place">{texts.console}</p>
        <p>{texts.about}</p>
      </div>
      <div className="door-words">
        <DoorState level={level} words={frame.relay[state]} />
        <p className="door-quiet">{texts.goesOn}</p>
      </div>
    </>
  );
  return (
    <Door title={texts.title} why={texts.why[why]} side={side}>
      <Form />
    </Door>
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
