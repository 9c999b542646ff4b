import { Button } from '@mantine/core';
import { activityCalled } from '#api/actions.ts';
import { Shape } from '#ui/signs.tsx';
import { undoLatest } from '../../frame/undo.ts';
import { texts } from './import.texts.ts';
import { downloadProblems } from './review.tsx';
import type { ImportDraft, Imported, Line } from './use-import.ts';

const words = texts.report;

/** What an import came to, with the way back. */
export interface Outcome {
  readonly draft: ImportDraft;
  readonly imported: Imported;
  readonly left: readonly Line[];
  /** Dishes on the menu now. */
  readonly onMenu: number;
  readonly undone: boolean;
}

export function Report({ of, another, next }: { of: Outcome; another: () => void; next?: React.ReactNode }) {
  const { draft, imported, left, onMenu, undone } = of;
  if (undone) {
    return (
      <section className="import-report" role="status">
        <p>{words.undone(onMenu)}</p>
        <Button variant="default" onClick={another}>
          {words.another}
        </Button>
      </section>
    );
  }
  const lines = [
    ...(imported.added > 0 ? [words.added(imported.added)] : []),
    ...(imported.changed > 0 ? [words.changed(imported.changed)] : []),
    ...(imported.unchanged > 0 ? [words.unchanged(imported.unchanged)] : []),
    ...(imported.categories_added.length > 0 ? [words.categories(imported.categories_added.join(', '))] : []),
    ...(imported.stations_added.length > 0 ? [words.stations(imported.stations_added.join(', '))] : []),
  ];
  const title = texts.did(imported.added + imported.changed + imported.unchanged, draft.source);
  return (
    <section className="import-report" role="status">
      <h2>
        <Shape level="ok" /> {words.title(onMenu)}
      </h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {left.length > 0 && (
          <li>
            <Shape level="warn" /> {words.left(left.length)}{' '}
            <button type="button" className="plain" onClick={() => downloadProblems(draft, left)}>
              {texts.review.download(left.length)}
            </button>
          </li>
        )}
      </ul>
      <div className="import-actions">
        <Button variant="default" onClick={() => void undoLatest(activityCalled(title))}>
          {words.undo}
        </Button>
        <Button variant="default" onClick={another}>
          {words.another}
        </Button>
        {next}
      </div>
    </section>
  );
}
