import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { printers } from '#api/operations/printers.ts';
import { useRefresh } from '#api/queries.ts';
import { Trouble } from '#ui/states.tsx';
import { placesOf } from '../printers/list.tsx';
import type { Printer } from '../printers/printers.rules.ts';
import { texts as ofPrinters } from '../printers/printers.texts.ts';
import { TestAnswer } from '../printers/test-answer.tsx';
import { texts } from './setup.texts.ts';

const words = texts.printers;

interface PrinterHereProps {
  readonly printer: Printer;
  /** It was added just now: printing its name is what comes next. */
  readonly isNew: boolean;
  readonly edit: () => void;
}

/** A printer that is set up: what it prints, and a slip with its name on it as the proof. */
export function PrinterHere({ printer, isNew, edit }: PrinterHereProps) {
  const [slip, setSlip] = useState<string | null>(null);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const { id, name, address } = printer;
  async function test(): Promise<void> {
    await act.run({
      title: ofPrinters.test.activity(name),
      run: async (key) => {
        const { data } = await change(printers.test, { params: { printer_id: id } }, { key });
        setSlip(data.job_id);
      },
    });
    refresh(printers.jobs);
  }
  return (
    <li>
      <div className="setup-printer">
        <div>
          <p className="setup-choice-name">{name}</p>
          <p className="soft">
            <span className="figure">{address}</span> · {placesOf(printer)}
          </p>
        </div>
        {slip === null && (
          <Button size="xs" autoFocus={isNew} loading={act.busy} disabled={lost} onClick={() => void test()}>
            {words.print}
          </Button>
        )}
      </div>
      {act.problem !== null && <Trouble problem={act.problem} />}
      {slip !== null && (
        <TestAnswer
          key={slip}
          printer={printer}
          jobId={slip}
          again={() => void test()}
          edit={edit}
          done={() => setSlip(null)}
        />
      )}
    </li>
  );
}
