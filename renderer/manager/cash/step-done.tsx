import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { cash } from '#api/operations/cash.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Loaded, Trouble, Waiting } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { troubleInWords } from '../frame/facts/printers.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { BusinessDay } from './business-day.tsx';
import type { Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { ShiftReport } from './z-report.tsx';

const words = texts.z;
const LOOK_MS = 3_000;

interface DoneProps {
  readonly session: Session;
  /** Whether other drawers are still open, so that the day cannot end yet. */
  readonly othersOpen: boolean;
  readonly justClosed: boolean;
  readonly finish: () => void;
}

/** The Z report of a closed session, where its paper is, and the end of the business day. */
export function StepDone({ session, othersOpen, justClosed, finish }: DoneProps) {
  const report = useRead(cash.zReport, { params: { session_id: session.uuid } });
  const refresh = useRefresh();
  const lost = useIsLost();
  const act = useAct();

  async function printCopy(): Promise<void> {
    let said = '';
    const done = await act.run({
      title: words.copy(session.z_number ?? 0),
      run: async (key) => {
        const { data } = await change(cash.copyZ, { params: { session_id: session.uuid } }, { key });
        said = data.printer === null ? words.noPrinter : words.copied(data.copy, data.z_number, data.printer);
      },
    });
    if (!done) return;
    refresh(printers.list);
    notifications.show({ message: said });
  }
  useCommands([
    { id: 'cash.copy', label: words.print, group: frame.groups.page, keys: 'p', run: () => void printCopy() },
  ]);

  return (
    <div className="cash-columns">
      <Card title={words.title(session.z_number ?? 0)}>
        <Loaded of={report} waiting={<Waiting rows={12} />}>
          {(z) => <ShiftReport report={z} about={words.kept} />}
        </Loaded>
      </Card>
      <div className="cash-column">
        <section className="card" aria-label={words.print}>
          {justClosed && <Paper />}
          {act.problem !== null && <Trouble problem={act.problem} />}
          <div className="cash-buttons">
            <Button variant="default" loading={act.busy} disabled={lost} onClick={() => void printCopy()}>
              {words.print}
            </Button>
            <Button variant={justClosed ? 'filled' : 'default'} onClick={finish}>
              {justClosed ? words.finish : words.back}
            </Button>
          </div>
        </section>
        {justClosed && session.stop_at !== null && <BusinessDay closedAt={session.stop_at} othersOpen={othersOpen} />}
      </div>
    </div>
  );
}

/** Where the paper is: a printer that is down holds the close up by no second. */
function Paper() {
  const list = useRead(printers.list, {}, { every: LOOK_MS });
  return (
    <Loaded of={list}>
      {(all) => {
        const printer = all.find(({ is_receipt_printer }) => is_receipt_printer);
        const sentence =
          printer === undefined
            ? words.noPrinter
            : printer.problem === null
              ? words.sent(printer.name)
              : words.stuck(printer.name, troubleInWords(printer.problem));
        return (
          <p>
            <Shape level={printer === undefined || printer.problem !== null ? 'warn' : 'ok'} /> {sentence}
          </p>
        );
      }}
    </Loaded>
  );
}
