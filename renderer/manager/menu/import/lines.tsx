import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { pounds } from '#ui/format.ts';
import { Chip, type Level } from '#ui/signs.tsx';
import { rateOf } from './cells.rules.ts';
import type { Field } from './columns.rules.ts';
import { texts } from './import.texts.ts';
import type { Fate, Problem } from './rows.rules.ts';
import type { Line } from './use-import.ts';

const words = texts.review;
const AT_ONCE = 100;
const levels: Readonly<Record<Fate, Level>> = { new: 'ok', update: 'info', same: 'neutral', problem: 'bad' };

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
  return (
    <>
      <div className="import-frame">
        <table className="import-lines">
          <thead>
            <tr>
              <th scope="col" className="import-nth">
                {words.line}
              </th>
              <th scope="col">{words.fields.name}</th>
              <th scope="col">{words.fields.category}</th>
              <th scope="col" className="import-price">
                {words.fields.price}
              </th>
              {more.map((field) => (
                <th key={field} scope="col">
                  {words.fields[field]}
                </th>
              ))}
              <th scope="col">{words.fate}</th>
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
                  <Cell key={field} line={line} field={field} type={type} />
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

function Cell({ line, field, type }: { line: Line; field: Field } & Pick<LinesProps, 'type'>) {
  const problem = line.problems.find((one) => one.field === field);
  const [typed, setTyped] = useState<string | null>(null);
  const text = line.text[field];
  if (problem === undefined) {
    const isPrice = field === 'price' && line.dish !== null;
    return <td className={`import-${field}`}>{isPrice ? pounds(line.dish?.price ?? 0) : text}</td>;
  }
  const done = (): void => {
    if (typed !== null && typed.trim() !== text) type(line.at, field, typed.trim());
    setTyped(null);
  };
  return (
    <td className={`import-${field}`}>
      <TextInput
        size="xs"
        aria-label={words.of(words.fields[field], line.at + 1)}
        value={typed ?? text}
        error={sentence(problem)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
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
