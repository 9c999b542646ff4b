import { Button, Group, Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble, Waiting } from '#ui/states.tsx';
import { troubleInWords } from '../frame/facts/printers.ts';
import { say } from '../frame/say.tsx';
import { canBeHelped, type Job, type Printer, slipState } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

const words = texts.jobs;
const LOOK_MS = 3_000;
const SHOWN = 12;

interface JobsProps {
  readonly printer: Printer;
  readonly others: readonly Printer[];
  readonly chosen: string | null;
  readonly choose: (jobId: string) => void;
}

/** A printer's latest slips and what can be done about those that are not on paper. */
export function Jobs({ printer, others, chosen, choose }: JobsProps) {
  const clock = useClock();
  const jobs = useRead(printers.jobs, { params: { printer_id: printer.id } }, { every: LOOK_MS });
  return (
    <Card title={words.title}>
      <Loaded of={jobs} waiting={<Waiting rows={5} height={32} />}>
        {(all) =>
          all.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            <ul className="slips">
              {shown(all).map((job) => {
                const [level, word] = slipState(job);
                return (
                  <li key={job.id} data-chosen={job.id === chosen || undefined}>
                    <div className="slip-head">
                      <button
                        type="button"
                        className="plain"
                        aria-label={words.paper(job.title)}
                        onClick={() => choose(job.id)}
                      >
                        {job.title}
                      </button>
                      <span className="soft figure">{clock.short(job.created_at)}</span>
                      <Chip level={level}>{word}</Chip>
                    </div>
                    {canBeHelped(job) && <Help printer={printer} others={others} job={job} />}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

/** The latest, and however old whatever still waits. */
const shown = (all: readonly Job[]): readonly Job[] => all.filter((job, at) => at < SHOWN || canBeHelped(job));

function Help({ printer, others, job }: { printer: Printer; others: readonly Printer[]; job: Job }) {
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const params = { printer_id: printer.id, job_id: job.id };

  async function run(title: string, send: (key: string) => Promise<unknown>): Promise<void> {
    const done = await act.run({ title, run: send });
    refresh(printers.jobs);
    refresh(printers.list);
    say(title, done, false);
  }
  return (
    <div className="slip-help">
      {job.reason !== null && (
        <p className="soft">
          {words.why(troubleInWords(job.reason))}
          {job.repeat_possible && ` ${words.repeat}`}
        </p>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
      <div className="printer-buttons">
        {job.state !== 'queued' && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={lost}
            aria-label={words.retryLabel(job.title)}
            onClick={() => void run(words.retried(job.title), (key) => change(printers.retryJob, { params }, { key }))}
          >
            {words.retry}
          </Button>
        )}
        {others.length > 0 && (
          <Menu>
            <Menu.Target>
              <Button size="compact-sm" variant="default" disabled={lost} aria-label={words.moveLabel(job.title)}>
                {words.move}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map(({ id, name }) => (
                <Menu.Item
                  key={id}
                  onClick={() =>
                    void run(words.moved(job.title, name), (key) =>
                      change(printers.moveJob, { params, body: { to: id } }, { key }),
                    )
                  }
                >
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <Button
          size="compact-sm"
          variant="default"
          color="bad"
          disabled={lost}
          aria-label={words.cancelLabel(job.title)}
          onClick={() => setAsking(true)}
        >
          {words.giveUp}
        </Button>
      </div>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.sure(job.title)}>
        <div className="stack">
          <p>{words.what}</p>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {words.keep}
            </Button>
            <Button
              color="bad"
              onClick={() => {
                setAsking(false);
                void run(words.gone(job.title), (key) => change(printers.cancelJob, { params }, { key }));
              }}
            >
              {words.giveUp}
            </Button>
          </Group>
        </div>
      </Modal>
    </div>
  );
}
