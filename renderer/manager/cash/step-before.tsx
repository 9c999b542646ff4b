import { Button, Checkbox, Group } from '@mantine/core';
import { Link } from 'react-router';
import type { z } from 'zod';
import { orders } from '#api/operations/day.ts';
import { printers } from '#api/operations/printers.ts';
import { type Read, useRead } from '#api/queries.ts';
import type { OrderDto } from '#contract/orders.dto.ts';
import { pounds } from '#ui/format.ts';
import { Shape } from '#ui/signs.tsx';
import { Loaded } from '#ui/states.tsx';
import { troubleInWords } from '../frame/facts/printers.ts';
import type { Closing } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

const words = texts.before;
/** Slips that wait tell no fact. */
const LOOK_MS = 5_000;
const MOST = 200;
type Order = z.output<typeof OrderDto>;

export const useOpenChecks = (): Read<Order[]> => useRead(orders.list, { query: { status: 'open', limit: MOST } });

interface StepProps {
  readonly closing: Closing;
  readonly set: (closing: Closing) => void;
  readonly leave: () => void;
}

/** What is still open on the floor and on its way to paper. */
export function StepBefore({ closing, set, leave }: StepProps) {
  const open = useOpenChecks();
  const number = open.data?.length;
  const mayGoOn = number === 0 || (number !== undefined && closing.carryOver);
  return (
    <form
      className="card closing-step"
      onSubmit={(event) => {
        event.preventDefault();
        if (mayGoOn) set({ ...closing, step: 'count' });
      }}
    >
      <Loaded of={open}>{(all) => <OpenChecks all={all} closing={closing} set={set} />}</Loaded>
      <Slips />
      <Group justify="flex-end">
        <Button variant="default" onClick={leave}>
          {words.back}
        </Button>
        <Button type="submit" disabled={!mayGoOn} data-autofocus>
          {words.next}
        </Button>
      </Group>
    </form>
  );
}

function OpenChecks({ all, closing, set }: Pick<StepProps, 'closing' | 'set'> & { all: readonly Order[] }) {
  return (
    <section className="closing-part">
      <h2>
        <Shape level={all.length === 0 ? 'ok' : 'warn'} />{' '}
        {all.length >= MOST ? words.more(MOST) : words.checks(all.length)}
      </h2>
      {all.length > 0 && (
        <>
          <ul className="lines">
            {all.map(({ id, order_number, table_number, amount_due }) => {
              const name = nameOf({ order_number, table_number });
              return (
                <li key={id}>
                  <span>{name}</span>
                  <span className="soft figure">{words.due(pounds(amount_due))}</span>
                  <Link to={`/orders/${id}`} aria-label={words.openCheck(name)}>
                    {words.open}
                  </Link>
                </li>
              );
            })}
          </ul>
          <Checkbox
            checked={closing.carryOver}
            label={words.carry(all.length)}
            description={words.carryHint}
            onChange={({ currentTarget }) => set({ ...closing, carryOver: currentTarget.checked })}
          />
          {!closing.carryOver && <p className="soft">{words.decide}</p>}
        </>
      )}
    </section>
  );
}

const nameOf = ({ order_number, table_number }: { order_number: number; table_number: string | null }): string =>
  table_number === null ? `#${order_number}` : `${table_number} · #${order_number}`;

/** Slips that are not on paper yet hold nobody up: they keep. */
function Slips() {
  const list = useRead(printers.list, {}, { every: LOOK_MS });
  return (
    <section className="closing-part">
      <Loaded of={list}>
        {(all) => {
          const waiting = all.filter(({ waiting_jobs }) => waiting_jobs > 0);
          return (
            <>
              <h2>
                <Shape level={waiting.length === 0 ? 'ok' : 'warn'} />{' '}
                {waiting.length === 0
                  ? words.printers
                  : waiting
                      .map(({ name, waiting_jobs, problem }) =>
                        problem === null
                          ? words.waiting(waiting_jobs, name)
                          : words.trouble(waiting_jobs, name, troubleInWords(problem)),
                      )
                      .join(' · ')}
              </h2>
              {waiting.length > 0 && <p className="soft">{words.printersHint}</p>}
              {!all.some(({ is_receipt_printer }) => is_receipt_printer) && (
                <p>
                  <Shape level="warn" /> {words.noReceipt}
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
