import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { cash } from '#api/operations/cash.ts';
import { useRefresh } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { Trouble } from '#ui/states.tsx';
import { countedOf, type Pieces, type Session, sumOf } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { Coins } from './coins.tsx';

const words = texts.count;

interface CountProps {
  readonly session: Session;
  readonly pieces: Pieces;
  readonly onChange: (pieces: Pieces) => void;
  readonly onCounted: () => void;
  readonly back?: () => void;
  readonly kind: 'float' | 'closing' | 'recount';
}

const says = { float: texts.float.why, closing: words.blind, recount: words.again };

/** Counting by notes and coins: the float at the start, the drawer at the end, blind. */
export function StepCount({ session, pieces, onChange, onCounted, back, kind }: CountProps) {
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  async function count(): Promise<void> {
    if (act.busy || lost) return;
    const total = pounds(sumOf(pieces));
    const closing = kind !== 'float';
    const done = await act.run({
      title: closing ? words.activity(total) : texts.float.activity(total),
      run: (key) =>
        change(
          cash.count,
          { params: { session_id: session.uuid }, body: { denominations: countedOf(pieces), closing } },
          { key },
        ),
    });
    if (!done) return;
    refresh(cash.sessions);
    refresh(cash.timeline);
    onCounted();
  }

  return (
    <form
      ref={form}
      className="card closing-step"
      onSubmit={(event) => {
        event.preventDefault();
        void count();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void count();
      }}
    >
      <p>{says[kind]}</p>
      <Coins pieces={pieces} disabled={act.busy} onChange={onChange} />
      {act.problem !== null && <Trouble problem={act.problem} />}
      <p className="soft">
        {words.keys} {kind === 'closing' && words.noWay}
      </p>
      <Group justify="flex-end">
        {back !== undefined && (
          <Button variant="default" onClick={back}>
            {words.back}
          </Button>
        )}
        <Button type="submit" loading={act.busy} disabled={lost}>
          {kind === 'float' ? texts.float.go : words.go}
        </Button>
      </Group>
    </form>
  );
}
