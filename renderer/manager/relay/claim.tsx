import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { relay } from '#api/operations/relay.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Trouble } from '#ui/states.tsx';
import { texts } from './relay.texts.ts';
import './relay.css';

const words = texts.claim;
/** The server asks the relay over the internet first. */
export const PATIENCE_MS = 60_000;
/** What the server says of the code itself stands beside it. */
const aboutCode: ReadonlySet<string> = new Set(['CLAIM_UNKNOWN', 'CLAIM_USED', 'CLAIM_EXPIRED']);

interface ClaimFormProps {
  /** What the address begins as. */
  readonly url: string;
  readonly go: string;
  /** Beside something more important. */
  readonly quiet?: boolean;
}

interface ClaimProps extends ClaimFormProps {
  readonly title: string;
  readonly lead: string;
}

/** The way in, as a part of the screen. */
export const Claim = ({ title, lead, ...form }: ClaimProps) => (
  <Card title={title}>
    <p>{lead}</p>
    <ClaimForm {...form} />
  </Card>
);

/** Joins a relay. The address is kept through a reload; the code, which opens a door, is not. */
export function ClaimForm({ url, go, quiet = false }: ClaimFormProps) {
  const address = useDraft('relay.url', url);
  const [code, setCode] = useState('');
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  async function claim(): Promise<void> {
    const body = { url: address.value.trim(), code };
    const done = await act.run({
      title: words.done,
      run: (key) => change(relay.claim, { body }, { key, patienceMs: PATIENCE_MS }),
    });
    if (!done) return;
    address.clear();
    refresh(relay.status);
  }
  const { problem } = act;
  const known = problem instanceof ApiProblem ? problem : null;
  const codeWrong = known !== null && aboutCode.has(known.code);
  const codeError = codeWrong ? `${known.message} ${known.suggestion ?? ''}` : known?.fields['code'];
  const urlError = known?.fields['url'];
  return (
    <form
      className="relay-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void claim();
      }}
    >
      <TextInput
        label={words.url}
        description={words.urlHelp}
        type="url"
        autoComplete="off"
        spellCheck={false}
        error={urlError}
        value={address.value}
        onChange={(event) => address.set(event.currentTarget.value)}
      />
      <TextInput
        label={words.code}
        description={words.codeHelp}
        autoComplete="off"
        spellCheck={false}
        className="relay-code"
        error={codeError}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {problem !== null && codeError === undefined && urlError === undefined && (
        <Trouble title={words.notDone} problem={problem} />
      )}
      <div>
        <Button
          type="submit"
          variant={quiet ? 'default' : 'filled'}
          loading={act.busy}
          disabled={lost || address.value.trim() === '' || code.trim() === ''}
        >
          {go}
        </Button>
      </div>
    </form>
  );
}
