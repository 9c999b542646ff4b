import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { z } from 'zod';
import { useRead } from '#api/queries.ts';
import type { CommissionDto } from '#contract/platform.ts';
import { moneyOf } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { dayName, monthName, monthPlus, today } from '../days.ts';
import { commission } from '../operations.ts';
import { useChosen } from '../switch/chosen.ts';
import { commissionOf, only } from '../switch/narrow.rules.ts';
import { rateOf } from './commission.rules.ts';
import { texts } from './commission.texts.ts';
import { Rules } from './rules.tsx';
import './commission.css';

type Commission = z.output<typeof CommissionDto>;
type Statement = Commission['statements'][number];
const LOOK_MS = 5_000;
const { columns } = texts;

/** What each restaurant owes for a month, and how that is reckoned. */
export default function CommissionScreen() {
  const [month, setMonth] = useState(() => today().slice(0, 7));
  const choice = useChosen();
  const statement = useRead(commission.read, { query: { month } }, { every: LOOK_MS });
  const last = today().slice(0, 7);
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        // biome-ignore lint/a11y/useSemanticElements: two buttons around a word are no form
        <div className="month" role="group" aria-label={texts.month}>
          <ActionIcon
            variant="default"
            size={34}
            aria-label={texts.before}
            onClick={() => setMonth(monthPlus(month, -1))}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span aria-live="polite">{monthName(month)}</span>
          <ActionIcon
            variant="default"
            size={34}
            aria-label={texts.after}
            disabled={month >= last}
            onClick={() => setMonth(monthPlus(month, 1))}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </div>
      }
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
        <Rules restaurants={only(statement.data.statements, choice)} />
      )}
    </Page>
  );
}

const Statements = ({ found }: { found: Commission }) => (
  <div className="sheet-card">
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
        </tr>
      </thead>
      <tbody>
        {found.statements.map((one) => (
          <Line key={one.id} one={one} />
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
          </tr>
        ))}
      </tfoot>
    </table>
  </div>
);

function Line({ one }: { one: Statement }) {
  const money = moneyOf(one.currency);
  return (
    <tr>
      <th scope="row">{one.name}</th>
      <td className="num">{one.days.length === 0 ? '–' : money(one.base_minor)}</td>
      <td>
        {one.days.length === 0 && <span className="soft">{texts.noDays}</span>}
        {one.lines.map(({ from_day, bps, days, base_minor, commission_minor }) => (
          <p key={from_day} className="formula">
            {from_day === null ? (
              <span className="soft">{texts.noRule(money(base_minor), days)}</span>
            ) : (
              <>
                {texts.formula(money(base_minor), rateOf(bps), money(commission_minor))}{' '}
                <span className="soft">{texts.since(dayName(from_day), days)}</span>
              </>
            )}
          </p>
        ))}
      </td>
      <td className="num">
        <strong>{one.days.length === 0 ? '–' : money(one.commission_minor)}</strong>
      </td>
      <td>
        {one.days.length > 0 &&
          (one.final ? <Chip level="ok">{texts.final}</Chip> : <Chip level="info">{texts.running}</Chip>)}
      </td>
    </tr>
  );
}
