import { type ReactNode, useEffect } from 'react';
import { Mark } from './mark.tsx';
import { type Level, Shape } from './signs.tsx';
import './door.css';

interface DoorProps {
  readonly title: string;
  /** Why somebody stands here who was inside before; empty for everybody else. */
  readonly why: string;
  /** What can be told to anybody. */
  readonly side: ReactNode;
  readonly children: ReactNode;
}

/** The page of a window for whoever is not signed in. */
export function Door({ title, why, side, children }: DoorProps) {
  useEffect(() => {
    document.title = `${title} · Fynlo`;
  }, [title]);
  return (
    <div className="door">
      <aside className="door-side">
        <Mark height={30} />
        {side}
      </aside>
      <main className="door-main">
        <div className="door-card">
          <h1>{title}</h1>
          {why !== '' && (
            <p className="door-why" role="status">
              {why}
            </p>
          )}
          {children}
        </div>
      </main>
    </div>
  );
}

/** Whether what stands behind the window answers. */
export function DoorState({ level, words }: { level: Level; words: string }) {
  return (
    <p className="door-state" role="status">
      <Shape level={level} /> <span>{words}</span>
    </p>
  );
}
