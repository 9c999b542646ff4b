import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { type Draft, useDraft } from '#api/drafts.ts';
import { cash } from '#api/operations/cash.ts';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Page } from '#ui/page.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import { dayInWords } from './business-day.tsx';
import { type Closing, notBegun, type Pieces, type Session, type Step, stepOf } from './cash.rules.ts';
import { texts } from './cash.texts.ts';
import { Drawer } from './drawer.tsx';
import { MoveCash, OpenWithoutSale } from './drawer-forms.tsx';
import { Earlier } from './earlier.tsx';
import { OpenDrawer } from './open-drawer.tsx';
import { StepBefore } from './step-before.tsx';
import { StepCheck } from './step-check.tsx';
import { StepCount } from './step-count.tsx';
import { StepDone } from './step-done.tsx';
import { Stepper } from './stepper.tsx';
import { XReport } from './x-report.tsx';
import './cash.css';

const SHOWN = 30;

/** The drawer from its float to its Z report. */
export default function Cash() {
  const { session_id: asked } = useParams();
  const sessions = useRead(cash.sessions, { query: { limit: SHOWN } });
  const draft = useDraft<Closing>('cash.close', notBegun);
  const [chosen, choose] = useState<string | null>(null);
  if (sessions.data === undefined) {
    return (
      <Page title={texts.title}>
        <Loaded of={sessions} waiting={<Waiting rows={8} height={32} />}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const all = sessions.data;
  const unfinished = all.filter(({ state }) => state !== 'closed');
  const shown = all.find(({ uuid }) => uuid === (asked ?? draft.value.session));
  if (shown?.state === 'closed') {
    return <Closed session={shown} othersOpen={unfinished.length > 0} asked={asked !== undefined} draft={draft} />;
  }
  const session =
    unfinished.find(({ uuid }) => uuid === (chosen ?? draft.value.session)) ??
    unfinished.find(({ state }) => state === 'closing_control') ??
    unfinished.at(0);
  if (session === undefined) {
    return (
      <Page title={texts.title}>
        <div className="cash-columns">
          <OpenDrawer />
          <Earlier sessions={all} />
        </div>
      </Page>
    );
  }
  const step = stepOf(session, draft.value);
  const drawers = unfinished.length > 1 && (
    <SegmentedControl
      aria-label={texts.drawers}
      className="cash-drawers"
      value={session.uuid}
      data={unfinished.map(({ uuid, config_name }) => ({ value: uuid, label: config_name }))}
      onChange={choose}
    />
  );
  if (step === null) {
    return (
      <Open
        session={session}
        all={all}
        drawers={drawers}
        begin={() => draft.set({ ...notBegun, session: session.uuid, pieces: draft.value.pieces })}
      />
    );
  }
  return (
    <Page
      title={texts.closing}
      lead={texts.whose(session.config_name, dayInWords(session.business_day))}
      actions={drawers}
    >
      <Stepper step={step} />
      <CloseStep session={session} step={step} draft={draft} />
    </Page>
  );
}

function CloseStep({ session, step, draft }: { session: Session; step: Step; draft: Draft<Closing> }) {
  const closing = draft.value;
  if (step === 'before') {
    // What was counted stays for the next time.
    const leave = () => draft.set({ ...closing, session: null });
    return <StepBefore closing={closing} set={draft.set} leave={leave} />;
  }
  if (step === 'check') return <StepCheck session={session} closing={closing} set={draft.set} />;
  const recount = closing.step === 'recount';
  return (
    <StepCount
      key={closing.step}
      session={session}
      kind={recount ? 'recount' : 'closing'}
      pieces={closing.pieces}
      onChange={(pieces) => draft.set({ ...closing, pieces })}
      onCounted={() => draft.set({ ...closing, step: 'check' })}
      back={() => draft.set({ ...closing, step: recount ? 'check' : 'before' })}
    />
  );
}

interface OpenProps {
  readonly session: Session;
  readonly all: readonly Session[];
  readonly drawers: React.ReactNode;
  readonly begin: () => void;
}

/** A drawer that takes cash. */
function Open({ session, all, drawers, begin }: OpenProps) {
  const clock = useClock();
  const lost = useIsLost();
  const [form, setForm] = useState<'move' | 'no_sale' | 'x' | null>(null);
  const float = useDraft<Pieces>(`cash.float.${session.uuid}`, {});
  const mayLook = useMay()('shifts.see_expected');
  const close = () => setForm(null);
  const waits = session.state === 'opening_control';
  const group = frame.groups.page;
  useCommands([
    { id: 'cash.close', label: texts.start, group, keys: 'c', run: begin },
    { id: 'cash.move', label: texts.move.title, group, keys: 'n', run: () => setForm('move') },
    { id: 'cash.no-sale', label: texts.noSale.title, group, run: () => setForm('no_sale') },
    ...(mayLook ? [{ id: 'cash.x', label: texts.x.title, group, keys: 'x', run: () => setForm('x') }] : []),
  ]);
  return (
    <Page
      title={texts.title}
      lead={texts.since(session.config_name, clock.short(session.start_at), session.user_name)}
      actions={
        <>
          {drawers}
          {mayLook && (
            <Button variant="default" onClick={() => setForm('x')}>
              {texts.x.title}
            </Button>
          )}
          <Button variant="default" disabled={lost} onClick={() => setForm('no_sale')}>
            {texts.drawer.noSale}
          </Button>
          <Button variant="default" disabled={lost} onClick={() => setForm('move')}>
            {texts.drawer.move}
          </Button>
          {!waits && <Button onClick={begin}>{texts.start}</Button>}
        </>
      }
    >
      <div className="cash-columns">
        {waits ? (
          <section className="closing-step" aria-label={texts.float.title}>
            <StepCount
              session={session}
              kind="float"
              pieces={float.value}
              onChange={float.set}
              onCounted={float.clear}
            />
          </section>
        ) : (
          <Drawer session={session} />
        )}
        <Earlier sessions={all} />
      </div>
      <MoveCash session={session} opened={form === 'move'} close={close} />
      <OpenWithoutSale session={session} opened={form === 'no_sale'} close={close} />
      {form === 'x' && <XReport session={session} close={close} />}
    </Page>
  );
}

interface ClosedProps {
  readonly session: Session;
  readonly othersOpen: boolean;
  /** Its address was opened, from the list of closed ones. */
  readonly asked: boolean;
  readonly draft: Draft<Closing>;
}

function Closed({ session, othersOpen, asked, draft }: ClosedProps) {
  const go = useNavigate();
  const day = dayInWords(session.business_day);
  const finish = () => {
    if (asked) void go('/cash');
    else draft.clear();
  };
  return (
    <Page
      title={asked ? texts.z.title(session.z_number ?? 0) : texts.closing}
      lead={texts.whose(session.config_name, day)}
    >
      {!asked && <Stepper step="done" />}
      <StepDone session={session} othersOpen={othersOpen} justClosed={!asked} finish={finish} />
    </Page>
  );
}
