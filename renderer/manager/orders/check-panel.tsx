import { CloseButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { check } from '#api/operations/check.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import { ageOf, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Chip } from '#ui/signs.tsx';
import { Empty, Loaded, Waiting } from '#ui/states.tsx';
import { CheckActions } from './check-actions.tsx';
import { Lines } from './lines.tsx';
import { Money } from './money.tsx';
import { type Order, stateOf } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { Timeline } from './timeline.tsx';
import { whereOf } from './where.ts';

const words = texts.drawer;

/** One check beside the list, which stays in use: J and K go on through it. Escape closes. */
export function CheckPanel({ id, back }: { id: string; back: string }) {
  const order = useRead(check.one, { params: { order_id: id } });
  const go = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const close = (): void => {
    void go(back);
    document.querySelector<HTMLElement>(`[data-order="${id}"]`)?.focus();
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const at = event.target as Element;
      if (event.key !== 'Escape' || event.defaultPrevented || at.closest('[role=dialog], [role=menu], input')) return;
      close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  const loaded = order.data !== undefined;
  useEffect(() => {
    // Opened from the list by J and K, the list keeps the focus; so does a dialogue that was opened meanwhile.
    if (loaded && document.activeElement?.closest('tr[aria-current], [role=dialog]') == null) heading.current?.focus();
  }, [loaded]);
  if (order.error instanceof ApiProblem && order.error.status === 404) {
    return (
      <section className="check" aria-label={words.gone}>
        <CloseButton aria-label={words.close} onClick={close} className="check-close" />
        <Empty title={words.gone} />
      </section>
    );
  }
  return (
    <section
      className="check"
      aria-label={order.data === undefined ? texts.list : words.label(order.data.order_number)}
    >
      <CloseButton aria-label={words.close} onClick={close} className="check-close" />
      <Loaded of={order} waiting={<Waiting rows={6} height={28} />}>
        {(data) => (
          <>
            <Head order={data} heading={heading} />
            <CheckActions order={data} />
            <Lines order={data} />
            <Money order={data} />
            <Timeline id={id} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Head({ order, heading }: { order: Order; heading: React.RefObject<HTMLHeadingElement | null> }) {
  const clock = useClock();
  const now = useServerNow();
  const state = stateOf(order);
  const { created_at, server_name, covers, order_type } = order;
  const opened =
    order.check_status === 'open'
      ? words.opened(clock.time(created_at), ageOf(Date.parse(created_at), now))
      : words.openedOnly(clock.short(created_at));
  return (
    <header className="check-head">
      <h2 ref={heading} tabIndex={-1}>
        #{order.order_number} · {whereOf(order)}
      </h2>
      <p>
        <Chip level={state.level}>{texts.states[state.word]}</Chip>
      </p>
      <p className="soft">
        {[
          order_type === 'dine_in' ? texts.covers(covers) : texts.types[order_type],
          opened,
          ...(server_name === null ? [] : [words.by(server_name)]),
        ].join(' · ')}
      </p>
      {order.flags.map((flag) => (
        <p key={flag} className="check-flag">
          {(texts.flags as Record<string, string>)[flag] ?? flag}
        </p>
      ))}
      {order.allergies.map(({ seat, allergens }) => (
        <p key={seat} className="check-flag">
          {words.allergy(seat, allergens.join(', '))}
        </p>
      ))}
      {order.note !== null && (
        <p>
          {words.note}: {order.note}
        </p>
      )}
    </header>
  );
}
