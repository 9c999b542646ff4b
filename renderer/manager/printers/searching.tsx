import { IconCheck, IconX } from '@tabler/icons-react';
import { Trouble } from '#ui/states.tsx';
import { texts } from './printers.texts.ts';
import type { Search } from './use-search.ts';

const words = texts.search;

/** How far a search is, and what came of it. */
export function Searching({ isLooking, percent, all, lookedAt, stopped, problem }: Search) {
  return (
    <>
      {isLooking && (
        <div className="looking">
          <p>{words.looking(percent)}</p>
          <div
            className="looking-bar"
            role="progressbar"
            aria-label={words.title}
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <div style={{ width: `${percent}%` }} />
          </div>
        </div>
      )}
      <div role="status">
        {isLooking && percent >= 25 && <span className="unseen">{words.announced(percent - (percent % 25))}</span>}
        {stopped && <p className="soft">{words.stopped(all.length)}</p>}
        {lookedAt !== null && all.length > 0 && <p className="soft">{words.found(all.length, lookedAt)}</p>}
        {lookedAt !== null && all.length === 0 && <Nobody lookedAt={lookedAt} />}
      </div>
      {problem !== null && <Trouble problem={problem} />}
    </>
  );
}

/** What to look at when nobody answered; the first of it the store server knows by itself. */
function Nobody({ lookedAt }: { lookedAt: number }) {
  const isOnNetwork = lookedAt > 0;
  return (
    <div className="nobody">
      <p className="nobody-title">{words.none}</p>
      <ul>
        <li data-ok={isOnNetwork}>
          {isOnNetwork ? <IconCheck size={16} aria-hidden="true" /> : <IconX size={16} aria-hidden="true" />}
          {isOnNetwork ? words.network(lookedAt) : words.noNetwork}
        </li>
        {Object.values(words.checks).map((check) => (
          <li key={check}>
            <span className="nobody-dot" aria-hidden="true" />
            {check}
          </li>
        ))}
      </ul>
    </div>
  );
}
