import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { addressOf, type Screen, screens } from '../screens.ts';
import { RegisterPc } from '../session/register-pc.tsx';
import { ActivityTray } from './activity-tray.tsx';
import { texts } from './frame.texts.ts';
import { useFrameCommands } from './frame-commands.ts';
import { Header } from './header.tsx';
import { useIdleLock } from './idle-lock.ts';
import { useMay } from './may.ts';
import { OutageBand } from './outage-band.tsx';
import { Palette } from './palette.tsx';
import { ReachContext } from './reach.ts';
import { Ribbon } from './ribbon.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import './frame.css';

export type Layer = 'palette' | 'sheet' | 'tray' | 'register' | null;

/** Everything around a screen. One layer at a time lies over it; Escape closes it. */
export function Frame({ children }: { children: React.ReactNode }) {
  const [layer, setLayer] = useState<Layer>(null);
  const close = () => setLayer(null);
  useFrameCommands(setLayer);
  useShortcuts(layer === null);
  useIdleLock();
  const may = useMay();
  const reaches = (address: string): boolean => {
    const screen = screenAt(address);
    return screen !== undefined && may(screen.needs);
  };
  return (
    <ReachContext value={reaches}>
      <div className="frame" data-lost={useIsLost() || undefined}>
        <a className="skip" href="#body">
          {texts.skip}
        </a>
        <Header open={setLayer} />
        <Ribbon />
        <Sidebar />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to be able to reach it */}
        <main id="body" className="frame-body" tabIndex={0}>
          <OutageBand />
          <Allowed>{children}</Allowed>
        </main>
        <StatusBar openTray={() => setLayer('tray')} />
        <Palette opened={layer === 'palette'} close={close} />
        <ShortcutsSheet opened={layer === 'sheet'} close={close} />
        <ActivityTray opened={layer === 'tray'} close={close} />
        <RegisterPc opened={layer === 'register'} close={close} />
      </div>
    </ReachContext>
  );
}

/** Whether an address is a screen's own or below it. */
const isAt = (pathname: string, address: string): boolean =>
  address === '/' ? pathname === '/' : pathname === address || pathname.startsWith(`${address}/`);

/** The screen that an address of the window belongs to; what it asks for behind a `?` does not matter. */
function screenAt(address: string): Screen | undefined {
  const pathname = address.split('?')[0] ?? '';
  return screens.find((screen) => isAt(pathname, addressOf(screen)));
}

/** A direct link to a screen that somebody may not use explains why; whoever just came in begins with one of theirs. */
function Allowed({ children }: { children: React.ReactNode }) {
  const may = useMay();
  const { pathname } = useLocation();
  const screen = screenAt(pathname);
  if (screen === undefined || may(screen.needs)) return children;
  const first = screens.find(({ needs }) => may(needs));
  if (pathname === '/' && first !== undefined) return <Navigate to={addressOf(first)} replace />;
  return (
    <div className="page">
      <h1>{texts.notForYou}</h1>
      <p>{texts.notForYouWhy(screen.title)}</p>
    </div>
  );
}
