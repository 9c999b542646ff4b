import { Button, NativeSelect, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { approvals } from '#api/operations/check.ts';
import type { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import { useDeviceToken } from '#api/session.ts';
import { permissionsOf } from '#contract/permissions.ts';
import { Trouble } from '#ui/states.tsx';
import { texts } from './orders.texts.ts';

const words = texts.approval;

/** Somebody who may comes over and enters a PIN; their yes is good for this one thing, once. */
export function Approval({ problem, given }: { problem: ApiProblem; given: (approvalId: string) => void }) {
  const registered = useDeviceToken() !== null;
  const choices = useRead(auth.choices, {}, { wanted: registered });
  const [who, setWho] = useState('');
  const [pin, setPin] = useState('');
  const act = useAct();
  const managers = (choices.data ?? []).filter(({ role, preset }) => permissionsOf(role, preset).has('approvals.give'));
  const person = who === '' ? (managers[0]?.id ?? '') : who;

  async function ask(): Promise<void> {
    const { command, target_id } = problem.details as { command: 'orders.void_line'; target_id: string };
    const body = { user_id: person, pin, command, target_id };
    let id = '';
    const done = await act.run({
      title: words.title,
      run: async (key) => {
        id = (await change(approvals.give, { body }, { key })).data.approval_id;
      },
    });
    setPin('');
    if (done) given(id);
  }
  if (!registered || choices.error !== null) return <p className="check-flag">{words.notHere}</p>;
  return (
    <fieldset className="approval">
      <legend>{words.title}</legend>
      <NativeSelect
        label={words.who}
        value={person}
        data={managers.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.pin}
        value={pin}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => setPin(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void ask();
        }}
      />
      <Button variant="default" loading={act.busy} disabled={pin.length < 4} onClick={() => void ask()}>
        {words.yes}
      </Button>
      {act.problem !== null && <Trouble problem={act.problem} />}
    </fieldset>
  );
}
