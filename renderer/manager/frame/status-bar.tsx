import { useActivities } from '#api/actions.ts';
import { Shape } from '#ui/signs.tsx';
import { useFacts } from './facts.ts';
import { texts } from './frame.texts.ts';
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
        {facts.map(({ id, level, words: said, sentence, to }) => (
          <li key={id} title={sentence}>
            <Shape level={level} />
            {to === undefined ? <span>{said}</span> : <a href={to}>{said}</a>}
          </li>
        ))}
      </ul>
      <button type="button" className="bar-tray" onClick={openTray}>
        <span aria-hidden="true">▴</span> {words}
      </button>
    </footer>
  );
}
