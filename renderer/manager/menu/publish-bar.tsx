import { Button } from '@mantine/core';
import { useIsLost } from '#api/connection.ts';
import { pounds } from '#ui/format.ts';
import { Key, Shape } from '#ui/signs.tsx';
import { isMac } from '../frame/shortcuts.ts';
import { texts } from './menu.texts.ts';
import type { MenuWork } from './use-menu-edits.ts';

const words = texts.bar;

/** There only while something is not published. */
export function PublishBar({ work }: { work: MenuWork }) {
  const lost = useIsLost();
  const { open, conflicts, mistakes, asks, act } = work;
  if (open.length === 0) return null;
  const stopped =
    conflicts.length > 0
      ? words.undecided(conflicts.length)
      : mistakes.length > 0
        ? words.wrong(mistakes.length)
        : asks !== null
          ? words.doubt(asks.map(({ dish, mine }) => `${dish.name} ${pounds(Number(mine))}`).join(', '))
          : null;
  return (
    <section className="publish-bar" aria-label={words.label}>
      <p role="status">
        <strong>{words.unsaved(open.length)}</strong>
        {stopped !== null && (
          <span className="publish-stopped">
            <Shape level="warn" /> {stopped}
          </span>
        )}
      </p>
      <Button variant="default" disabled={act.busy} onClick={() => void work.discard()}>
        {words.discard}
      </Button>
      <Button
        loading={act.busy}
        disabled={lost || conflicts.length > 0 || mistakes.length > 0}
        onClick={() => void work.publish()}
        rightSection={
          <span className="publish-keys" aria-hidden="true">
            <Key>{isMac ? '⌘' : 'Ctrl'}</Key> <Key>S</Key>
          </span>
        }
      >
        {words.publish(open.length)}
      </Button>
    </section>
  );
}
