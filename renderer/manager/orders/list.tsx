import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { ageOf, pounds, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Chip } from '#ui/signs.tsx';
import {
  type Column,
  cookingSince,
  isLate,
  itemsOf,
  kitchenOf,
  LATE_MINUTES,
  type Order,
  type Sort,
  stateOf,
} from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import { whereOf } from './where.ts';

interface ListProps {
  readonly orders: readonly Order[];
  readonly openId: string | undefined;
  readonly closed: boolean;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  readonly addressOf: (order: Order) => string;
}

const figures: ReadonlySet<Column> = new Set(['items', 'age', 'total']);

/** A row for each check. Its number is a link, so that it opens by Enter, in another tab, and from a bookmark. */
export function List({ orders, openId, closed, sort, setSort, addressOf }: ListProps) {
  const now = useServerNow();
  const clock = useClock();
  const go = useNavigate();
  const body = useRef<HTMLTableSectionElement>(null);
  const shown: Column[] = ['number', 'where', 'server', 'items', ...(closed ? [] : ['kitchen' as const]), 'age'];
  const all: Column[] = [...shown, 'total', 'state'];
  return (
    <div className="orders-frame">
      <table className="orders-table" aria-label={texts.list}>
        <thead>
          <tr>
            {all.map((column) => (
              <th
                key={column}
                scope="col"
                className={`orders-${column}${figures.has(column) ? ' orders-figure' : ''}`}
                aria-sort={sort.by === column ? (sort.down ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  onClick={() => setSort({ by: column, down: sort.by === column ? !sort.down : false })}
                >
                  {closed && column === 'age' ? texts.columns.closed : texts.columns[column]}
                  <span aria-hidden="true" className="orders-sorted">
                    {sort.by === column ? (sort.down ? '▼' : '▲') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {orders.map((order) => {
            const state = stateOf(order);
            const late = isLate(order, now);
            const since = cookingSince(order);
            return (
              <tr
                key={order.id}
                aria-current={order.id === openId || undefined}
                onClick={(event) => {
                  if (!(event.target as Element).closest('a')) void go(addressOf(order));
                }}
              >
                <th scope="row" className="orders-number">
                  <Link
                    to={addressOf(order)}
                    data-order={order.id}
                    aria-label={`${texts.open(order.order_number)}, ${whereOf(order)}`}
                  >
                    #{order.order_number}
                  </Link>
                </th>
                <td className="orders-where">
                  {whereOf(order)}
                  {order.order_type === 'dine_in' && order.covers > 0 && (
                    <span className="soft"> · {texts.covers(order.covers)}</span>
                  )}
                </td>
                <td className="orders-server">{order.server_name ?? ''}</td>
                <td className="orders-items orders-figure">{itemsOf(order)}</td>
                {!closed && (
                  <td className="orders-kitchen">
                    <Kitchen order={order} />
                  </td>
                )}
                <td className="orders-age orders-figure">
                  {order.closed_at === null ? ageOf(Date.parse(order.created_at), now) : clock.short(order.closed_at)}
                </td>
                <td className="orders-total orders-figure">{pounds(order.total_amount)}</td>
                <td className="orders-state">
                  <span className="orders-chips">
                    {late && since !== null ? (
                      <span title={texts.lateHint(LATE_MINUTES)}>
                        <Chip level="bad">
                          {texts.late} {ageOf(since, now)}
                        </Chip>
                      </span>
                    ) : (
                      <Chip level={state.level}>{texts.states[state.word]}</Chip>
                    )}
                    {order.flags.length > 0 && <Chip level="warn">{texts.only.needs}</Chip>}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How much of what the kitchen was told of is ready: a bar and the same in words. */
function Kitchen({ order }: { order: Order }) {
  const { told, done, served, held } = kitchenOf(order);
  if (told === 0) return <span className="soft">{held > 0 ? texts.kitchen.held : texts.kitchen.nothing}</span>;
  const words = served
    ? texts.kitchen.served
    : done === told
      ? texts.kitchen.allReady
      : texts.kitchen.ready(done, told);
  return (
    <span className="progress">
      <span className="progress-bar" aria-hidden="true">
        <span style={{ width: `${(done / told) * 100}%` }} />
      </span>
      {words}
    </span>
  );
}
