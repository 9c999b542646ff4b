import { Button, Modal, NativeSelect, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { type PlatformUserDto, platformRoles } from '#contract/platform.ts';
import { Trouble } from '#ui/states.tsx';
import { texts as frame } from '../frame/frame.texts.ts';
import type { Role } from '../frame/may.ts';
import { people } from '../operations.ts';
import { texts } from './people.texts.ts';

const words = texts.change;

interface ChangePersonProps {
  readonly one: z.output<typeof PlatformUserDto>;
  /** Nobody takes their own role away by mistake. */
  readonly self: boolean;
  readonly close: () => void;
}

/** Another role for somebody, or another password for who has forgotten theirs. */
export function ChangePerson({ one, self, close }: ChangePersonProps) {
  const [role, setRole] = useState<Role>(one.role);
  const [password, setPassword] = useState('');
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const mistake = act.problem instanceof ApiProblem ? act.problem.fields['password'] : undefined;
  const body = { ...(role === one.role ? {} : { role }), ...(password === '' ? {} : { password }) };
  const isSame = Object.keys(body).length === 0;
  async function save(): Promise<void> {
    const run = (key: string) => change(people.change, { params: { id: one.id }, body }, { key });
    if (!(await act.run({ title: words.done(one.name), run }))) return;
    refresh(people.list);
    close();
  }
  return (
    <Modal opened onClose={close} title={words.title(one.name)}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSame) void save();
        }}
      >
        {!self && (
          <NativeSelect
            label={texts.role}
            value={role}
            data={platformRoles.map((each) => ({ value: each, label: frame.roles[each] }))}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
        )}
        <PasswordInput
          label={words.password}
          description={self ? words.ownPasswordHint : words.passwordHint}
          autoComplete="new-password"
          value={password}
          error={mistake}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {act.problem !== null && mistake === undefined && <Trouble problem={act.problem} />}
        <div className="field-row">
          <Button type="submit" loading={act.busy} disabled={lost || isSame}>
            {words.save}
          </Button>
          <Button variant="default" onClick={close}>
            {words.leave}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
