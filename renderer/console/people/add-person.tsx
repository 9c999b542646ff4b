import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { platformRoles } from '#contract/platform.ts';
import { Trouble } from '#ui/states.tsx';
import { texts as frame } from '../frame/frame.texts.ts';
import type { Role } from '../frame/may.ts';
import { people } from '../operations.ts';
import { texts } from './people.texts.ts';

const nobody = { name: '', email: '', role: 'viewer' as Role };

/** What the relay refuses stands beside the field that it is about. All but the password survives a reload. */
export function AddPerson() {
  const draft = useDraft('console.person', nobody);
  const [password, setPassword] = useState('');
  const who = { ...draft.value, password };
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const beside = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const isBeside = Object.keys(beside).some((name) => name in who);
  async function save(): Promise<void> {
    const done = await act.run({
      title: texts.added(who.name),
      run: (key) => change(people.add, { body: who }, { key }),
    });
    if (!done) return;
    draft.clear();
    setPassword('');
    refresh(people.list);
  }
  const field = (name: 'name' | 'email' | 'password') => ({
    label: texts[name],
    required: true,
    withAsterisk: false,
    value: who[name],
    error: beside[name],
    w: 240,
    onChange({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement>) {
      if (name === 'password') setPassword(value);
      else draft.set({ ...draft.value, [name]: value });
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="field-row">
        <TextInput {...field('name')} autoComplete="off" />
        <TextInput {...field('email')} type="email" autoComplete="off" />
        <NativeSelect
          label={texts.role}
          w={140}
          value={who.role}
          data={platformRoles.map((role) => ({ value: role, label: frame.roles[role] }))}
          onChange={(event) => draft.set({ ...draft.value, role: event.currentTarget.value as Role })}
        />
        <PasswordInput {...field('password')} autoComplete="new-password" />
      </div>
      <p className="soft">{texts.passwordHint}</p>
      {act.problem !== null && !isBeside && <Trouble problem={act.problem} />}
      <div>
        <Button type="submit" loading={act.busy} disabled={lost}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}
