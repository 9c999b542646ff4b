import { Button, FileButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Trouble } from '#ui/states.tsx';
import { tableIn } from './columns.rules.ts';
import { cellsOf, type FileRead, type FileTrouble, fileLimits, readFile } from './file.rules.ts';
import { texts } from './import.texts.ts';
import { dishesOf, tableOf, templates } from './templates.rules.ts';
import type { ImportDraft } from './use-import.ts';

const words = texts.sources;
const nothingTyped = { typed: {}, category: texts.review.usualCategory, station: null } as const;

/** Where a menu can come from. `begin` is handed what was read. */
export function Sources({ begin }: { begin: (draft: ImportDraft) => void }) {
  const [trouble, setTrouble] = useState<FileTrouble | 'unreadable' | null>(null);
  const [pasted, setPasted] = useState('');
  const [over, setOver] = useState(false);

  function take(source: string, read: FileRead): void {
    const table = tableIn(read);
    if ('trouble' in table) setTrouble(table.trouble);
    else begin({ ...nothingTyped, ...table, source, template: null });
  }
  async function open(file: File | null | undefined): Promise<void> {
    if (file == null) return;
    setTrouble(null);
    try {
      // What is too big to be a menu is not read to its end.
      take(file.name, readFile(new Uint8Array(await file.slice(0, fileLimits.bytes + 1).arrayBuffer())));
    } catch {
      setTrouble('unreadable');
    }
  }
  function paste(text: string): void {
    setTrouble(null);
    take(
      words.pasted,
      new TextEncoder().encode(text).length > fileLimits.bytes ? { trouble: 'tooBig' } : cellsOf(text),
    );
  }
  return (
    <div className="import-sources">
      {trouble !== null && <Trouble problem={new Error(texts.troubles[trouble])} />}
      <section className="import-source" aria-label={words.template}>
        <h2>{words.template}</h2>
        <p className="soft">{words.templateAbout}</p>
        <ul className="import-templates">
          {templates.map((template) => {
            const name = words.templates[template.id];
            return (
              <li key={template.id}>
                <button
                  type="button"
                  className="import-template"
                  onClick={() =>
                    begin({
                      ...nothingTyped,
                      ...tableOf(template),
                      source: words.templateTitle(name),
                      template: template.id,
                      header: false,
                    })
                  }
                >
                  <strong>{name}</strong>
                  <span className="soft">
                    {words.templateHas(dishesOf(template), template.categories.map((one) => one.name).join(', '))}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      <section
        className="import-source import-drop"
        aria-label={words.file}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void open(event.dataTransfer.files[0]);
        }}
      >
        <h2>{words.file}</h2>
        <p className="soft">{words.fileAbout}</p>
        <FileButton
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          onChange={(file) => void open(file)}
        >
          {(props) => (
            <Button {...props} variant="default">
              {words.chooseFile}
            </Button>
          )}
        </FileButton>
        <details>
          <summary>{words.excel}</summary>
          <p className="soft">{words.excelHow}</p>
        </details>
      </section>
      <section className="import-source" aria-label={words.paste}>
        <h2>{words.paste}</h2>
        <p className="soft">{words.pasteAbout}</p>
        <Textarea
          aria-label={words.pasteLabel}
          minRows={3}
          maxRows={6}
          autosize
          value={pasted}
          spellCheck={false}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <Button variant="default" disabled={pasted.trim() === ''} onClick={() => paste(pasted)}>
          {words.pasteGo}
        </Button>
      </section>
    </div>
  );
}
