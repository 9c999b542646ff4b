import { Button } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { Loaded } from '#ui/states.tsx';
import { newPrinter, PrinterForm } from '../printers/form.tsx';
import type { Printer } from '../printers/printers.rules.ts';
import { Searching } from '../printers/searching.tsx';
import { useSearch } from '../printers/use-search.ts';
import { PrinterHere } from './printer-here.tsx';
import { PrinterJob } from './printer-job.tsx';
import { texts } from './setup.texts.ts';
import '../printers/printers.css';

const words = texts.printers;
/** Slips that wait tell no fact. */
const LOOK_MS = 2_000;

/** The printers of this network: which is for what, and whether paper comes out. */
export function PrintersStep() {
  const known = useRead(printers.list, {}, { every: LOOK_MS });
  const search = useSearch();
  const lost = useIsLost();
  /** The address that is being added; empty for one that is typed. */
  const [adding, setAdding] = useState<{ address: string; name: string } | null>(null);
  /** Where the keyboard goes on: at the printer that was added, or, after none was, where its address is typed. */
  const [closed, setClosed] = useState<{ added: string | null } | null>(null);
  const [editing, setEditing] = useState<Printer | null>(null);
  const inUse = new Set(known.data?.map(({ address }) => address));
  const strangers = search.all.filter(({ address }) => !inUse.has(address));
  return (
    <Loaded of={known}>
      {(all) => (
        <>
          {all.length > 0 && (
            <ul className="setup-printers" aria-label={words.here}>
              {all.map((printer) => (
                <PrinterHere
                  key={printer.id}
                  printer={printer}
                  isNew={closed?.added === printer.id}
                  edit={() => setEditing(printer)}
                />
              ))}
            </ul>
          )}
          {adding === null ? (
            <>
              {search.lookedAt !== null && search.all.length > 0 && strangers.length === 0 ? (
                <p className="soft">{words.noOther}</p>
              ) : (
                <Searching {...search} all={strangers} />
              )}
              {strangers.length > 0 && (
                <ul className="lines" aria-label={words.found}>
                  {strangers.map(({ address, name }) => (
                    <li key={address}>
                      <span>{name ?? words.unnamed}</span>
                      <span className="soft figure">{address}</span>
                      <Button
                        size="compact-sm"
                        disabled={lost}
                        aria-label={words.addLabel(address)}
                        onClick={() => setAdding({ address, name: name ?? '' })}
                      >
                        {words.use}
                      </Button>
                    </li>
                  ))}
                </ul>
              )}
              <div className="setup-more-ways">
                {search.isLooking ? (
                  <Button variant="default" size="xs" onClick={search.stop}>
                    {words.stop}
                  </Button>
                ) : (
                  <Button variant="default" size="xs" disabled={lost} onClick={search.look}>
                    {words.again}
                  </Button>
                )}
                <Button
                  variant="default"
                  size="xs"
                  disabled={lost}
                  autoFocus={closed?.added === null}
                  onClick={() => setAdding({ address: '', name: '' })}
                >
                  {words.byHand}
                </Button>
              </div>
            </>
          ) : (
            <PrinterJob
              found={adding}
              others={all}
              close={(added) => {
                setClosed({ added });
                setAdding(null);
              }}
            />
          )}
          {editing !== null && (
            <PrinterForm
              printer={all.find(({ id }) => id === editing.id) ?? editing}
              begun={newPrinter}
              close={() => setEditing(null)}
              onSaved={() => setEditing(null)}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
