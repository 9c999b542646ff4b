import { Button, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { check } from '#api/operations/check.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import type { RefundableDto } from '#contract/payments.dto.ts';
import { paymentMethods } from '#contract/payments.ts';
import { pounds } from '#ui/format.ts';
import { Loaded, Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import type { Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { asked, type RefundDraft, waysOf } from './refund.rules.ts';
import { RefundLines } from './refund-lines.tsx';
import { methodName } from './where.ts';

const words = texts.refund;
type Refundable = z.output<typeof RefundableDto>;

/** Money back, in two steps: what and why, then the exact amount once more, since it cannot be undone. */
export function Refund({ order, close }: { order: Order; close: () => void }) {
  const left = useRead(check.refundable, { params: { order_id: order.id } });
  return (
    <Modal opened onClose={close} title={words.title(order.order_number)} size={560}>
      <Loaded of={left}>
        {(data) => (data.amount_left <= 0 ? <p>{words.nothing}</p> : <Form order={order} left={data} close={close} />)}
      </Loaded>
    </Modal>
  );
}

function Form({ order, left, close }: { order: Order; left: Refundable; close: () => void }) {
  const ways = waysOf(order, left);
  const first: RefundDraft = { way: ways[0]!, lines: {}, share: null, amount: '', method: '', reason: '' };
  const draft = useDraft<RefundDraft>(`orders.refund.${order.id}`, first);
  const [sure, setSure] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const { value } = draft;
  const way = ways.includes(value.way) ? value.way : ways[0]!;
  const set = (part: Partial<RefundDraft>): void => {
    act.clear();
    draft.set({ ...value, way, ...part });
  };
  const what = asked({ ...value, way });
  const params = { order_id: order.id };
  const quoted = useRead(check.refundable, { params, query: what?.query ?? {} }, { wanted: what !== null });
  const amount = what === null ? null : (quoted.data?.quote?.amount ?? null);
  const method = value.method !== '' ? value.method : left.methods.length === 1 ? left.methods[0]! : '';
  const refusal = act.problem instanceof ApiProblem ? act.problem : null;
  const quoteRefusal = what !== null && quoted.error instanceof ApiProblem ? quoted.error : null;
  const beside = { ...quoteRefusal?.fields, ...refusal?.fields };
  const aboutWhat = Object.entries(beside).find(([name]) => /^(lines|share_id|amount)/.test(name))?.[1];
  const hint = quoteRefusal?.details['amount_left'];
  const shownBeside = refusal !== null && Object.keys(refusal.fields).length > 0;
  const ready = amount !== null && method !== '' && value.reason.trim() !== '' && quoteRefusal === null;

  async function give(): Promise<void> {
    if (what === null || amount === null) return;
    const title = texts.did.refunded(pounds(amount), order.order_number);
    const body = {
      ...what.body,
      reason: value.reason.trim(),
      ...(value.method === '' ? {} : { method: paymentMethods.find((one) => one === value.method) }),
    };
    const done = await act.run({ title, run: (key) => change(check.refund, { params, body }, { key }) });
    setSure(false);
    if (!done) return;
    draft.clear();
    close();
    say(title, true, false);
  }

  if (sure && amount !== null) {
    return (
      <div className="stack">
        <p className="refund-sure">{words.sure(pounds(amount), methodName(method))}</p>
        <p>{method === 'cash' ? words.cash : words.elsewhere}</p>
        <p className="soft">{words.final}</p>
        <div className="dialog-foot">
          <Button variant="default" onClick={() => setSure(false)} disabled={act.busy}>
            {words.back}
          </Button>
          <Button color="bad" loading={act.busy} disabled={lost} onClick={() => void give()} autoFocus>
            {words.yes(pounds(amount))}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) setSure(true);
      }}
    >
      <p className="soft">
        {words.left(pounds(left.amount_left))} {order.check_status === 'open' && words.open}
        {way === 'lines' && order.service_charge > 0 && words.withService}
      </p>
      {ways.length > 1 && (
        <SegmentedControl
          aria-label={words.by}
          value={way}
          onChange={(to) => set({ way: to as RefundDraft['way'] })}
          data={ways.map((one) => ({ value: one, label: words.ways[one] }))}
        />
      )}
      {way === 'lines' && (
        <RefundLines
          order={order}
          left={left}
          value={value.lines}
          set={(lines) => set({ lines })}
          problem={aboutWhat}
        />
      )}
      {way === 'share' && (
        <NativeSelect
          label={words.ways.share}
          value={value.share ?? ''}
          error={aboutWhat}
          data={[
            { value: '', label: '' },
            ...order.shares.map((share) => ({
              value: share.id,
              label: `${words.share(share.number)} · ${pounds(share.total_amount)}`,
            })),
          ]}
          onChange={(event) => set({ share: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        />
      )}
      {way === 'amount' && (
        <div className="refund-amount">
          <TextInput
            label={words.amount}
            leftSection="£"
            inputMode="decimal"
            value={value.amount}
            data-autofocus
            error={
              value.amount.trim() !== '' && what === null
                ? words.notMoney
                : aboutWhat === undefined
                  ? undefined
                  : `${aboutWhat}${typeof hint === 'number' ? ` ${words.left(pounds(hint))}` : ''}`
            }
            onChange={(event) => set({ amount: event.currentTarget.value })}
          />
          <Button variant="default" onClick={() => set({ amount: left.amount_left.toFixed(2) })}>
            {words.all}
          </Button>
        </div>
      )}
      <NativeSelect
        label={words.method}
        value={value.method}
        error={beside['method']}
        description={left.methods.length > 1 && value.method === '' ? words.choose : undefined}
        data={[
          { value: '', label: left.methods.length === 1 ? words.asPaid(methodName(left.methods[0]!)) : '' },
          ...paymentMethods.map((one) => ({ value: one, label: texts.sums.methods[one] })),
        ]}
        onChange={(event) => set({ method: event.currentTarget.value })}
      />
      <TextInput
        label={words.reason}
        value={value.reason}
        maxLength={200}
        error={beside['reason']}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <div className="picks">
        {Object.values(words.reasons).map((one) => (
          <button key={one} type="button" className="filter" onClick={() => set({ reason: one })}>
            {one}
          </button>
        ))}
      </div>
      {act.problem !== null && !shownBeside && <Trouble problem={act.problem} />}
      <div className="dialog-foot">
        <Button variant="default" onClick={close}>
          {texts.reason.keep}
        </Button>
        <Button type="submit" color="bad" disabled={!ready || lost}>
          {amount === null ? words.nextNone : words.next(pounds(amount))}
        </Button>
      </div>
    </form>
  );
}
