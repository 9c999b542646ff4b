import { Button, Drawer } from '@mantine/core';
import { type Activity, useActivities } from '#api/actions.ts';
import { useClock } from '#ui/format.ts';
import { Chip, type Level } from '#ui/signs.tsx';
import { texts } from './frame.texts.ts';
import { undoLatest } from './undo.ts';
import './sheet.css';

const words = texts.tray;
const levels: Readonly<Record<Activity['state'], Level>> = {
  running: 'info',
  done: 'ok',
  failed: 'bad',
  undone: 'neutral',
};

/** What was done in this window since somebody signed in, what became of it, and the way back where there is one. */
export function ActivityTray({ opened, close }: { opened: boolean; close: () => void }) {
  const activities = useActivities();
  const clock = useClock();
  return (
    <Drawer opened={opened} onClose={close} title={words.title} position="right" size={420}>
      {activities.length === 0 && <p className="soft">{words.empty}</p>}
      <ul className="tray">
        {activities.map(({ id, title, state, at, problem, undo }) => (
          <li key={id}>
            <span>{title}</span>
            {undo !== null && state === 'done' ? (
              <Button size="compact-sm" variant="default" onClick={() => void undoLatest(id)}>
                {words.undo}
              </Button>
            ) : (
              <span />
            )}
            <span className="tray-when">
              <Chip level={levels[state]}>{words.states[state]}</Chip> {clock.exact(at)}
            </span>
            {problem !== null && <span className="tray-problem">{problem.message}</span>}
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
