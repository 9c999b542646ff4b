import { Button, PasswordInput, UnstyledButton } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { change, look } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { ApiProblem } from '#api/problem.ts';
import { begin, forgetDevice } from '#api/session.ts';
import { Trouble, Waiting } from '#ui/states.tsx';
import { texts } from './session.texts.ts';

const isSentAway = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'DEVICE_NOT_REGISTERED';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Only a registered device is shown who works here. */
export function ByPin({ last }: { last: string | null }) {
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [who, setWho] = useState(last);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is how "try again" asks once more
  useEffect(() => {
    const gone = new AbortController();
    setProblem(null);
    look(auth.choices, {}, { signal: gone.signal }).then(
      ({ data }) => setChoices(data),
      (error: Error) => {
        if (gone.signal.aborted) return;
        if (isSentAway(error)) forgetDevice();
        else setProblem(error);
      },
    );
    return () => gone.abort();
  }, [round]);
  if (problem !== null) return <Trouble problem={problem} again={() => setRound(round + 1)} />;
  if (choices === null) return <Waiting rows={4} height={40} />;
  if (choices.length === 0) return <p>{texts.nobody}</p>;
  const person = choices.find(({ id }) => id === who);
  if (person !== undefined) return <Pin of={person} back={() => setWho(null)} />;
  return (
    <div className="stack">
      <h2 id="who">{texts.who}</h2>
      <ul className="people" aria-labelledby="who">
        {choices.map(({ id, name }) => (
          <li key={id}>
            <UnstyledButton className="person" onClick={() => setWho(id)}>
              {name}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const MOST_DIGITS = 8;

function Pin({ of, back }: { of: Choice; back: () => void }) {
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const add = (digit: string): void => setPin((before) => `${before}${digit}`.slice(0, MOST_DIGITS));

  async function signIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      begin((await change(auth.signInByPin, { body: { user_id: of.id, pin } })).data);
    } catch (error) {
      if (isSentAway(error)) return forgetDevice();
      setProblem(error as Error);
      setPin('');
      setBusy(false);
      field.current?.focus();
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
      <PasswordInput
        ref={field}
        label={texts.pinFor(of.name)}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, MOST_DIGITS))}
      />
      {problem !== null && <Trouble problem={problem} />}
      <div className="pad">
        {digits.map((digit) => (
          <Button key={digit} variant="default" size="lg" onClick={() => add(digit)}>
            {digit}
          </Button>
        ))}
        <Button variant="subtle" size="lg" onClick={() => setPin('')}>
          {texts.clear}
        </Button>
        <Button variant="default" size="lg" onClick={() => add('0')}>
          0
        </Button>
        <Button variant="subtle" size="lg" aria-label={texts.deleteDigit} onClick={() => setPin(pin.slice(0, -1))}>
          <IconBackspace size={22} stroke={1.75} />
        </Button>
      </div>
      <Button type="submit" size="md" loading={busy} disabled={pin.length < 4}>
        {texts.signIn}
      </Button>
      <Button variant="subtle" onClick={back}>
        {texts.back}
      </Button>
    </form>
  );
}
