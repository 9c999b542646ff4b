import { Button } from '@mantine/core';
import { useState } from 'react';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { say } from '../frame/say.tsx';
import { Jobs } from './jobs.tsx';
import { placesOf } from './list.tsx';
import { Paper } from './paper.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';
import { TestAnswer } from './test-answer.tsx';
import { useTestSlip } from './use-test-slip.ts';

interface DetailProps {
  readonly printer: Printer;
  readonly others: readonly Printer[];
  readonly edit: () => void;
  readonly onRemoved: () => void;
}

/** One printer: a test with its question, its slips, and what stands on them. */
export function Detail({ printer, others, edit, onRemoved }: DetailProps) {
  const [chosen, choose] = useState<string | null>(null);
  const { act, slip, test, done } = useTestSlip(printer, choose);
  const lost = useIsLost();
  const refresh = useRefresh();
  const models = useRead(printers.models, {});
  const model = models.data?.find(({ id }) => id === printer.model)?.name ?? printer.model;
  const params = { printer_id: printer.id };

  async function remove(): Promise<void> {
    const title = texts.removed(printer.name);
    const removed = await act.run({
      title,
      run: (key) => change(printers.remove, { params }, { key }),
      undo: () => change(printers.restore, { params }),
    });
    refresh(printers.list);
    say(title, removed);
    if (removed) onRemoved();
  }
  const group = frame.groups.page;
  useCommands([{ id: 'printers.test', label: texts.test.go, group, keys: 't', run: () => void test() }]);

  return (
    <div className="printer-detail">
      <Card title={printer.name}>
        <p className="soft">
          {model} · <span className="figure">{printer.address}</span> · {placesOf(printer)}
        </p>
        {act.problem !== null && <Trouble problem={act.problem} />}
        {slip === null ? (
          <div className="printer-buttons">
            <Button variant="default" loading={act.busy} disabled={lost} onClick={() => void test()}>
              {texts.test.go}
            </Button>
            <Button variant="default" disabled={lost} onClick={edit}>
              {texts.edit}
            </Button>
            <Button variant="default" color="bad" disabled={lost} onClick={() => void remove()}>
              {texts.remove}
            </Button>
          </div>
        ) : (
          <TestAnswer key={slip} printer={printer} jobId={slip} again={() => void test()} edit={edit} done={done} />
        )}
      </Card>
      <div className="printer-slips">
        <Jobs printer={printer} others={others} chosen={chosen} choose={choose} />
        <Paper printer={printer} jobId={chosen} />
      </div>
    </div>
  );
}
