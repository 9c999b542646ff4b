import { Checkbox, NativeSelect } from '@mantine/core';
import { type Field, fields, withColumn } from './columns.rules.ts';
import { texts } from './import.texts.ts';
import type { ImportDraft } from './use-import.ts';

const words = texts.review;

/** What each column of the file is, as guessed from its heading, to be put right where that went wrong. */
export function Columns({ draft, set }: { draft: ImportDraft; set: (part: Partial<ImportDraft>) => void }) {
  const { cells, header, mapping } = draft;
  const first = cells[header ? 1 : 0] ?? [];
  const choices = [
    { value: '', label: words.ignore },
    ...fields.map((field) => ({ value: field, label: words.fields[field] })),
  ];
  return (
    <section className="import-columns" aria-label={words.columns}>
      <header>
        <h2>{words.columns}</h2>
        <Checkbox
          label={words.header}
          checked={header}
          onChange={(event) => set({ header: event.currentTarget.checked })}
        />
      </header>
      <ul>
        {mapping.map((field, at) => {
          const heading = header ? (cells[0]?.[at] ?? '') : '';
          const label = heading === '' ? words.nth(at + 1) : words.column(heading);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <li key={at}>
              <NativeSelect
                size="xs"
                label={label}
                description={first[at] === '' ? undefined : first[at]}
                value={field ?? ''}
                data={choices}
                onChange={(event) => {
                  const chosen = event.currentTarget.value;
                  set({ mapping: withColumn(mapping, at, chosen === '' ? null : (chosen as Field)) });
                }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
