import { Link, useLocation, useNavigate } from 'react-router';
import { useConnection, useConnectionState } from '#api/connection.ts';
import { useClock } from '#ui/format.ts';
import { Mark } from '#ui/mark.tsx';
import { Page } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Switcher } from '../switch/switcher.tsx';
import { texts } from './frame.texts.ts';
import { useKeys } from './keys.ts';
import { useMay } from './may.ts';
import { sections } from './sections.ts';
import { UserMenu } from './user-menu.tsx';
import './frame.css';

/** Everything around a section. */
export function Frame({ children }: { children: React.ReactNode }) {
  const may = useMay();
  const go = useNavigate();
  const { pathname } = useLocation();
  const own = sections.filter(({ needs }) => may(needs));
  const here = sections.find(({ path }) => path !== '/' && pathname.startsWith(path));
  useKeys({
    ...Object.fromEntries(own.map(({ path }, at) => [String(at + 1), () => void go(path)])),
    ...(may('manager') ? { n: () => void go('/add') } : {}),
  });
  return (
    <div className="frame">
      <a className="skip" href="#body">
        {texts.skip}
      </a>
      <header className="head">
        <div className="head-name">
          <Mark />
          <span>{texts.console}</span>
        </div>
        <RelayPill />
        <Switcher />
        <UserMenu />
      </header>
      <nav className="side" aria-label={texts.navigation}>
        <ul>
          {own.map(({ path, title, icon: Icon }, at) => (
            <li key={path}>
              <Link
                to={path}
                className="side-link"
                title={title}
                aria-current={path === (here?.path ?? '/') ? 'page' : undefined}
              >
                <Icon size={18} stroke={1.75} />
                <span className="side-name">{title}</span>
                <span className="side-digit" aria-hidden="true">
                  {at + 1}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to be able to reach it */}
      <main id="body" className="frame-body" tabIndex={0}>
        <OutageBand />
        {here === undefined || may(here.needs) ? (
          children
        ) : (
          <Page title={texts.notForYou}>
            <p>{texts.notForYouWhy(here.title)}</p>
          </Page>
        )}
      </main>
    </div>
  );
}

function RelayPill() {
  const state = useConnectionState();
  const level = state === 'live' ? 'ok' : state === 'lost' ? 'bad' : 'neutral';
  return (
    <span className="pill" role="status">
      <Shape level={level} /> {texts.relay[state]}
    </span>
  );
}

function OutageBand() {
  const { state, since } = useConnection();
  const clock = useClock();
  if (state !== 'lost') return null;
  return (
    <div className="band" role="alert">
      <Shape level="bad" />
      <div>
        <p className="band-title">{texts.outage.title}</p>
        <p>{texts.outage.means}</p>
        {since > 0 && <p className="soft">{texts.outage.since(clock.exact(since))}</p>}
      </div>
    </div>
  );
}
