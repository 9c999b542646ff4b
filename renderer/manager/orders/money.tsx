import { pounds } from '#ui/format.ts';
import type { Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { methodName } from './where.ts';

const words = texts.sums;

/** What the check comes to, what was paid and what is still due, all as the server reckons it. */
export function Money({ order }: { order: Order }) {
  const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
  const rows: readonly (readonly [string, number, string?])[] = [
    [words.items, order.items_total],
    ...(order.discount_amount > 0 ? [[words.discount, -order.discount_amount] as const] : []),
    ...(order.service_charge > 0 ? [[words.service, order.service_charge] as const] : []),
    [words.total, order.total_amount, 'total'],
    ...order.payments.map(
      ({ method, amount, tip_amount }) =>
        [
          capital(methodName(method)) + (tip_amount > 0 ? ` (${words.tip} ${pounds(tip_amount)})` : ''),
          amount,
        ] as const,
    ),
    ...(order.refunded_amount > 0 ? [[words.back, -order.refunded_amount, 'back'] as const] : []),
    ...(order.amount_due > 0 ? [[words.due, order.amount_due, 'due'] as const] : []),
  ];
  return (
    <section aria-label={words.title} className="check-part">
      <h3>{words.title}</h3>
      <dl className="check-sums">
        {rows.map(([name, amount, kind], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no order but this one
          <div key={at} className={kind === undefined ? undefined : `sum-${kind}`}>
            <dt>{name}</dt>
            <dd className="figure">{pounds(amount)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
