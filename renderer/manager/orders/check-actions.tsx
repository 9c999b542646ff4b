import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { check } from '#api/operations/check.ts';
import { Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import { say } from '../frame/say.tsx';
import { Move } from './move.tsx';
import { heldOf, type Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { Refund } from './refund.tsx';

const words = texts.actions;
type Layer = 'move' | 'refund' | 'cancel' | null;

/** What can be done with the whole check now, as the server says, for this person. */
export function CheckActions({ order }: { order: Order }) {
  const [layer, setLayer] = useState<Layer>(null);
  const act = useAct();
  const may = useMay();
  const lost = useIsLost();
  const { id, order_number: number, possible } = order;
  const params = { order_id: id };
  const close = (): void => setLayer(null);

  async function run(title: string, send: (key: string) => Promise<unknown>): Promise<void> {
    const done = await act.run({ title, run: send });
    if (done) say(title, true, false);
  }
  const fire = (): Promise<void> =>
    run(texts.did.fired(number), (key) => change(check.fire, { params, body: {} }, { key }));
  const bill = (): Promise<void> => run(texts.did.bill(number), (key) => change(check.printBill, { params }, { key }));
  const receipt = (): Promise<void> =>
    run(texts.did.receipt(number), (key) => change(check.copyReceipt, { params, body: {} }, { key }));
  const paidOnce = order.check_status === 'closed' && order.payments.length > 0;
  const offers = {
    fire: possible.includes('fire') && may('orders.fire'),
    move: possible.includes('move') && may('orders.move'),
    bill: possible.includes('bill') && may('orders.take'),
    receipt: paidOnce && may('payments.take'),
    refund: order.payments.length > 0 && may('payments.refund'),
    cancel: possible.includes('cancel') && may('orders.void'),
  };
  const commands = [
    { id: 'check.fire', label: texts.keys.fire, keys: 'f', there: offers.fire, run: () => void fire() },
    { id: 'check.move', label: texts.keys.move, keys: 'm', there: offers.move, run: () => setLayer('move') },
    {
      id: 'check.print',
      label: texts.keys.bill,
      keys: 't',
      there: offers.bill || offers.receipt,
      run: () => void (offers.bill ? bill() : receipt()),
    },
    { id: 'check.refund', label: texts.keys.refund, keys: 'r', there: offers.refund, run: () => setLayer('refund') },
  ];
  useCommands(
    commands
      .filter(({ there }) => there && !lost && layer === null)
      .map(({ there: _, ...command }) => ({ ...command, group: frame.groups.page })),
  );
  const button = { size: 'xs', variant: 'default', disabled: lost || act.busy } as const;
  return (
    <div className="check-actions">
      <div className="check-buttons">
        {offers.fire && (
          <Button {...button} variant="filled" onClick={() => void fire()}>
            {words.fire(heldOf(order))}
          </Button>
        )}
        {offers.bill && (
          <Button {...button} onClick={() => void bill()}>
            {words.bill}
          </Button>
        )}
        {offers.receipt && (
          <Button {...button} onClick={() => void receipt()}>
            {words.receipt}
          </Button>
        )}
        {offers.move && (
          <Button {...button} onClick={() => setLayer('move')}>
            {words.move}
          </Button>
        )}
        {offers.refund && (
          <Button {...button} onClick={() => setLayer('refund')}>
            {words.refund}
          </Button>
        )}
        {offers.cancel && (
          <Button {...button} color="bad" onClick={() => setLayer('cancel')}>
            {words.cancel}
          </Button>
        )}
      </div>
      {act.problem !== null && <Trouble problem={act.problem} />}
      {layer === 'move' && <Move order={order} close={close} />}
      {layer === 'refund' && <Refund order={order} close={close} />}
      {layer === 'cancel' && (
        <ReasonDialog
          name={`orders.cancel.${id}`}
          words={{ ...texts.reason.cancel, title: texts.reason.cancel.title(number) }}
          title={texts.did.cancelled(number)}
          send={(reason, how) => change(check.cancel, { params, body: { reason } }, how)}
          close={close}
        />
      )}
    </div>
  );
}
