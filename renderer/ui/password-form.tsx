import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { texts } from './password-form.texts.ts';
import { Trouble } from './states.tsx';

interface PasswordFormProps {
  /** What somebody is known by here. */
  readonly label: string;
  /** Who was here last; empty for nobody. */
  readonly last: string;
  /** Signs in; what it throws is shown beneath the fields, and what was typed stays. */
  readonly signIn: (login: string, password: string) => Promise<void>;
  /** What stands beneath, which may fill in the fields. */
  readonly beneath?: (fill: (login: string, password: string) => void) => ReactNode;
}

/** Signing in by name and password, in every window of ours alike. */
export function PasswordForm({ label, last, signIn, beneath }: PasswordFormProps) {
  const submit = useRef<HTMLButtonElement>(null);
  const [login, setLogin] = useState(last);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const [capsLock, setCapsLock] = useState(false);

  async function send(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(login, password);
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
        void send();
      }}
    >
      <TextInput
        label={label}
        name="email"
        autoComplete="username"
        spellCheck={false}
        required
        withAsterisk={false}
        autoFocus={last === ''}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
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
      <Button ref={submit} type="submit" size="md" loading={busy}>
        {texts.signIn}
      </Button>
      {beneath?.((known, secret) => {
        setLogin(known);
        setPassword(secret);
        submit.current?.focus();
      })}
    </form>
  );
}
