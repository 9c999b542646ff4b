import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { backups } from '#api/operations/backups.ts';
import { ApiProblem } from '#api/problem.ts';
import { queries } from '#api/queries.ts';
import type { BackupDto, PreviewDto, RestoredDto } from '#contract/backups.ts';
import { pounds, useClock } from '#ui/format.ts';
import { Trouble, Waiting } from '#ui/states.tsx';
import { Working } from '#ui/working.tsx';
import { texts } from './backups.texts.ts';

const words = texts.wizard;
/** A big restaurant's database is copied twice, and looked at whole. */
const PATIENCE_MS = 300_000;

/** From a backup that was chosen: what would be lost, the name to confirm, the work, the report. */
export function RestoreWizard({ backup, close }: { backup: BackupDto; close: () => void }) {
  const clock = useClock();
  const act = useAct();
  const lost = useIsLost();
  const [typed, setTyped] = useState('');
  const [report, setReport] = useState<RestoredDto | null>(null);
  const preview = useQuery({
    queryKey: [backups.preview.operation, backup.id],
    queryFn: ({ signal }) => change(backups.preview, { params: { id: backup.id } }, { signal }),
    gcTime: 0,
  });
  const title = report === null ? words.title(clock.short(backup.made_at)) : words.done;

  async function restore(): Promise<void> {
    const done = await act.run({
      title: words.title(clock.short(backup.made_at)),
      run: async (key) => {
        const { data } = await change(
          backups.restore,
          { params: { id: backup.id }, body: { store_name: typed } },
          { key, patienceMs: PATIENCE_MS },
        );
        setReport(data);
      },
    });
    // A new history: nothing that was loaded before is to be trusted.
    if (done) void queries.invalidateQueries();
  }
  const { problem } = act;
  const beside = problem instanceof ApiProblem ? problem.fields['store_name'] : undefined;
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size="lg"
      closeOnEscape={!act.busy}
      closeOnClickOutside={false}
      withCloseButton={!act.busy}
    >
      {report !== null ? (
        <div className="restore">
          <p className="restore-sentence" role="status">
            {report.sentence}
          </p>
          <p>{words.report}</p>
          <SafetyBackup id={report.safety_backup} />
          <div className="restore-row">
            <Button onClick={close} data-autofocus>
              {words.close}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="restore"
          onSubmit={(event) => {
            event.preventDefault();
            void restore();
          }}
        >
          {preview.error !== null && <Trouble problem={preview.error} again={() => void preview.refetch()} />}
          {preview.data === undefined && preview.error === null && <Waiting rows={3} />}
          {preview.data !== undefined && (
            <>
              <Losses of={preview.data.data} />
              <p>{words.safety}</p>
              <TextInput
                label={words.confirm(preview.data.data.restaurant)}
                error={beside}
                autoComplete="off"
                spellCheck={false}
                disabled={act.busy}
                data-autofocus
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </>
          )}
          {act.busy && (
            <div className="backup-progress" role="status">
              <p>{words.working}</p>
              <Working about={words.working} />
            </div>
          )}
          {problem !== null && beside === undefined && <Trouble problem={problem} />}
          <div className="restore-row">
            <Button variant="default" onClick={close} disabled={act.busy}>
              {words.cancel}
            </Button>
            <Button
              type="submit"
              color="bad"
              loading={act.busy}
              disabled={lost || preview.data === undefined || typed.trim() === ''}
            >
              {words.go}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

function Losses({ of }: { of: PreviewDto }) {
  const clock = useClock();
  const { lost, sentence } = of;
  const some = lost.orders + lost.payments + lost.refunds > 0;
  const parts = [
    ...(lost.payments === 0 ? [] : [words.payments(pounds(lost.payments_amount))]),
    ...(lost.refunds === 0 ? [] : [words.refunds(lost.refunds)]),
  ];
  return (
    <section className={some ? 'losses losses-some' : 'losses'} aria-label={words.lose}>
      <p className="restore-sentence">{sentence}</p>
      {parts.length > 0 && (
        <ul>
          {parts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
      {some && lost.first_at !== null && lost.last_at !== null && (
        <p className="soft">{words.between(clock.short(lost.first_at), clock.short(lost.last_at))}</p>
      )}
    </section>
  );
}

/** Its name begins with when it was made. */
function SafetyBackup({ id }: { id: string }) {
  const clock = useClock();
  const made = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(id);
  if (made === null) return null;
  const [, year, month, day, hour, minute, second] = made;
  return <p>{words.back(clock.short(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`))}</p>;
}
