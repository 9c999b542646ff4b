import { Button } from '@mantine/core';
import { useState } from 'react';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { check } from '#api/operations/check.ts';
import { pounds } from '#ui/format.ts';
import { type Level, Shape } from '#ui/signs.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import type { Line, Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const levels: Readonly<Record<Line['status'], Level>> = {
  held: 'neutral',
  fired: 'info',
  preparing: 'info',
  ready: 'ok',
  served: 'ok',
  voided: 'neutral',
};

/** The dishes of a check, each with its choices, where it is, and the way off the check. */
export function Lines({ order }: { order: Order }) {
  const [voiding, setVoiding] = useState<Line | null>(null);
  const lost = useIsLost();
  const mayVoid = useMay()('orders.void') && order.check_status === 'open';
  const canGo = (line: Line): boolean => mayVoid && line.possible.includes('void');
  const anyGoes = order.lines.some(canGo);
  useCommands(
    anyGoes
      ? [
          {
            id: 'check.void',
            label: texts.keys.void,
            group: frame.groups.page,
            keys: 'v',
            run: () => document.querySelector<HTMLElement>('.line-void')?.focus(),
          },
        ]
      : [],
  );
  return (
    <section aria-label={texts.lines.title} className="check-part">
      <h3>{texts.lines.title}</h3>
      {order.lines.length === 0 && <p className="soft">{texts.lines.none}</p>}
      <ul className="check-lines">
        {order.lines.map((line) => (
          <li key={line.id} data-voided={line.status === 'voided' || undefined}>
            <span className="line-quantity">{line.quantity}</span>
            <span className="line-words">
              <span className="line-name">{line.product_name}</span>
              {line.modifiers.length > 0 && (
                <span className="soft">
                  {line.modifiers
                    .map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
                    .join(', ')}
                </span>
              )}
              {line.note !== null && <span className="soft">“{line.note}”</span>}
              <span className="line-state">
                <Shape level={levels[line.status]} />{' '}
                {line.status === 'voided' && line.void_reason !== null
                  ? texts.lines.voided(line.void_reason)
                  : texts.lines.states[line.status]}
                {line.seat !== null && ` · ${texts.lines.seat(line.seat)}`}
              </span>
            </span>
            <span className="figure line-money">{pounds(line.total_price)}</span>
            {canGo(line) ? (
              <Button
                className="line-void"
                size="compact-xs"
                variant="subtle"
                disabled={lost}
                aria-label={texts.actions.voidLabel(line.product_name)}
                onClick={() => setVoiding(line)}
              >
                {texts.actions.void}
              </Button>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {voiding !== null && (
        <ReasonDialog
          name={`orders.void.${voiding.id}`}
          words={{ ...texts.reason.void, title: texts.reason.void.title(voiding.product_name) }}
          title={texts.did.voided(voiding.product_name, order.order_number)}
          send={(reason, how) =>
            change(check.voidLine, { params: { order_id: order.id, line_id: voiding.id }, body: { reason } }, how)
          }
          close={() => setVoiding(null)}
        />
      )}
    </section>
  );
}
