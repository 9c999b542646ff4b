import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import { useRead } from '#api/queries.ts';
import type { CommissionDto } from '#contract/platform.ts';
import { download } from '#ui/download.ts';
import { moneyOf } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { monthName } from '../days.ts';
import { commission } from '../operations.ts';
import { useChosen } from '../switch/chosen.ts';
import { commissionOf, only } from '../switch/narrow.rules.ts';
import { Wide } from '../wide.tsx';
import { Actions } from './actions.tsx';
import { statementsCsv } from './commission.csv.ts';
import { texts } from './commission.texts.ts';
import { Formula } from './formula.tsx';
import { useMonth } from './months.tsx';
import { Rules } from './rules.tsx';
import { Statement } from './statement.tsx';
import './commission.css';

type Commission = z.output<typeof CommissionDto>;
type One = Commission['statements'][number];
const LOOK_MS = 5_000;
const { columns } = texts;

/** What each restaurant owes for a month, and how that is reckoned; or why one of them owes it. */
export default function CommissionScreen() {
  const { id } = useParams();
  return id === undefined ? <Everybody /> : <Statement key={id} id={id} />;
}

function Everybody() {
  const { month, choose } = useMonth();
  const choice = useChosen();
  const statement = useRead(commission.read, { query: { month } }, { every: LOOK_MS });
  const found = statement.data === undefined ? null : commissionOf(statement.data, choice);
  const isEmpty = found === null || found.statements.length === 0;
  const save = () => isEmpty || download(`fynlo-commission-${month}.csv`, statementsCsv(found));
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={<Actions month={month} choose={choose} isEmpty={isEmpty} save={save} />}
    >
      <Card title={texts.statement(monthName(month))}>
        <Loaded of={statement} waiting={<Waiting rows={4} height={40} />}>
          {(all) =>
            all.statements.length === 0 ? (
              <p className="soft">{texts.none}</p>
            ) : (
              <Statements found={commissionOf(all, choice)} />
            )
          }
        </Loaded>
      </Card>
      {statement.data !== undefined && statement.data.statements.length > 0 && (
        <div className="off-paper">
          <Rules restaurants={only(statement.data.statements, choice)} />
        </div>
      )}
    </Page>
  );
}

const Statements = ({ found }: { found: Commission }) => (
  <Wide label={texts.statement(monthName(found.month))}>
    <table className="grid">
      <caption className="unseen">{texts.statement(monthName(found.month))}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col" className="num">
            {columns.base}
          </th>
          <th scope="col">{columns.formula}</th>
          <th scope="col" className="num">
            {columns.owed}
          </th>
          <th scope="col">{columns.state}</th>
          <td className="off-paper" />
        </tr>
      </thead>
      <tbody>
        {found.statements.map((one) => (
          <Line key={one.id} one={one} month={found.month} />
        ))}
      </tbody>
      <tfoot>
        {found.totals.map(({ currency, base_minor, commission_minor }) => (
          <tr key={currency}>
            <th scope="row">{texts.total(currency)}</th>
            <td className="num">{moneyOf(currency)(base_minor)}</td>
            <td />
            <td className="num">{moneyOf(currency)(commission_minor)}</td>
            <td />
            <td className="off-paper" />
          </tr>
        ))}
      </tfoot>
    </table>
  </Wide>
);

function Line({ one, month }: { one: One; month: string }) {
  const money = moneyOf(one.currency);
  return (
    <tr>
      <th scope="row">{one.name}</th>
      <td className="num">{one.days.length === 0 ? '–' : money(one.base_minor)}</td>
      <td>
        {one.days.length === 0 && <span className="soft">{texts.noDays}</span>}
        <Formula lines={one.lines} money={money} />
      </td>
      <td className="num">
        <strong>{one.days.length === 0 ? '–' : money(one.commission_minor)}</strong>
      </td>
      <td>
        {one.days.length > 0 &&
          (one.final ? <Chip level="ok">{texts.final}</Chip> : <Chip level="info">{texts.running}</Chip>)}
      </td>
      <td className="off-paper">
        {one.days.length > 0 && (
          <Link to={`/commission/${one.id}?month=${month}`} aria-label={texts.whyOf(one.name)}>
            {texts.why}
          </Link>
        )}
      </td>
    </tr>
  );
}
