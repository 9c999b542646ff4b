import type { z } from 'zod';
import type { Read } from '#api/queries.ts';
import type { MenuProblemDto } from '#contract/menu.ts';
import { Card } from '#ui/page.tsx';
import { type Level, Shape } from '#ui/signs.tsx';
import { useFacts } from '../frame/facts.ts';
import { texts } from './overview.texts.ts';
import type { CurrentSession } from './tiles.tsx';

type Problems = readonly z.output<typeof MenuProblemDto>[];

interface Need {
  readonly level: Level;
  readonly sentence: string;
}

interface NeedsYouProps {
  readonly session: Read<CurrentSession | null>;
  readonly problems: Read<z.output<typeof MenuProblemDto>[]>;
}

/** What somebody has to do something about, the worst first. */
export function NeedsYou({ session, problems }: NeedsYouProps) {
  const facts = useFacts();
  const needs: Need[] = [
    ...facts.filter(({ level }) => level === 'bad' || level === 'warn'),
    ...(session.data === null ? [{ level: 'info' as const, sentence: texts.needs.noCash }] : []),
    ...menuNeed(problems.data ?? []),
  ];
  return (
    <Card title={texts.needs.title(needs.length)}>
      {needs.length === 0 ? (
        <p className="soft">{texts.needs.nothing}</p>
      ) : (
        <ul className="needs">
          {needs.map(({ level, sentence }) => (
            <li key={sentence}>
              <Shape level={level} />
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const menuNeed = (problems: Problems): Need[] =>
  problems.length === 0 ? [] : [{ level: 'warn', sentence: texts.needs.menu(problems.length) }];
