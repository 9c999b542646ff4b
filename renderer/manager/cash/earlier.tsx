import { Link } from 'react-router';
import { pounds } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { dayInWords } from './business-day.tsx';
import type { Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

const words = texts.earlier;

const inWords = (difference: number): string =>
  difference === 0 ? words.right : difference < 0 ? words.short(pounds(-difference)) : words.over(pounds(difference));

/** The closes before, each with its Z. */
export function Earlier({ sessions }: { sessions: readonly Session[] }) {
  const closed = sessions.filter(({ z_number }) => z_number !== null);
  return (
    <Card title={words.title}>
      {closed.length === 0 ? (
        <p className="soft">{words.none}</p>
      ) : (
        <ul className="lines">
          {closed.map(({ uuid, z_number, business_day, config_name, difference }) => (
            <li key={uuid}>
              <span>
                <Link to={`/cash/${uuid}`}>{words.z(z_number ?? 0)}</Link>
              </span>
              <span className="soft">{config_name}</span>
              <span className="soft">{dayInWords(business_day)}</span>
              <span className="figure lines-money">{difference !== null && inWords(difference)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
