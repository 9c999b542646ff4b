import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { importLimits } from '#contract/menu-import.ts';
import { download } from '#ui/download.ts';
import { Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
import type { Field } from './columns.rules.ts';
import { Columns } from './columns.tsx';
import { asCsv } from './file.rules.ts';
import { texts } from './import.texts.ts';
import { Lines, levels, sentence } from './lines.tsx';
import type { Place } from './place.rules.ts';
import type { Fate } from './rows.rules.ts';
import { freshOf, type ImportDraft, type Imported, type Line, useBringIn, useLines } from './use-import.ts';

const words = texts.review;
const fates = ['new', 'update', 'same', 'problem'] as const;

interface ReviewProps {
  readonly draft: ImportDraft;
  readonly place: Place;
  readonly set: (part: Partial<ImportDraft>) => void;
  readonly again: () => void;
  readonly undone: (onMenu: number) => void;
  readonly done: (imported: Imported, left: readonly Line[]) => void;
}

/** Everything that will come in, before it does. */
export function Review({ draft, place, set, again, undone, done }: ReviewProps) {
  const { lines, counts } = useLines(draft, place);
  const [show, setShow] = useState<Fate | 'all'>('all');
  const { act, bringIn } = useBringIn(undone);
  const lost = useIsLost();
  const fresh = freshOf(draft, lines, place);
  const has = (field: Field): boolean =>
    draft.mapping.includes(field) || lines.some(({ at }) => draft.typed[at]?.[field]);
  const problems = lines.filter(({ fate }) => fate === 'problem');
  const kept = show !== 'all' && counts[show] === 0 ? 'all' : show;
  const shown = kept === 'all' ? lines : lines.filter(({ fate }) => fate === kept);
  const wrong = new Set(problems.flatMap((line) => line.problems.map(({ field }) => field)));
  const more = [
    ...(['vat', 'station', 'allergens'] as const).filter(has),
    ...(['kitchen', 'description'] as const).filter((field) => wrong.has(field)),
  ];
  const lacks = !has('name') ? words.noName : !has('price') ? words.noPrice : null;
  const type = (at: number, field: Field, text: string): void =>
    set({ typed: { ...draft.typed, [at]: { ...draft.typed[at], [field]: text } } });
  const ready = fresh.wanted.length;

  async function go(): Promise<void> {
    const imported = await bringIn(draft, fresh);
    if (imported !== null) done(imported, problems);
  }
  return (
    <section className="import-review" aria-label={words.title(draft.source)}>
      <header className="import-head">
        <h2>{draft.source}</h2>
        <p role="status" className="import-counts">
          <span className="soft">{words.lines(lines.length)}</span>
          {fates.map((fate) =>
            counts[fate] === 0 ? null : (
              <span key={fate}>
                <Shape level={levels[fate]} /> {words.counts[fate](counts[fate])}
              </span>
            ),
          )}
        </p>
        <Button variant="default" size="xs" onClick={again}>
          {words.again}
        </Button>
      </header>
      {draft.template === null ? (
        <Columns draft={draft} set={set} />
      ) : (
        <p className="soft">{words.allergensTemplate}</p>
      )}
      <div className="import-settings">
        {!has('category') && (
          <TextInput
            size="xs"
            label={words.category}
            value={draft.category}
            maxLength={importLimits.name}
            onKeyDown={(event) => {
              // It may stand in a form that is not sent by this.
              if (event.key === 'Enter') event.preventDefault();
            }}
            onChange={(event) => set({ category: event.currentTarget.value })}
          />
        )}
        {fresh.wanted.some(({ station }) => station === undefined) && place.stations.length > 0 && (
          <NativeSelect
            size="xs"
            label={words.station}
            value={fresh.station}
            data={[...place.stations]}
            onChange={(event) => set({ station: event.currentTarget.value })}
          />
        )}
      </div>
      <ul className="import-makes soft">
        {fresh.categories.length > 0 && <li>{words.makesCategories(fresh.categories.join(', '))}</li>}
        {fresh.stations.length > 0 && <li>{words.makesStations(fresh.stations.join(', '))}</li>}
        {!has('vat') && <li>{words.usualVat}</li>}
      </ul>
      {lacks !== null ? (
        <p className="import-lacks" role="alert">
          <Shape level="warn" /> {lacks}
        </p>
      ) : (
        <>
          {fates.filter((fate) => counts[fate] > 0).length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={words.show}
              value={kept}
              onChange={(value) => setShow(value as Fate | 'all')}
              data={[
                { value: 'all', label: words.all },
                ...fates
                  .filter((fate) => counts[fate] > 0)
                  .map((fate) => ({ value: fate, label: words.counts[fate](counts[fate]) })),
              ]}
            />
          )}
          <Lines lines={shown} more={more} type={type} />
        </>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
      <footer className="import-bar">
        <p role="status">
          {ready === 0 && problems.length === 0 && lacks === null && words.nothing}
          {ready === 0 && problems.length > 0 && lacks === null && words.nothingReady}
          {ready > 0 && problems.length > 0 && words.left(problems.length)}
        </p>
        {problems.length > 0 && lacks === null && (
          <Button variant="default" onClick={() => downloadProblems(draft, problems)}>
            {words.download(problems.length)}
          </Button>
        )}
        <Button loading={act.busy} disabled={ready === 0 || lost || lacks !== null} onClick={() => void go()}>
          {words.go(ready)}
        </Button>
      </footer>
    </section>
  );
}

/** The lines that are left out, as they stand in the file, each with what is wrong. */
export function downloadProblems(draft: ImportDraft, problems: readonly Line[]): void {
  const width = draft.mapping.length;
  const heading = draft.header
    ? (draft.cells[0] ?? [])
    : draft.mapping.map((field, at) => (field === null ? words.nth(at + 1) : words.fields[field]));
  const lines = problems.map(({ at, problems: found }) => [
    ...(draft.cells[at] ?? []).slice(0, width),
    found.map(sentence).join(' '),
  ]);
  download('menu-problems.csv', asCsv([[...heading, words.whatIsWrong], ...lines]));
}
