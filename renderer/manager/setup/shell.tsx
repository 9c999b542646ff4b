import { IconCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useIsLost } from '#api/connection.ts';
import { Mark } from '#ui/mark.tsx';
import { Shape } from '#ui/signs.tsx';
import { type Leave, SetUpKeys } from './leaving.tsx';
import { texts } from './setup.texts.ts';
import type { StepName } from './steps.ts';
import './setup.css';

interface SetUpShellProps {
  readonly steps: readonly StepName[];
  /** Which of them it is, from 0. */
  readonly at: number;
  /** Those before it that were left out. */
  readonly left?: readonly StepName[];
  /** One step back; null where there is no way back. */
  readonly back: (() => void) | null;
  readonly leave: Leave;
  readonly children: React.ReactNode;
}

/** Around every step: where it stands among the others, and whether the server is there. */
export function SetUpShell({ steps, at, left = [], back, leave, children }: SetUpShellProps) {
  const lost = useIsLost();
  useEffect(() => {
    document.title = `${texts.title} · Fynlo`;
  }, []);
  return (
    <div className="setup">
      <SetUpKeys back={back} leave={leave} />
      <header className="setup-head off-paper">
        <Mark />
        <span>{texts.step(at + 1, steps.length)}</span>
      </header>
      <div className="setup-body">
        <nav aria-label={texts.title} className="off-paper">
          <ol className="setup-steps">
            {steps.map((name, nth) => {
              const isDone = nth < at && !left.includes(name);
              return (
                <li key={name} aria-current={nth === at ? 'step' : undefined} data-done={isDone || undefined}>
                  <span className="setup-mark" aria-hidden="true">
                    {isDone ? <IconCheck size={14} stroke={2.5} /> : nth + 1}
                  </span>
                  {texts.steps[name]}
                  {nth < at && !isDone && <span className="soft">{texts.leftOut}</span>}
                </li>
              );
            })}
          </ol>
          {lost ? (
            <p className="setup-note" role="status">
              <Shape level="bad" /> {texts.lost}
            </p>
          ) : (
            <p className="soft setup-note">{steps.includes('cloud') ? texts.offlineButClaim : texts.offline}</p>
          )}
        </nav>
        <main>{children}</main>
      </div>
    </div>
  );
}
