import { Autocomplete, Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { cash } from '#api/operations/cash.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
import type { Closing, Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { useOpenChecks } from './step-before.tsx';

const words = texts.check;
/** A second look may find the note that stuck to another; a third would be fitting the count to the sum. */
const MOST_COUNTS = 2;

export const differenceInWords = (difference: number): string =>
  difference === 0 ? words.right : difference < 0 ? words.short(pounds(-difference)) : words.over(pounds(difference));

interface CheckProps {
  readonly session: Session;
  readonly closing: Closing;
  readonly set: (closing: Closing) => void;
}

/** What should be there beside what is, in words; then the close, the one thing here that is asked twice. */
export function StepCheck({ session, closing, set }: CheckProps) {
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const open = useOpenChecks().data?.length ?? 0;
  const events = useRead(cash.timeline, { params: { session_id: session.uuid } });
  const times = events.data?.filter(({ kind }) => kind === 'counted').length;
  const { expected_amount: expected, counted_amount: counted, difference } = session;
  if (expected === null || counted === null || difference === null) return null;
  const inWords = differenceInWords(difference);
  const reason = (closing.reason ?? '').trim();

  async function close(): Promise<void> {
    const done = await act.run({
      title: words.activity(session.config_name),
      run: (key) =>
        change(
          cash.close,
          {
            params: { session_id: session.uuid },
            body: {
              carry_over: open > 0 && closing.carryOver,
              ...(reason === '' || difference === 0 ? {} : { difference_reason: reason }),
            },
          },
          { key },
        ),
    });
    setAsking(false);
    if (!done) return;
    set({ ...closing, session: session.uuid, pieces: {}, reason: '' });
    refresh(cash.sessions);
  }

  return (
    <section className="card closing-step" aria-label={texts.steps.check}>
      <dl className="check-figures">
        <div>
          <dt>{words.expected}</dt>
          <dd className="figure">{pounds(expected)}</dd>
        </div>
        <div>
          <dt>{words.counted}</dt>
          <dd className="figure">{pounds(counted)}</dd>
        </div>
        <div>
          <dt>{words.difference}</dt>
          <dd className="check-difference">
            <Shape level={difference === 0 ? 'ok' : 'warn'} /> {inWords}
          </dd>
        </div>
      </dl>
      {times !== undefined && <p className="soft">{times >= MOST_COUNTS ? words.recounted : words.times(times)}</p>}
      {difference !== 0 && (
        <Autocomplete
          label={words.reason}
          description={words.reasonHint}
          maxLength={200}
          data={Object.values(words.reasons)}
          value={closing.reason ?? ''}
          error={act.problem instanceof ApiProblem ? act.problem.fields['difference_reason'] : undefined}
          onChange={(typed) => set({ ...closing, session: session.uuid, step: 'check', reason: typed })}
        />
      )}
      {open > 0 && (
        <div className="closing-part">
          <p>
            <Shape level="warn" /> {words.open(open)}
          </p>
          <Checkbox
            checked={closing.carryOver}
            label={texts.before.carry(open)}
            description={texts.before.carryHint}
            onChange={({ currentTarget }) =>
              set({ ...closing, session: session.uuid, step: 'check', carryOver: currentTarget.checked })
            }
          />
        </div>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
      <Group justify="flex-end">
        {times !== undefined && times < MOST_COUNTS && (
          <Button
            variant="default"
            disabled={lost}
            onClick={() => set({ ...closing, session: session.uuid, step: 'recount', pieces: {} })}
          >
            {words.recount}
          </Button>
        )}
        <Button disabled={lost || (open > 0 && !closing.carryOver)} onClick={() => setAsking(true)}>
          {words.close}
        </Button>
      </Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.sure(session.config_name)}>
        <div className="stack">
          <p>{words.what(pounds(counted), inWords.toLowerCase())}</p>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {texts.cancel}
            </Button>
            <Button loading={act.busy} data-autofocus onClick={() => void close()}>
              {words.yes}
            </Button>
          </Group>
        </div>
      </Modal>
    </section>
  );
}
