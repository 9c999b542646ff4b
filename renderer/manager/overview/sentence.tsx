import { useEffect, useRef, useState } from 'react';
import { pounds } from '#ui/format.ts';
import type { Need } from './needs.ts';
import { type DailySales, kitchenNow, type Order } from './overview.rules.ts';
import { texts } from './overview.texts.ts';

const words = texts.sentence;
/** Read out at most this often, however fast the evening goes. */
const SPOKEN_MS = 60_000;

interface SentenceProps {
  /** What needs somebody most. */
  readonly first: Need | undefined;
  readonly sales: DailySales | undefined;
  readonly orders: readonly Order[] | undefined;
}

/** The restaurant in one sentence: what needs somebody most, or that all is good; then the evening in three figures. */
export function Sentence({ first, sales, orders }: SentenceProps) {
  const troubled = first?.level === 'bad' || first?.level === 'warn';
  const sentence = `${first?.sentence ?? texts.allGood} ${figuresOf(sales, orders)}`.trim();
  const spoken = useSlowly(sentence);
  return (
    <>
      <p className={troubled ? `sentence sentence-${first.level}` : 'sentence'}>{sentence}</p>
      <p className="unseen" role="status">
        {spoken}
      </p>
    </>
  );
}

function figuresOf(sales: DailySales | undefined, orders: readonly Order[] | undefined): string {
  if (sales === undefined || orders === undefined) return '';
  const { making } = kitchenNow(orders);
  const { total_orders, total_sales } = sales.summary;
  const parts = [
    orders.length === 0 ? words.nothingOpen : words.open(orders.length),
    making === 0 ? words.kitchenClear : words.kitchen(making),
    total_orders === 0 ? words.noSales : words.sales(pounds(total_sales)),
  ].join(', ');
  return `${parts[0]?.toUpperCase() ?? ''}${parts.slice(1)}.`;
}

/** What a value is, once a minute. At first it says nothing: the sentence stands in the heading's description already. */
function useSlowly(value: string): string {
  const [said, setSaid] = useState('');
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), SPOKEN_MS);
    return () => clearInterval(timer);
  }, []);
  return said;
}
