import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { ApiProblem, Unreachable } from '#api/problem.ts';
import type { Read } from '#api/queries.ts';
import { useClock } from './format.ts';
import { texts } from './states.texts.ts';
import './states.css';

/** Nothing for a blink, then the shape of what is coming. */
const PATIENCE_MS = 150;

const rowsOf = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

export function Waiting({ rows = 3, height = 20 }: { rows?: number; height?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="waiting" role="status">
      <span className="unseen">{texts.loading}</span>
      {shown && rowsOf(rows).map((row) => <Skeleton key={row} height={height} radius="sm" />)}
    </div>
  );
}

/** What went wrong, what to do about it, and beneath it what support needs. */
export function Trouble({ problem, again, title }: { problem: Error; again?: () => void; title?: string }) {
  const known = problem instanceof ApiProblem ? problem : null;
  return (
    <div className="trouble" role="alert">
      <p className="trouble-what">
        {title === undefined ? '' : `${title} `}
        {problem.message}
      </p>
      {known?.suggestion && <p>{known.suggestion}</p>}
      <div className="trouble-row">
        {again !== undefined && (
          <Button variant="default" size="xs" onClick={again}>
            {texts.again}
          </Button>
        )}
        {known !== null && (
          <details>
            <summary>{texts.details}</summary>
            <p className="soft">
              {texts.code(known.code)}
              {known.errorId !== null && <> · {texts.errorId(known.errorId)}</>}
            </p>
          </details>
        )}
      </div>
    </div>
  );
}

interface LoadedProps<Data> {
  readonly of: Read<Data>;
  /** The shape that stands there while it is loaded for the first time. */
  readonly waiting?: React.ReactNode;
  readonly children: (data: Data) => React.ReactNode;
}

/** A part of a screen in each of its states: loading, loaded, in trouble, loaded but older than it should be. */
export function Loaded<Data>({ of, waiting, children }: LoadedProps<Data>) {
  const clock = useClock();
  const lost = useIsLost();
  if (of.data === undefined) {
    if (of.error === null) return waiting ?? <Waiting />;
    // The window says so once, for all its parts, and they come back by themselves.
    if (of.error instanceof Unreachable) return <p className="soft">{texts.notYet}</p>;
    return <Trouble problem={of.error} again={of.again} />;
  }
  // An outage is told once too, with the time of what is shown; here it would stand a second time, a second apart.
  return (
    <>
      {of.error !== null && !(lost && of.error instanceof Unreachable) && (
        <p className="stale" role="status">
          {texts.couldNot} {of.at !== null && texts.asOf(clock.exact(of.at))}{' '}
          <button type="button" className="plain" onClick={of.again}>
            {texts.again}
          </button>
        </p>
      )}
      {children(of.data)}
    </>
  );
}

/** Nothing there yet: what it would be, and the one thing to do. */
export const Empty = ({ title, children }: { title: string; children?: React.ReactNode }) => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children}
  </div>
);
