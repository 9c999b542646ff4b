import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ComponentType, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '#api/session.ts';
import { type Lacking, useLacking } from '../overview/lacking.ts';
import { CloudStep } from './cloud-step.tsx';
import { IpadsStep } from './ipads-step.tsx';
import { MenuStep } from './menu-step.tsx';
import { PrintersStep } from './printers-step.tsx';
import { goOnWith, type Rest } from './rest.ts';
import { SafetyStep } from './safety-step.tsx';
import { texts } from './setup.texts.ts';
import { SetUpShell } from './shell.tsx';
import { StepHead } from './step-head.tsx';
import { isLater, type LaterStep, stepsOf } from './steps.ts';

interface BodyProps {
  /** Hears whether something waits to be brought in that going on would pass by. */
  readonly waits: (on: boolean) => void;
}

const bodies: Readonly<Record<LaterStep, ComponentType<BodyProps>>> = {
  cloud: CloudStep,
  printers: PrintersStep,
  menu: MenuStep,
  ipads: IpadsStep,
  safety: SafetyStep,
};

/** What a restaurant lacks while a step has not been done. */
const lackingOf: Readonly<Record<LaterStep, Lacking>> = {
  cloud: 'relay',
  printers: 'printers',
  menu: 'menu',
  ipads: 'devices',
  safety: 'backups',
};

/**
 * What the owner of a new restaurant does next, each step done at once and none of them needed: what is left out stands on
 * the overview.
 */
export default function RestOfSetUp({ rest }: { rest: Rest }) {
  const { restaurant } = useSession();
  const navigate = useNavigate();
  const all = stepsOf[rest.way];
  const later = all.filter(isLater);
  const nth = later.indexOf(rest.step as LaterStep);
  const step = later[nth] ?? 'safety';
  const [before, after] = [later[nth - 1], later[nth + 1]];
  const Body = bodies[step];
  const lacking = useLacking();
  const words = texts[step];

  function go(to: LaterStep | undefined): void {
    goOnWith(to === undefined ? null : { ...rest, step: to });
    if (to !== undefined) return;
    void navigate('/');
    if (after === undefined) notifications.show({ message: texts.ready(restaurant.name) });
  }
  const back = before === undefined ? null : () => go(before);
  // While an import is looked at, that is what is being done: to go on past it has to be meant.
  const [passesImport, setPassesImport] = useState(false);
  useEnter(() => {
    if (!passesImport) go(after);
  });
  return (
    <SetUpShell
      steps={all}
      at={all.indexOf(step)}
      left={later.filter((one) => lacking.includes(lackingOf[one]))}
      back={back}
      leave={{ kept: texts.leave.later, label: texts.leave.overview, go: () => go(undefined) }}
    >
      <div className="setup-card">
        <StepHead title={words.title} lead={words.lead} />
        <Body waits={setPassesImport} />
        <div className="setup-actions off-paper">
          {back !== null && (
            <Button variant="default" onClick={back}>
              {texts.back}
            </Button>
          )}
          <Button variant={passesImport ? 'default' : 'filled'} onClick={() => go(after)}>
            {after === undefined ? texts.finish : passesImport ? texts.nextWithout : texts.next}
          </Button>
        </div>
      </div>
    </SetUpShell>
  );
}

/** The Enter key goes on, wherever it has nothing else to do. */
function useEnter(next: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isFree = event.target === document.body || event.target instanceof HTMLHeadingElement;
      if (event.key === 'Enter' && isFree && !event.defaultPrevented) next();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
}
