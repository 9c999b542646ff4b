import { Modal } from '@mantine/core';
import { cash } from '#api/operations/cash.ts';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Loaded, Waiting } from '#ui/states.tsx';
import type { Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { ShiftReport } from './z-report.tsx';

/** What has happened up to now in a drawer that goes on taking cash. */
export function XReport({ session, close }: { session: Session; close: () => void }) {
  const clock = useClock();
  const report = useRead(cash.xReport, { params: { session_id: session.uuid } });
  return (
    <Modal opened onClose={close} title={texts.x.title} size={560}>
      <Loaded of={report} waiting={<Waiting rows={12} />}>
        {(x) => <ShiftReport report={x} about={texts.x.upTo(clock.time(x.made_at))} />}
      </Loaded>
    </Modal>
  );
}
