import { Button } from '@mantine/core';
import { Key, Shape } from '#ui/signs.tsx';
import { isMac } from '../frame/shortcuts.ts';
import { texts } from './settings.texts.ts';

const words = texts.bar;

interface SaveBarProps {
  readonly unsaved: number;
  readonly conflicts: number;
  readonly mistakes: number;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

/** There only while something is not saved. */
export function SaveBar({ unsaved, conflicts, mistakes, busy, disabled, save, discard }: SaveBarProps) {
  if (unsaved === 0) return null;
  const stopped = conflicts > 0 ? words.undecided(conflicts) : mistakes > 0 ? words.wrong(mistakes) : null;
  return (
    <section className="save-bar" aria-label={words.label}>
      <p role="status">
        <strong>{words.unsaved(unsaved)}</strong>
        {stopped !== null && (
          <span className="save-bar-stopped">
            <Shape level="warn" /> {stopped}
          </span>
        )}
      </p>
      <Button variant="default" onClick={discard} disabled={busy}>
        {words.discard}
      </Button>
      <Button
        onClick={save}
        loading={busy}
        disabled={disabled || conflicts > 0}
        rightSection={
          <span className="save-bar-keys" aria-hidden="true">
            <Key>{isMac ? '⌘' : 'Ctrl'}</Key> <Key>S</Key>
          </span>
        }
      >
        {words.save}
      </Button>
    </section>
  );
}
