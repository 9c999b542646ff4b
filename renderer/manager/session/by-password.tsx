import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { begin } from '#api/session.ts';
import { Trouble } from '#ui/states.tsx';
import { texts } from './session.texts.ts';

/** Says which of our clients asks, which is also how the server knows that this one can renew its sign-in. */
const client = 'manager';

export function ByPassword({ email }: { email: string }) {
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
      <Button type="submit" size="md" loading={busy}>
        {texts.signIn}
      </Button>
    </form>
  );
}
