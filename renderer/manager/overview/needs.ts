import type { z } from 'zod';
import type { Read } from '#api/queries.ts';
import type { MenuProblemDto } from '#contract/menu.ts';
import type { Level } from '#ui/signs.tsx';
import { type Fact, useFacts } from '../frame/facts.ts';
import { texts } from './overview.texts.ts';
import type { CurrentSession } from './tiles.tsx';

export type Need = Pick<Fact, 'id' | 'level' | 'sentence' | 'goesOn' | 'Icon' | 'to' | 'action'>;

interface NeedsOf {
  readonly session: Read<CurrentSession | null>;
  readonly problems: Read<z.output<typeof MenuProblemDto>[]>;
  /** The business day, YYYY-MM-DD. */
  readonly day: string | undefined;
}

const words = texts.needs;
const urgency: readonly Level[] = ['bad', 'warn', 'info'];

/** What somebody has to do something about, the worst first. The sentence over it all says the first of them. */
export function useNeeds({ session, problems, day }: NeedsOf): readonly Need[] {
  const facts = useFacts();
  return [
    ...facts.filter(({ level }) => level === 'bad' || level === 'warn'),
    ...drawerNeed(session.data, day),
    ...menuNeed(problems.data?.length ?? 0),
  ].sort((a, b) => urgency.indexOf(a.level) - urgency.indexOf(b.level));
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
