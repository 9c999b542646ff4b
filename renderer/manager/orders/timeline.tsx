import type { z } from 'zod';
import { check } from '#api/operations/check.ts';
import { useRead } from '#api/queries.ts';
import type { OrderEventDto } from '#contract/orders.timeline.ts';
import { pounds, useClock } from '#ui/format.ts';
import { type Level, Shape } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { texts } from './orders.texts.ts';
import { methodName } from './where.ts';

type Event = z.output<typeof OrderEventDto>;
const words = texts.timeline;

/** Everything that happened to the check, the oldest first, as the journal has it. */
export function Timeline({ id }: { id: string }) {
  const events = useRead(check.timeline, { params: { order_id: id } });
  const clock = useClock();
  return (
    <section aria-label={words.title} className="check-part">
      <h3>{words.title}</h3>
      <Loaded of={events} waiting={<Waiting rows={5} />}>
        {(all) => (
          <ol className="timeline">
            {all.map((event) => (
              <li key={event.id}>
                <time dateTime={event.at}>{clock.exact(event.at)}</time>
                <Shape level={levelOf(event)} />
                <span>
                  {inWords(event)}
                  <span className="soft">{byWhom(event)}</span>
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function byWhom({ made_by, approved_by }: Event): string {
  const parts = [
    ...(made_by === null ? [] : [words.by(made_by)]),
    ...(approved_by === null ? [] : [words.approved(approved_by)]),
  ];
  return parts.length === 0 ? '' : ` · ${parts.join(', ')}`;
}

function levelOf({ kind, slip }: Event): Level {
  if (slip !== null)
    return slip.state === 'done' ? 'ok' : slip.state === 'queued' || slip.state === 'running' ? 'info' : 'bad';
  if (kind === 'payment.recorded' || kind === 'order.settled') return 'ok';
  if (kind === 'order.line_voided' || kind === 'order.cancelled' || kind === 'refund.recorded') return 'warn';
  if (kind === 'order.suspected_double' || kind === 'order.allergy_noted') return 'warn';
  return 'neutral';
}

const told: Readonly<Record<Event['kind'], (event: Event, dishes: string[], amount: string) => string>> = {
  'order.opened': (_, dishes) => (dishes.length === 0 ? words.opened : `${words.opened}. ${words.added(dishes)}`),
  'order.lines_added': (_, dishes) => words.added(dishes),
  'order.line_changed': (_, dishes) => words.changed(dishes),
  'order.line_voided': ({ reason }, dishes, amount) => words.voided(dishes, amount, reason ?? ''),
  'order.fired': (_, dishes) => words.fired(dishes),
  'order.line_moved': ({ to }, dishes) =>
    words.line(dishes, ((texts.lines.states as Record<string, string>)[to ?? ''] ?? '').toLowerCase()),
  'order.moved': ({ from, to }) =>
    words.moved(from === null ? words.noTable : texts.table(from), to === null ? words.noTable : texts.table(to)),
  'order.allergy_noted': ({ words: allergens }) => words.allergy(allergens.join(', ')),
  'order.split': () => words.split,
  'order.unsplit': () => words.unsplit,
  'order.service_removed': (_, __, amount) => words.service(amount),
  'order.bill_printed': () => words.bill,
  'order.changed': ({ words: fields }) => words.order(fields.join(', ').replaceAll('_', ' ')),
  'order.settled': () => words.settled,
  'order.cancelled': ({ reason }) => words.cancelled(reason ?? ''),
  'order.suspected_double': () => words.double,
  'order.receipt_copied': () => words.copied,
  'payment.recorded': ({ method, tip }, _, amount) =>
    [words.paid(methodName(method ?? ''), amount), ...(tip === null ? [] : [words.tip(pounds(tip))])].join(' '),
  'refund.recorded': ({ method, reason }, dishes, amount) =>
    [
      words.refunded(amount, methodName(method ?? ''), reason ?? ''),
      ...(dishes.length === 0 ? [] : [words.of(dishes)]),
    ].join(' '),
  slip: ({ slip }) => (slip === null ? '' : words.slips[slip.state](slip.title, slip.printer)),
};

function inWords(event: Event): string {
  const dishes = event.dishes.map(({ quantity, name }) => words.dish(quantity, name));
  return told[event.kind](event, dishes, event.amount === null ? '' : pounds(event.amount));
}
