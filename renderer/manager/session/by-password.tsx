import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { begin } from '#api/session.ts';
import type { WayIn } from '#contract/host.ts';
import { Trouble } from '#ui/states.tsx';
import { texts } from './session.texts.ts';

/** Says which of our clients asks, which is also how the server knows that this one can renew its sign-in. */
const client = 'manager';

interface ByPasswordProps {
  readonly email: string;
  /** Whom practice data can be tried as, where the desktop app says so. */
  readonly demoPeople: WayIn['demo_people'];
}

export function ByPassword({ email, demoPeople }: ByPasswordProps) {
  const submit = useRef<HTMLButtonElement>(null);
  const [login, setLogin] = useState(email);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [capsLock, setCapsLock] = useState(false);

  async function signIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      begin((await change(auth.signIn, { body: { email: login, password, client } })).data);
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
        autoFocus={email === ''}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <PasswordInput
        label={texts.password}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={email !== ''}
        value={password}
        description={capsLock ? texts.capsLock : undefined}
        onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {problem !== null && <Trouble problem={problem} />}
      <Button ref={submit} type="submit" size="md" loading={busy}>
        {texts.signIn}
      </Button>
      {demoPeople.length > 0 && (
        <div className="door-demo">
          <span>{texts.demoHere}</span>
          {demoPeople.map((person) => (
            <Button
              key={person.who}
              size="xs"
              variant="default"
              onClick={() => {
                setLogin(person.email);
                setPassword(person.password);
                submit.current?.focus();
              }}
            >
              {texts.demoAs[person.who] ?? person.who}
            </Button>
          ))}
        </div>
      )}
    </form>
  );
}
