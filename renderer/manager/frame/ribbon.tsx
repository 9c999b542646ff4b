import { Button, Modal } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { look } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { auth } from '#api/operations/auth.ts';
import { endPractice } from '#api/practice.ts';
import { useRead } from '#api/queries.ts';
import { isPractice } from '#contract/staff.ts';
import { Trouble } from '#ui/states.tsx';
import { useCommands } from './commands.ts';
import { texts } from './frame.texts.ts';
import { useMay } from './may.ts';
import './ribbon.css';

const words = texts.practice;

/** On every screen of a demo: that nothing here is real, and the way from there to a restaurant of one's own. */
export function Ribbon() {
  const store = useRead(auth.setupState, {});
  const may = useMay()('practice.end');
  if (store.data?.kind !== 'demo') return null;
  const canEnd = isPractice(store.data.practice);
  return (
    <aside className="ribbon" aria-label={words.title}>
      <IconSchool className="ribbon-icon" size={18} stroke={1.75} aria-hidden="true" />
      <p className="ribbon-words">
        <strong>{words.title}</strong> <span className="ribbon-means">{words.means}</span>
        {canEnd && !may && <span className="ribbon-means"> {words.byManager}</span>}
      </p>
      {canEnd && may && <End />}
    </aside>
  );
}

/** Asks only where something would be lost. */
function End() {
  const act = useAct();
  const lost = useIsLost();
  const [asking, setAsking] = useState(false);

  const end = (): Promise<boolean> => act.run({ title: words.end, run: endPractice });
  async function go(): Promise<void> {
    // Whether something was changed here, no fact says.
    const known = await look(auth.setupState, {}).catch(() => null);
    if (known?.data.practice !== 'untouched' || !(await end())) setAsking(true);
  }
  useCommands(lost ? [] : [{ id: 'practice.end', label: words.end, group: texts.groups.window, run: () => void go() }]);
  return (
    <>
      <Button size="compact-sm" variant="default" disabled={lost} loading={act.busy} onClick={() => void go()}>
        {words.end}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.ask}>
        <div className="stack">
          <p>{words.lost}</p>
          {act.problem !== null && <Trouble problem={act.problem} />}
          <div className="ribbon-choice">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {words.stay}
            </Button>
            <Button disabled={lost} loading={act.busy} onClick={() => void end()}>
              {words.go}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
