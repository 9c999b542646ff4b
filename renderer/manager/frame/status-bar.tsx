import { Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import { useActivities } from '#api/actions.ts';
import { Shape } from '#ui/signs.tsx';
import { type Fact, useFacts } from './facts.ts';
import { texts } from './frame.texts.ts';
import { useReach } from './reach.ts';
import './status-bar.css';

/** The pulse of the system: only what is known to be true, and one place for what this window has done. */
export function StatusBar({ openTray }: { openTray: () => void }) {
  const facts = useFacts();
  const activities = useActivities();
  const running = activities.filter(({ state }) => state === 'running').length;
  const words = running > 0 ? texts.running(running) : texts.activity;
  return (
    <footer className="bar">
      <ul className="bar-facts" aria-label={texts.statusBar}>
        {facts.map((fact) => (
          <li key={fact.id}>
            <Shape level={fact.level} />
            <FactLink fact={fact} />
          </li>
        ))}
      </ul>
      <button type="button" className="bar-tray" onClick={openTray}>
        <span aria-hidden="true">▴</span> {words}
      </button>
    </footer>
  );
}

const shownOn = { hover: true, focus: true, touch: true };

/** Leads to where there is more; its sentence shows for the keyboard as for the mouse. */
function FactLink({ fact: { words, sentence, goesOn, to, page } }: { fact: Fact }) {
  const reaches = useReach();
  const link =
    page !== undefined ? (
      <a href={page}>{words}</a>
    ) : to !== undefined && reaches(to) ? (
      <Link to={to}>{words}</Link>
    ) : null;
  if (link === null) return <span>{words}</span>;
  const label = goesOn === undefined ? sentence : `${sentence} ${goesOn}`;
  return (
    <Tooltip
      label={label}
      events={shownOn}
      multiline
      maw={360}
      p="6px 10px"
      position="top-start"
      withinPortal={false}
      floatingStrategy="fixed"
    >
      {link}
    </Tooltip>
  );
}
