import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { MovedInDto } from '#contract/backups.ts';
import { clockOf } from '#ui/format.ts';
import { Mark } from '#ui/mark.tsx';
import { texts } from './setup.texts.ts';

const words = texts.done;
/** A business day is the same day everywhere. */
const clock = clockOf('UTC');

/** What came with the backup, and what has to be done again by hand. */
export function MovedIn({ moved, signIn }: { moved: MovedInDto; signIn: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { restaurant, sentence, pins, relay, orders_to, business_day } = moved;
  const more = [
    ...(orders_to === null ? [] : [words.orders(orders_to, clock.day(`${business_day}T12:00:00Z`))]),
    words.kept,
    ...(pins === 0 ? [] : [words.pins(pins)]),
    ...(relay === null ? [] : [words.relay(relay)]),
    words.devices,
  ];
  return (
    <div className="setup">
      <header className="setup-head">
        <Mark />
      </header>
      <main className="setup-alone">
        <div className="setup-card">
          <h1 ref={heading} tabIndex={-1}>
            {words.title(restaurant)}
          </h1>
          <p className="setup-sentence" role="status">
            {sentence}
          </p>
          <ul className="setup-more">
            {more.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <div className="setup-actions">
            <Button onClick={signIn}>{words.signIn}</Button>
          </div>
        </div>
      </main>
    </div>
  );
}
