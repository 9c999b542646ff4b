import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '#api/actions.ts';
import { kept } from '#api/browser.ts';
import { auth, devices } from '#api/operations/auth.ts';
import { backups } from '#api/operations/backups.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { printers } from '#api/operations/printers.ts';
import { relay } from '#api/operations/relay.ts';
import { useRead } from '#api/queries.ts';
import { useSession } from '#api/session.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { useMay } from '../frame/may.ts';
import { say } from '../frame/say.tsx';
import { Pins } from './pins.tsx';
import { texts } from './setup-left.texts.ts';
import './setup-left.css';

type Step = keyof typeof texts.steps;

/** PINs are given right here. */
const addresses: Readonly<Record<Step, string | null>> = {
  pins: null,
  printers: '/printers',
  stations: '/printers',
  menu: '/menu',
  devices: '/devices',
  backups: '/backups',
  relay: '/relay',
};

/** What a new restaurant still lacks, as the server has it now. A step that is done is not there any more. */
function useMissing(): readonly Step[] {
  const may = useMay();
  const [changesPrinters, changesMenu] = [may('printers.change'), may('menu.change')];
  const store = useRead(auth.setupState, {});
  const paper = useRead(printers.list, {}, { wanted: changesPrinters });
  const stations = useRead(kitchen.stations, {}, { wanted: changesPrinters });
  const dishes = useRead(menu.products, { query: { include_inactive: 'true' } }, { wanted: changesMenu });
  const screens = useRead(devices.list, {}, { wanted: may('devices.manage') });
  const copies = useRead(backups.list, {}, { wanted: may('backups.read') });
  const moved = copies.data?.last_restore?.cause === 'new_computer';
  const staff = useRead(auth.staff, {}, { wanted: moved && may('staff.change') && may('staff.read') });
  const cloud = useRead(relay.status, {}, { wanted: may('relay.read') });
  // Practice data needs nothing.
  if (store.data?.kind !== 'restaurant') return [];
  const missing: Readonly<Record<Step, boolean>> = {
    pins: staff.data?.some(({ is_active, has_pin }) => is_active && !has_pin) === true,
    printers: paper.data?.length === 0,
    stations: stations.data?.every(({ active }) => !active) === true,
    menu: dishes.data?.every(({ active }) => !active) === true,
    devices: screens.data?.every(({ kind, revoked_at }) => kind === 'legacy' || revoked_at !== null) === true,
    backups: copies.data?.places.every(({ place }) => place !== 'second') === true,
    relay: cloud.data?.state === 'not_joined',
  };
  return (Object.keys(missing) as Step[]).filter((step) => missing[step]);
}

/** What is left of the set-up, each with the way to where it is done. Who does not need a step takes it off the list. */
export function SetupLeft() {
  const { person } = useSession();
  const keptSteps = kept<readonly Step[]>(() => localStorage, `fynlo.set-up-left.${person.id}`);
  const [dismissed, setDismissed] = useState(() => keptSteps.read() ?? []);
  const [givesPins, setGivesPins] = useState(false);
  const act = useAct();
  const steps = useMissing().filter((step) => !dismissed.includes(step));

  function put(next: readonly Step[]): void {
    keptSteps.write(next);
    setDismissed(next);
  }
  async function dismiss(step: Step): Promise<void> {
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
