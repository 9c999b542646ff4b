import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { cash } from '#api/operations/cash.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Loaded, Trouble, Waiting } from '#ui/states.tsx';
import type { Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { ShiftReport } from './z-report.tsx';

/** What has happened up to now in a drawer that goes on taking cash. */
export function XReport({ session, close }: { session: Session; close: () => void }) {
  const clock = useClock();
  const params = { session_id: session.uuid };
  const report = useRead(cash.xReport, { params });
  const refresh = useRefresh();
  const lost = useIsLost();
  const act = useAct();

  async function print(): Promise<void> {
    let said = '';
    const done = await act.run({
      title: texts.x.title,
      run: async (key) => {
        const { data } = await change(cash.printX, { params }, { key });
        said = data.printer === null ? texts.x.noPrinter : texts.x.printed(data.printer);
      },
    });
    if (!done) return;
    refresh(printers.list);
    notifications.show({ message: said });
  }
  return (
    <Modal opened onClose={close} title={texts.x.title} size={560}>
      <Loaded of={report} waiting={<Waiting rows={12} />}>
        {(x) => <ShiftReport report={x} about={texts.x.upTo(clock.time(x.made_at))} />}
      </Loaded>
      {act.problem !== null && <Trouble problem={act.problem} />}
      <div className="cash-buttons x-foot">
        <Button variant="default" loading={act.busy} disabled={lost} onClick={() => void print()}>
          {texts.x.print}
        </Button>
      </div>
    </Modal>
  );
}
