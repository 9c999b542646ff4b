import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { devices } from '#api/operations/auth.ts';
import { setDeviceToken } from '#api/session.ts';
import { Trouble } from '#ui/states.tsx';
import { texts } from './session.texts.ts';

const words = texts.register;

/** A manager lets this computer in: makes a code and uses it at once. */
export function RegisterPc({ opened, close }: { opened: boolean; close: () => void }) {
  const act = useAct();
  const [name, setName] = useState(words.nameGiven);

  async function register(): Promise<void> {
    const done = await act.run({
      title: words.activity(name),
      async run(key) {
        const { data } = await change(devices.makeCode, {}, { key });
        const registered = await change(devices.register, { body: { code: data.code, name } });
        setDeviceToken(registered.data.device_token);
      },
    });
    if (!done) return;
    close();
    notifications.show({ message: words.done });
  }
  return (
    <Modal opened={opened} onClose={close} title={words.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void register();
        }}
      >
        <p className="soft">{words.here}</p>
        <TextInput
          label={words.name}
          value={name}
          required
          maxLength={60}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {act.problem !== null && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={act.busy}>
            {words.go}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
