import { Button, Modal } from '@mantine/core';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { devices } from '#api/operations/auth.ts';
import type { ListedDevice } from '#contract/devices.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { nameOf } from './device-name.ts';
import { texts } from './devices.texts.ts';

const words = texts.away;

/** It cannot be undone without a new code, so it is asked. */
export function SendAway({ device, close }: { device: ListedDevice; close: () => void }) {
  const act = useAct();
  const lost = useIsLost();
  const name = nameOf(device);
  const { id, kind, is_this_one } = device;
  const means = kind === 'legacy' ? [words.olderMeans, words.olderBack] : [words.means, words.unsent, words.back];

  async function sendAway(): Promise<void> {
    const title = words.done(name);
    const run = (key: string) => change(devices.revoke, { params: { id } }, { key });
    if (!(await act.run({ title, run }))) return;
    close();
    say(title, true, false);
  }
  return (
    <Modal opened onClose={close} title={words.title(name)}>
      <div className="stack">
        {is_this_one && <p className="device-own">{words.own}</p>}
        {means.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {act.problem !== null && <Trouble problem={act.problem} />}
        <div className="device-asked">
          <Button variant="default" onClick={close} data-autofocus>
            {words.keep}
          </Button>
          <Button color="bad" loading={act.busy} disabled={lost} onClick={() => void sendAway()}>
            {words.go}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
