import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { change } from '#api/client.ts';
import { useConnection } from '#api/connection.ts';
import { type Absence, begin, usePresence } from '#api/session.ts';
import { Mark } from '#ui/mark.tsx';
import { Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
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
  const last = presence.session === null ? (presence.last?.email ?? '') : '';
  const [email, setEmail] = useState(last);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [capsLock, setCapsLock] = useState(false);

  async function signIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      begin((await change(auth.signIn, { body: { email, password } })).data);
    } catch (error) {
      setProblem(error as Error);
      setBusy(false);
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <TextInput
        label={texts.email}
        name="email"
        autoComplete="username"
        spellCheck={false}
        required
        withAsterisk={false}
        autoFocus={last === ''}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={texts.password}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={last !== ''}
        value={password}
        description={capsLock ? texts.capsLock : undefined}
        onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {problem !== null && <Trouble problem={problem} />}
      <Button type="submit" size="md" loading={busy}>
        {texts.signIn}
      </Button>
    </form>
  );
}
