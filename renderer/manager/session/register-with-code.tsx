import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { change } from '#api/client.ts';
import { devices } from '#api/operations/auth.ts';
import { ApiProblem } from '#api/problem.ts';
import { setDeviceToken } from '#api/session.ts';
import { Trouble } from '#ui/states.tsx';
import { forgetCode } from './code-from-address.ts';
import { texts } from './session.texts.ts';

const words = texts.register;

/**
 * Before anybody can use a PIN here, the device shows a code that a manager made.
 * @param given the code of a link that was scanned: only the name is left to say
 */
export function RegisterWithCode({ given }: { given: string | null }) {
  const [code, setCode] = useState(given ?? '');
  const [name, setName] = useState(given === null ? words.nameGiven : '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const wrongCode = problem instanceof ApiProblem && problem.code === 'DEVICE_CODE_WRONG' ? problem : null;

  async function register(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setDeviceToken((await change(devices.register, { body: { code, name } })).data.device_token);
      forgetCode();
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
        void register();
      }}
    >
      <p className="soft">{given === null ? words.why : words.invited}</p>
      <TextInput
        label={words.code}
        description={given === null ? words.codeHint : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus={given === null}
        required
        withAsterisk={false}
        value={code}
        error={wrongCode?.message}
        styles={{ input: { fontFamily: 'var(--mono)', letterSpacing: '0.06em' } }}
        onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
      />
      <TextInput
        label={words.deviceName}
        placeholder={words.nameSuch}
        autoFocus={given !== null}
        autoComplete="off"
        required
        withAsterisk={false}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {problem !== null && wrongCode === null && <Trouble problem={problem} />}
      <Button type="submit" size="md" loading={busy}>
        {words.letIn}
      </Button>
    </form>
  );
}
