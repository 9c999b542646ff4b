import { Button } from '@mantine/core';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { useIsLost } from '#api/connection.ts';
import { menu } from '#api/operations/menu.ts';
import { menuImport } from '#api/operations/menu-import.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import type { MenuImportDto } from '#contract/menu-import.ts';
import { useClock } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { say } from '../../frame/say.tsx';
import { texts } from './import.texts.ts';
import { takeBack } from './use-import.ts';

const words = texts.earlier;

/** What came in lately, from any window, each with the way back. */
export function Earlier() {
  const latest = useRead(menuImport.latest, {});
  return (
    <Loaded of={latest}>
      {(imports) =>
        imports.length === 0 ? null : (
          <section className="import-source" aria-label={words.title}>
            <h2>{words.title}</h2>
            <ul className="import-earlier">
              {imports.map((one) => (
                <One key={one.import_id} of={one} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function One({ of }: { of: z.output<typeof MenuImportDto> }) {
  const clock = useClock();
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  async function undo(): Promise<void> {
    const title = words.didUndo(of.source);
    const done = await act.run({ title, run: () => takeBack(of.import_id) });
    for (const read of [menu.products, menu.categories, menuImport.latest]) refresh(read);
    say(title, done, false);
  }
  const did = words.line(of.added, of.changed);
  return (
    <li>
      <span>
        <strong>{of.source}</strong> {did !== '' && <span className="soft">{did}</span>}
      </span>
      <span className="soft">{words.by(clock.short(of.imported_at), of.imported_by)}</span>
      {of.undone ? (
        <Chip level="neutral">{words.undone}</Chip>
      ) : (
        did !== '' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={act.busy}
            disabled={lost}
            aria-label={words.undoLabel(of.source)}
            onClick={() => void undo()}
          >
            {words.undo}
          </Button>
        )
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
    </li>
  );
}
