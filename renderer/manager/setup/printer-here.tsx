import { Button } from '@mantine/core';
import { useIsLost } from '#api/connection.ts';
import { Trouble } from '#ui/states.tsx';
import { placesOf } from '../printers/list.tsx';
import type { Printer } from '../printers/printers.rules.ts';
import { TestAnswer } from '../printers/test-answer.tsx';
import { useTestSlip } from '../printers/use-test-slip.ts';
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
  const { act, slip, test, done } = useTestSlip(printer);
  const lost = useIsLost();
  const { name, address } = printer;
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
        <TestAnswer key={slip} printer={printer} jobId={slip} again={() => void test()} edit={edit} done={done} />
      )}
    </li>
  );
}
