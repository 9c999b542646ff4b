import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { Card, Page } from '#ui/page.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { type Station, StationForm } from '../stations/station-form.tsx';
import { Detail } from './detail.tsx';
import { newPrinter, PrinterForm } from './form.tsx';
import { PrinterList } from './list.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';
import { Routing } from './routing.tsx';
import { Search } from './search.tsx';
import type { Fields } from './use-printer-form.ts';
import './printers.css';

/** Slips that wait tell no fact, so the list is looked at again now and then. */
const LOOK_MS = 2_000;

type Layer =
  | { kind: 'search' }
  | { kind: 'form'; printer: Printer | null; begun: Fields }
  | { kind: 'station'; station: Station | null }
  | null;

/** Every printer, what is true of it, and what can be done about it. */
export default function Printers() {
  const { printer_id: chosen } = useParams();
  const go = useNavigate();
  const lost = useIsLost();
  const list = useRead(printers.list, {}, { every: LOOK_MS });
  const [layer, setLayer] = useState<Layer>(null);
  const close = () => setLayer(null);
  const add = (begun: Partial<Fields> = {}) =>
    setLayer({ kind: 'form', printer: null, begun: { ...newPrinter, ...begun } });
  const group = frame.groups.page;
  useCommands([
    { id: 'printers.add', label: texts.add, group, keys: 'n', run: () => add() },
    {
      id: 'printers.station',
      label: texts.routing.add,
      group,
      keys: 's',
      run: () => setLayer({ kind: 'station', station: null }),
    },
    { id: 'printers.find', label: texts.find, group, keys: 'f', run: () => setLayer({ kind: 'search' }) },
  ]);
  return (
    <Page
      title={texts.title}
      lead={list.data === undefined ? undefined : texts.lead(list.data.length)}
      actions={
        <>
          <Button variant="default" disabled={lost} onClick={() => add()}>
            {texts.add}
          </Button>
          <Button disabled={lost} onClick={() => setLayer({ kind: 'search' })}>
            {texts.find}
          </Button>
        </>
      }
    >
      <Loaded of={list} waiting={<Waiting rows={5} height={64} />}>
        {(all) => {
          const printer = all.find(({ id }) => id === chosen) ?? all.find(({ problem }) => problem !== null) ?? all[0];
          return (
            <div className="printer-columns">
              <div className="printer-column">
                {all.length === 0 ? (
                  <Card title={texts.empty}>
                    <p className="soft">{texts.emptyHint}</p>
                  </Card>
                ) : (
                  <PrinterList all={all} chosen={printer?.id} />
                )}
                <Routing
                  printers={all}
                  add={() => setLayer({ kind: 'station', station: null })}
                  edit={(station) => setLayer({ kind: 'station', station })}
                />
              </div>
              {printer !== undefined && (
                <Detail
                  key={printer.id}
                  printer={printer}
                  others={all.filter(({ id }) => id !== printer.id)}
                  edit={() => setLayer({ kind: 'form', printer, begun: newPrinter })}
                  onRemoved={() => void go('/printers')}
                />
              )}
            </div>
          );
        }}
      </Loaded>
      {layer?.kind === 'search' && <Search close={close} add={add} />}
      {layer?.kind === 'station' && <StationForm station={layer.station} close={close} />}
      {layer?.kind === 'form' && (
        <PrinterForm
          printer={list.data?.find(({ id }) => id === layer.printer?.id) ?? layer.printer}
          begun={layer.begun}
          close={close}
          onSaved={(id) => {
            close();
            void go(`/printers/${id}`);
          }}
        />
      )}
    </Page>
  );
}
