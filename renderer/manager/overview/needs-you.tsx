import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { Read } from '#api/queries.ts';
import type { MenuProblemDto } from '#contract/menu.ts';
import { Card } from '#ui/page.tsx';
import { type Level, Shape } from '#ui/signs.tsx';
import { type Fact, useFacts } from '../frame/facts.ts';
import { useReach } from '../frame/reach.ts';
import { texts } from './overview.texts.ts';
import type { CurrentSession } from './tiles.tsx';

type Need = Pick<Fact, 'id' | 'level' | 'sentence' | 'goesOn' | 'Icon' | 'to' | 'action'>;

interface NeedsYouProps {
  readonly session: Read<CurrentSession | null>;
  readonly problems: Read<z.output<typeof MenuProblemDto>[]>;
  /** The business day, YYYY-MM-DD. */
  readonly day: string | undefined;
}

const words = texts.needs;
const urgency: readonly Level[] = ['bad', 'warn', 'info'];

/** What somebody has to do something about, the worst first, each with the way to where it is mended. */
export function NeedsYou({ session, problems, day }: NeedsYouProps) {
  const facts = useFacts();
  const needs = [
    ...facts.filter(({ level }) => level === 'bad' || level === 'warn'),
    ...drawerNeed(session.data, day),
    ...menuNeed(problems.data?.length ?? 0),
  ].sort((a, b) => urgency.indexOf(a.level) - urgency.indexOf(b.level));
  // Good to know, and nothing to do about: it is not counted.
  const known = facts.filter(({ level }) => level === 'info');
  return (
    <Card title={words.title(needs.length)}>
      {needs.length === 0 && <p className="soft">{words.nothing}</p>}
      {needs.length + known.length > 0 && (
        <ul className="needs">
          {[...needs, ...known].map((need, at) => (
            <Row key={need.id} need={need} first={at === 0 && needs.length > 0} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ need: { level, sentence, goesOn, Icon, to, action }, first }: { need: Need; first: boolean }) {
  const reaches = useReach();
  const leads = to !== undefined && action !== undefined && reaches(to);
  return (
    <li>
      <Shape level={level} />
      {Icon !== undefined && <Icon className="needs-icon" size={18} stroke={1.75} aria-hidden="true" />}
      <div className="needs-main">
        <span className="needs-words">
          {sentence}
          {goesOn !== undefined && <span className="soft"> {goesOn}</span>}
        </span>
        {leads &&
          (first ? (
            <Button component={Link} to={to} size="compact-md">
              {action}
            </Button>
          ) : (
            <Link to={to}>{action}</Link>
          ))}
      </div>
    </li>
  );
}

function drawerNeed(session: CurrentSession | null | undefined, day: string | undefined): Need[] {
  const base = { id: 'drawer', to: '/cash' };
  if (session === null) return [{ ...base, level: 'info', sentence: words.noCash, action: words.openDrawer }];
  if (session === undefined || day === undefined || session.business_day >= day) return [];
  return [{ ...base, level: 'warn', sentence: words.drawerLeftOpen, action: words.closeDrawer }];
}

const menuNeed = (problems: number): Need[] =>
  problems === 0
    ? []
    : [
        {
          id: 'menu',
          level: 'warn',
          sentence: words.menu(problems),
          to: '/menu?only=problems',
          action: words.showMenu,
        },
      ];
