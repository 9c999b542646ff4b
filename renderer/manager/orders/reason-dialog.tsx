import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { ApiProblem } from '#api/problem.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { Approval } from './approval.tsx';
import { texts } from './orders.texts.ts';

const words = texts.reason;

interface ReasonDialogProps {
  /** What the reason is kept under until it was sent. */
  readonly name: string;
  readonly words: {
    readonly title: string;
    readonly about: string;
    readonly yes: string;
    readonly reasons: Readonly<Record<string, string>>;
  };
  /** How it is told once it is done. */
  readonly title: string;
  readonly send: (reason: string, how: { key: string; approval?: string }) => Promise<unknown>;
  readonly close: () => void;
}

/** Something that cannot be undone: why, and then yes. A manager's PIN where the server asks for one. */
export function ReasonDialog({ name, words: own, title, send, close }: ReasonDialogProps) {
  const reason = useDraft(name, '');
  const [empty, setEmpty] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const { problem } = act;
  const needs = problem instanceof ApiProblem && problem.code === 'APPROVAL_NEEDED' ? problem : null;
  const beside = problem instanceof ApiProblem ? problem.fields['reason'] : undefined;

  async function run(approval?: string): Promise<void> {
    setEmpty(reason.value.trim() === '');
    if (reason.value.trim() === '') return;
    const done = await act.run({
      title,
      run: (key) => send(reason.value.trim(), { key, ...(approval === undefined ? {} : { approval }) }),
    });
    if (!done) return;
    reason.clear();
    close();
    say(title, true, false);
  }
  return (
    <Modal opened onClose={close} title={own.title} size={460}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <p>{own.about}</p>
        <TextInput
          label={words.label}
          description={words.hint}
          value={reason.value}
          maxLength={200}
          error={beside ?? (empty && reason.value.trim() === '' ? words.label : undefined)}
          data-autofocus
          onChange={(event) => reason.set(event.currentTarget.value)}
        />
        <div className="picks">
          {Object.values(own.reasons).map((one) => (
            <button key={one} type="button" className="filter" onClick={() => reason.set(one)}>
              {one}
            </button>
          ))}
        </div>
        {problem !== null && needs === null && beside === undefined && <Trouble problem={problem} />}
        {needs !== null && <Approval problem={needs} given={(id) => void run(id)} />}
        <div className="dialog-foot">
          <Button variant="default" onClick={close}>
            {words.keep}
          </Button>
          <Button type="submit" color="bad" loading={act.busy} disabled={lost}>
            {own.yes}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
