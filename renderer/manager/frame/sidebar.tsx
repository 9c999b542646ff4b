import { NavLink } from 'react-router';
import { texts as names } from '../screens.texts.ts';
import { addressOf, type Group, screens } from '../screens.ts';
import { texts } from './frame.texts.ts';
import { useMay } from './may.ts';
import './sidebar.css';

const groups: readonly Group[] = ['today', 'business', 'system'];

/** The screens that somebody may use, in three groups. A group without any is not there. */
export function Sidebar() {
  const may = useMay();
  return (
    <nav className="side" aria-label={texts.navigation}>
      {groups.map((group) => {
        const own = screens.filter((screen) => screen.group === group && may(screen.needs));
        if (own.length === 0) return null;
        return (
          <section key={group} aria-label={names.groups[group]}>
            <p className="side-group" aria-hidden="true">
              {names.groups[group]}
            </p>
            <ul>
              {own.map((screen) => (
                <li key={screen.id}>
                  <NavLink to={addressOf(screen)} end={screen.path === ''} className="side-link" title={screen.title}>
                    <screen.icon size={18} stroke={1.75} />
                    <span className="side-name">{screen.title}</span>
                    {screen.digit !== undefined && (
                      <span className="side-digit" aria-hidden="true">
                        {screen.digit}
                      </span>
                    )}
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
