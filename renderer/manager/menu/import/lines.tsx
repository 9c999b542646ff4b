import { Button } from '@mantine/core';
import { useState } from 'react';
import { pounds } from '#ui/format.ts';
import { Chip, type Level } from '#ui/signs.tsx';
import { texts as menu } from '../menu.texts.ts';
import { rateOf } from './cells.rules.ts';
import type { Field } from './columns.rules.ts';
import { texts } from './import.texts.ts';
import type { Fate, Problem } from './rows.rules.ts';
import type { Line } from './use-import.ts';

const words = texts.review;
const AT_ONCE = 100;
export const levels: Readonly<Record<Fate, Level>> = { new: 'ok', update: 'info', same: 'neutral', problem: 'bad' };

export const sentence = ({ trouble, about = '' }: Problem): string => {
  if (trouble === 'allergenUnknown' || trouble === 'twice') return texts.mistakes[trouble](about);
  return texts.mistakes[trouble];
};

interface LinesProps {
  readonly lines: readonly Line[];
  /** Besides name, category and price. */
  readonly more: readonly Field[];
  readonly type: (at: number, field: Field, text: string) => void;
}

/** Every line as it will come in. What is wrong can be typed over right there. */
export function Lines({ lines, more, type }: LinesProps) {
  const [shown, setShown] = useState(AT_ONCE);
  const wrong = new Set(lines.flatMap(({ problems }) => problems.map(({ field }) => field)));
  const widths = {
    '--more': more.length,
    '--wrong': more.filter((field) => wrong.has(field)).length,
  } as React.CSSProperties;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is narrow, so the keyboard has to be able to reach it */}
      <div className="import-frame" tabIndex={0}>
        <table className="import-lines" style={widths}>
          <thead>
            <tr>
              <th scope="col" className="import-nth">
                {words.line}
              </th>
              <th scope="col">{words.fields.name}</th>
              <th scope="col" className="import-category">
                {words.fields.category}
              </th>
              <th scope="col" className="import-price">
                {words.fields.price}
              </th>
              {more.map((field) => (
                <th
                  key={field}
                  scope="col"
                  className={`import-more import-${field}`}
                  data-wrong={wrong.has(field) || undefined}
                >
                  {words.fields[field]}
                </th>
              ))}
              <th scope="col" className="import-fate">
                {words.fate}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, shown).map((line) => (
              <tr key={line.at} data-fate={line.fate}>
                <td className="import-nth figure soft">{line.at + 1}</td>
                <Cell line={line} field="name" type={type} />
                <Cell line={line} field="category" type={type} />
                <Cell line={line} field="price" type={type} />
                {more.map((field) => (
                  <Cell key={field} line={line} field={field} type={type} more={wrong.has(field) ? 'wrong' : 'well'} />
                ))}
                <td className="import-fate">
                  <Chip level={levels[line.fate]}>{words.fates[line.fate]}</Chip>
                  <Remarks line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > shown && (
        <Button variant="default" size="xs" onClick={() => setShown(shown + AT_ONCE)}>
          {words.more(Math.min(AT_ONCE, lines.length - shown))}
        </Button>
      )}
    </>
  );
}

interface CellProps extends Pick<LinesProps, 'type'> {
  readonly line: Line;
  readonly field: Field;
  /** In a column that a narrow card shows only where something in it is wrong. */
  readonly more?: 'wrong' | 'well';
}

/** What was understood, in the words of the menu; as it was written while it is not. */
function understood({ dish, text }: Line, field: Field): string {
  if (dish === null) return text[field];
  if (field === 'price') return pounds(dish.price);
  if (field === 'vat' && dish.vat_bps !== undefined) return `${dish.vat_bps / 100} %`;
  if (field === 'allergens') return (dish.allergens ?? []).map((one) => menu.allergens.names[one]).join(', ');
  return text[field];
}

/** A field of a line, to be typed over; what is wrong with it stands below. */
function Cell({ line, field, type, more }: CellProps) {
  const problem = line.problems.find((one) => one.field === field);
  const [typed, setTyped] = useState<string | null>(null);
  const text = line.text[field];
  const mistake = `${line.at}-${field}-mistake`;
  const done = (): void => {
    if (typed !== null && typed.trim() !== text) type(line.at, field, typed.trim());
    setTyped(null);
  };
  return (
    <td
      className={more === undefined ? `import-${field}` : `import-more import-${field}`}
      data-wrong={more === 'wrong' || undefined}
    >
      <input
        className="import-input"
        aria-label={words.of(words.fields[field], line.at + 1)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : mistake}
        title={understood(line, field)}
        value={typed ?? understood(line, field)}
        spellCheck={false}
        onFocus={() => setTyped(text)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          // Neither sends nor leaves the form that this may stand in.
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') setTyped(text);
          else event.currentTarget.blur();
        }}
      />
      {problem !== undefined && (
        <span id={mistake} className="import-mistake">
          {sentence(problem)}
        </span>
      )}
    </td>
  );
}

/** What was read otherwise than it was written, and what a dish cost until now. */
function Remarks({ line: { notes, text, dish, was } }: { line: Line }) {
  const said = notes.map(({ field, note }) => {
    if (note === 'asAbove') return texts.notes.asAbove;
    if (field === 'vat') return texts.notes.fraction(text.vat, `${(rateOf(text.vat)?.bps ?? 0) / 100} %`);
    return note === 'fraction' ? '' : texts.notes[note](text.price, pounds(dish?.price ?? 0));
  });
  if (was !== undefined && dish !== null && was.price !== dish.price) said.push(words.was(pounds(was.price)));
  return said.length === 0 ? null : <span className="soft import-remarks">{said.join(' · ')}</span>;
}
