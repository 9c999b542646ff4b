import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { cash } from '#api/operations/cash.ts';
import { reports } from '#api/operations/day.ts';
import { settings } from '#api/operations/settings.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { useSession } from '#api/session.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { dayOf } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

const words = texts.day;
const long = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
/** "Wednesday 18 June". @param day YYYY-MM-DD */
export const dayInWords = (day: string): string => long.format(new Date(`${day}T12:00:00Z`));

interface DayProps {
  /** When the session was closed. */
  readonly closedAt: string;
  readonly othersOpen: boolean;
}

/** The day in which the session was closed: it ends by itself, or now, for good. */
export function BusinessDay({ closedAt, othersOpen }: DayProps) {
  const { restaurant } = useSession();
  const set = useRead(settings.read, {});
  return (
    <Card title={words.title}>
      <Loaded of={set}>
        {({ day_ends_at }) => (
          <EndOfDay day={dayOf(closedAt, restaurant.time_zone, day_ends_at)} othersOpen={othersOpen} />
        )}
      </Loaded>
    </Card>
  );
}

function EndOfDay({ day, othersOpen }: { day: string; othersOpen: boolean }) {
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const sales = useRead(reports.dailySales, { query: { date: day } });
  const name = dayInWords(day);

  async function seal(): Promise<void> {
    const done = await act.run({
      title: words.activity(name),
      run: (key) => change(cash.sealDay, { body: { date: day } }, { key }),
    });
    setAsking(false);
    if (done) refresh(reports.dailySales);
  }

  return (
    <>
      <Loaded of={sales}>
        {({ report_info: { sealed } }) => (
          <>
            <p>
              <Shape level={sealed ? 'ok' : 'neutral'} /> {sealed ? words.sealed(name) : words.open(name)}
            </p>
            {!sealed && othersOpen && <p className="soft">{words.others}</p>}
            {act.problem !== null && <Trouble problem={act.problem} />}
            {!sealed && !othersOpen && (
              <div className="cash-buttons">
                <Button variant="default" disabled={lost} onClick={() => setAsking(true)}>
                  {words.go}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.sure(name)}>
        <div className="stack">
          <p>{words.what}</p>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {texts.cancel}
            </Button>
            <Button loading={act.busy} data-autofocus onClick={() => void seal()}>
              {words.go}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
