import { relay } from '#api/operations/relay.ts';
import { useRead } from '#api/queries.ts';
import type { LeftBehindDto } from '#contract/relay-link.ts';
import { pounds, useClock } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { texts } from './relay.texts.ts';

const words = texts.left;

/**
 * Checks that only the relay has, from before a restore: for whoever enters them again. Mostly there are none.
 * @param asks while the relay can be asked; what it has said already stays
 */
export function LeftBehind({ asks }: { asks: boolean }) {
  const clock = useClock();
  const { data } = useRead(relay.leftBehind, {}, { wanted: asks });
  if (data === undefined || data.checks.length === 0) return null;
  return (
    <Card title={words.title}>
      <p>{words.lead(data.checks.length)}</p>
      <div className="relay-left-frame">
        <table className="relay-left" aria-label={words.title}>
          <thead>
            <tr>
              {Object.values(words.columns).map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.checks.map((check) => (
              <tr key={check.order_id}>
                <th scope="row">{words.number(check.order_number, check.table_name)}</th>
                <td>{clock.short(check.last_at)}</td>
                <td>
                  {check.lines.length === 0
                    ? words.unknown
                    : check.lines.map(({ quantity, name }) => words.line(quantity, name)).join(', ')}
                </td>
                <td className="figure">{pounds(check.total)}</td>
                <td>{moneyOf(check).join('; ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.more && <p className="soft">{words.more}</p>}
    </Card>
  );
}

function moneyOf({ payments, refunded }: LeftBehindDto['checks'][number]): string[] {
  const paid = payments.map(({ method, amount, tip }) =>
    words.paid(words.methods[method] ?? method, pounds(amount), tip === 0 ? null : pounds(tip)),
  );
  return [
    ...(paid.length === 0 ? [words.unpaid] : paid),
    ...(refunded === 0 ? [] : [words.refunded(pounds(refunded))]),
  ];
}
