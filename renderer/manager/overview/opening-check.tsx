import type { z } from 'zod';
import { useIsLost } from '#api/connection.ts';
import { health } from '#api/operations/health.ts';
import { menu } from '#api/operations/menu.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import type { MenuProblemDto } from '#contract/menu.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { texts } from './overview.texts.ts';
import type { CurrentSession } from './tiles.tsx';

const words = texts.opening;

interface OpeningCheckProps {
  readonly session: CurrentSession | null | undefined;
  readonly problems: readonly z.output<typeof MenuProblemDto>[] | undefined;
}

/** Before the first sale: is everything ready for it? */
export function OpeningCheck({ session, problems }: OpeningCheckProps) {
  const lost = useIsLost();
  const box = useRead(health.read, {});
  const list = useRead(printers.list, {});
  const dishes = useRead(menu.products, {});
  if (session === undefined || problems === undefined) return null;
  if (box.data === undefined || list.data === undefined || dishes.data === undefined) return null;
  const printing = list.data.length > 0 && list.data.every(({ problem }) => problem === null);
  const checks: readonly (readonly [string, boolean])[] = [
    [words.server, !lost && !box.data.read_only],
    [words.printers, printing],
    [words.cash, session?.state === 'opened'],
    // On an empty menu nothing goes wrong either, but nothing can be sold.
    [words.menu, dishes.data.length > 0 && problems.length === 0],
  ];
  const done = checks.filter(([, ready]) => ready).length;
  return (
    <Card title={words.title(done, checks.length)}>
      <ul className="needs">
        {checks.map(([sentence, ready]) => (
          <li key={sentence}>
            <Shape level={ready ? 'ok' : 'neutral'} />
            <span>
              {sentence}
              <span className="unseen">: {ready ? words.done : words.open}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
