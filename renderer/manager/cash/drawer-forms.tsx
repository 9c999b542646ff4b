import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { cash } from '#api/operations/cash.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { Trouble } from '#ui/states.tsx';
import { poundsIn, type Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

interface FormProps {
  readonly session: Session;
  readonly opened: boolean;
  readonly close: () => void;
}
interface Movement {
  readonly direction: 'in' | 'out';
  readonly amount: string;
  readonly reason: string;
}
const nothing: Movement = { direction: 'out', amount: '', reason: '' };

const fieldsOf = (problem: Error | null): Readonly<Record<string, string>> =>
  problem instanceof ApiProblem ? problem.fields : {};
const isBeside = (problem: Error | null, names: readonly string[]): boolean =>
  names.some((name) => fieldsOf(problem)[name] !== undefined);

/** Money in or out beside sales. The drawer opens for it, so it is a form and not undone: the way back is the other way. */
export function MoveCash({ session, opened, close }: FormProps) {
  const words = texts.move;
  const draft = useDraft<Movement>('cash.movement', nothing);
  const { direction, amount, reason } = draft.value;
  const [tried, setTried] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const typed = poundsIn(amount);
  const refused = fieldsOf(act.problem);

  async function move(): Promise<void> {
    setTried(true);
    if (typed === null || typed === 0 || reason.trim() === '') return;
    const title = words.activity[direction](pounds(typed), reason.trim());
    const done = await act.run({
      title,
      run: (key) =>
        change(
          cash.move,
          { params: { session_id: session.uuid }, body: { direction, amount: typed, reason: reason.trim() } },
          { key },
        ),
    });
    if (!done) return;
    draft.clear();
    setTried(false);
    refresh(cash.timeline);
    notifications.show({ message: title });
    close();
  }

  return (
    <Modal opened={opened} onClose={close} title={words.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void move();
        }}
      >
        <p className="soft">{words.why}</p>
        <SegmentedControl
          aria-label={words.direction}
          value={direction}
          data={[
            { value: 'out', label: words.out },
            { value: 'in', label: words.in },
          ]}
          onChange={(value) => draft.set({ ...draft.value, direction: value as Movement['direction'] })}
        />
        <TextInput
          label={words.amount}
          inputMode="decimal"
          autoComplete="off"
          leftSection="£"
          data-autofocus
          value={amount}
          error={refused['amount'] ?? (tried && (typed === null || typed === 0) ? words.noAmount : undefined)}
          onChange={({ currentTarget }) => draft.set({ ...draft.value, amount: currentTarget.value })}
        />
        <TextInput
          label={words.reason}
          description={words.reasonHint}
          maxLength={200}
          value={reason}
          error={refused['reason'] ?? (tried && reason.trim() === '' ? words.needsReason : undefined)}
          onChange={({ currentTarget }) => draft.set({ ...draft.value, reason: currentTarget.value })}
        />
        {act.problem !== null && !isBeside(act.problem, ['amount', 'reason']) && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost}>
            {words.go[direction]}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** The drawer opened for change, say: never without a reason. */
export function OpenWithoutSale({ session, opened, close }: FormProps) {
  const words = texts.noSale;
  const draft = useDraft('cash.no-sale', '');
  const reason = draft.value;
  const [tried, setTried] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();

  async function open(): Promise<void> {
    setTried(true);
    if (reason.trim() === '') return;
    const title = words.activity(reason.trim());
    const done = await act.run({
      title,
      run: (key) =>
        change(cash.noSale, { params: { session_id: session.uuid }, body: { reason: reason.trim() } }, { key }),
    });
    if (!done) return;
    draft.clear();
    setTried(false);
    refresh(cash.timeline);
    notifications.show({ message: title });
    close();
  }

  return (
    <Modal opened={opened} onClose={close} title={words.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <p className="soft">{words.why}</p>
        <TextInput
          label={words.reason}
          maxLength={200}
          data-autofocus
          value={reason}
          error={fieldsOf(act.problem)['reason'] ?? (tried && reason.trim() === '' ? words.needsReason : undefined)}
          onChange={({ currentTarget }) => draft.set(currentTarget.value)}
        />
        {act.problem !== null && !isBeside(act.problem, ['reason']) && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost}>
            {words.go}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
