import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '#api/actions.ts';
import { kept } from '#api/browser.ts';
import { useSession } from '#api/session.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { say } from '../frame/say.tsx';
import { type Lacking, useLacking } from './lacking.ts';
import { Pins } from './pins.tsx';
import { texts } from './setup-left.texts.ts';
import './setup-left.css';

/** PINs are given right here. */
const addresses: Readonly<Record<Lacking, string | null>> = {
  pins: null,
  printers: '/printers',
  stations: '/printers',
  menu: '/menu',
  devices: '/devices',
  backups: '/backups',
  relay: '/relay',
};

/** What is left of the set-up, each with the way to where it is done. Who does not need a step takes it off the list. */
export function SetupLeft() {
  const { person } = useSession();
  const keptSteps = kept<readonly Lacking[]>(() => localStorage, `fynlo.set-up-left.${person.id}`);
  const [dismissed, setDismissed] = useState(() => keptSteps.read() ?? []);
  const [givesPins, setGivesPins] = useState(false);
  const act = useAct();
  const steps = useLacking().filter((step) => !dismissed.includes(step));

  function put(next: readonly Lacking[]): void {
    keptSteps.write(next);
    setDismissed(next);
  }
  async function dismiss(step: Lacking): Promise<void> {
    const title = texts.dismissed(texts.ways[step]);
    const before = dismissed;
    const run = async () => put([...before, step]);
    say(title, await act.run({ title, run, undo: async () => put(before) }));
  }
  const pins = givesPins && <Pins close={() => setGivesPins(false)} />;
  if (steps.length === 0) return pins;
  return (
    <Card title={texts.title(steps.length)}>
      {pins}
      <ul className="setup-left">
        {steps.map((step) => (
          <li key={step}>
            <Shape level="neutral" />
            <div className="setup-left-words">
              <span>{texts.steps[step]}</span>
              <Way to={addresses[step]} open={() => setGivesPins(true)}>
                {texts.ways[step]}
              </Way>
              <button
                type="button"
                className="plain"
                aria-label={texts.dismissLabel(texts.ways[step])}
                onClick={() => void dismiss(step)}
              >
                {texts.dismiss}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Way({ to, open, children }: { to: string | null; open: () => void; children: string }) {
  if (to !== null) return <Link to={to}>{children}</Link>;
  return (
    <button type="button" className="plain setup-left-way" onClick={open}>
      {children}
    </button>
  );
}
