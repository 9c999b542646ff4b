import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { useFacts } from '../frame/facts.ts';
import { useReach } from '../frame/reach.ts';
import type { Need } from './needs.ts';
import { texts } from './overview.texts.ts';

const words = texts.needs;

/** What somebody has to do something about, each with the way to where it is mended. */
export function NeedsYou({ needs }: { needs: readonly Need[] }) {
  // Good to know, and nothing to do about: it is not counted.
  const known = useFacts().filter(({ level }) => level === 'info');
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
