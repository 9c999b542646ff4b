import { Button, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { auth } from '#api/operations/auth.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import { Loaded } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { texts } from './setup-left.texts.ts';
import './pins.css';

const words = texts.pins;

/** Everybody who works here and has no PIN, with a place to type one. */
export function Pins({ close }: { close: () => void }) {
  const staff = useRead(auth.staff, {});
  return (
    <Modal opened onClose={close} title={words.title}>
      <div className="pins">
        <p className="soft">{words.lead}</p>
        <Loaded of={staff}>
          {(all) => {
            const without = all.filter(({ is_active, has_pin }) => is_active && !has_pin);
            return without.length === 0 ? (
              <p role="status">{words.all}</p>
            ) : (
              <ul>
                {without.map(({ id, first_name, last_name }) => (
                  <li key={id}>
                    <Pin id={id} name={`${first_name} ${last_name}`.trim()} />
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
        <div className="pins-end">
          <Button variant="default" onClick={close}>
            {words.done}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Pin({ id, name }: { id: string; name: string }) {
  const [pin, setPin] = useState('');
  const act = useAct();
  const lost = useIsLost();
  const { problem } = act;
  const refused = problem instanceof ApiProblem ? (problem.fields['pin'] ?? problem.message) : problem?.message;
  async function give(): Promise<void> {
    const title = words.given(name);
    const run = (key: string) => change(auth.setPin, { params: { id }, body: { pin } }, { key });
    say(title, await act.run({ title, run }));
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <PasswordInput
        label={words.pinOf(name)}
        error={refused}
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value.replaceAll(/\D/g, ''))}
      />
      <Button type="submit" loading={act.busy} disabled={lost || pin.length < 4} aria-label={words.giveTo(name)}>
        {words.give}
      </Button>
    </form>
  );
}
