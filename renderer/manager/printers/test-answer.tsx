import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { Chip, Shape } from '#ui/signs.tsx';
import { type Printer, slipState } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

const words = texts.test;
const LOOK_MS = 1_000;

interface TestAnswerProps {
  readonly printer: Printer;
  readonly jobId: string;
  readonly again: () => void;
  readonly edit: () => void;
  readonly done: () => void;
}

/** Only eyes at the printer know whether paper came out, and out of which one. */
export function TestAnswer({ printer, jobId, again, edit, done }: TestAnswerProps) {
  const [answer, setAnswer] = useState<'yes' | 'no' | 'wrong' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const jobs = useRead(printers.jobs, { params: { printer_id: printer.id } }, { every: LOOK_MS });
  const job = jobs.data?.find(({ id }) => id === jobId);
  const [level, word] = job === undefined ? (['info', texts.jobs.states.queued] as const) : slipState(job);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  return (
    <div className="test-answer" ref={box}>
      <p className="test-question">
        {words.question(printer.name)} <Chip level={level}>{word}</Chip>
      </p>
      {answer === null && (
        <div className="printer-buttons">
          <Button onClick={() => setAnswer('yes')}>{words.yes}</Button>
          <Button variant="default" onClick={() => setAnswer('no')}>
            {words.no}
          </Button>
          <Button variant="default" onClick={() => setAnswer('wrong')}>
            {words.wrong}
          </Button>
        </div>
      )}
      {answer !== null && (
        <>
          <p role="status">
            <Shape level={answer === 'yes' ? 'ok' : 'warn'} />{' '}
            {answer === 'yes' ? words.good(printer.name) : answer === 'no' ? words.noHint : words.wrongHint}
          </p>
          <div className="printer-buttons">
            {answer === 'yes' ? (
              <Button onClick={done}>{texts.search.done}</Button>
            ) : (
              <>
                <Button onClick={again}>{words.again}</Button>
                <Button variant="default" onClick={edit}>
                  {texts.edit}
                </Button>
                <Button variant="default" onClick={done}>
                  {texts.search.done}
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}
