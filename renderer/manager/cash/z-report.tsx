import type { z } from 'zod';
import type { ShiftReportDto } from '#contract/shifts.dto.ts';
import { pounds, useClock } from '#ui/format.ts';
import { dayInWords } from './business-day.tsx';
import { texts } from './cash.texts.ts';
import { differenceInWords } from './step-check.tsx';

const words = texts.z;
type Report = z.output<typeof ShiftReportDto>;
type Line = readonly [label: string, value: string, strong?: boolean];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');

interface ShiftReportProps {
  readonly report: Report;
  /** What kind of a report it is, in a sentence. */
  readonly about: string;
}

/** X or Z, in the order of the paper. */
export function ShiftReport({ report, about }: ShiftReportProps) {
  const clock = useClock();
  const { sales, refunds, cash } = report;
  const some = (amount: number, ...line: Line): Line[] => (amount === 0 ? [] : [line]);
  return (
    <div className="z-report">
      <p className="z-of">
        {words.of(report.till_name, report.session_name)}
        <span className="soft">{about}</span>
      </p>
      <Part
        title={words.sales}
        lines={[
          [words.paid(sales.covers), String(sales.checks)],
          [words.goods, pounds(sales.net)],
          [words.vat, pounds(sales.vat)],
          [words.service, pounds(sales.service_charge)],
          [words.total, pounds(sales.total), true],
          ...some(sales.discounts, words.discounts, pounds(sales.discounts)),
          [words.refunds(refunds.count), pounds(0 - refunds.amount)],
          [words.tips, pounds(report.tips)],
          [words.voids(report.voids.count), pounds(report.voids.value)],
          [words.noSales, String(report.no_sales)],
          ...some(report.carried_over, words.carried, String(report.carried_over)),
        ]}
      />
      <Part
        title={words.drawer}
        lines={[
          [words.float, pounds(cash.opening_float)],
          [words.taken, pounds(cash.sales)],
          ...some(cash.tips, words.cashTips, pounds(cash.tips)),
          [words.cashRefunds, pounds(0 - cash.refunds)],
          ...report.movements.map(({ direction, amount, reason, recorded_at }): Line => {
            const label = direction === 'in' ? words.cashIn : words.cashOut;
            return [`${label} ${clock.time(recorded_at)} · ${reason}`, pounds(direction === 'in' ? amount : -amount)];
          }),
          [words.expected, pounds(cash.expected), true],
          ...(cash.counted === null ? [] : [[words.counted, pounds(cash.counted), true] as const]),
          ...(cash.difference === null
            ? []
            : [[texts.check.difference, differenceInWords(cash.difference), true] as const]),
          ...(cash.difference_reason === null ? [] : [[words.reason, cash.difference_reason] as const]),
        ]}
      />
      <Part
        title={words.tenders}
        lines={report.tenders.flatMap((tender) => [
          [words.tender(capital(tender.method), tender.payments), pounds(tender.taken)] as const,
          ...some(tender.tips, `${capital(tender.method)}, ${words.tenderTips}`, pounds(tender.tips)),
          ...some(tender.refunded, `${capital(tender.method)}, ${words.refunded}`, pounds(0 - tender.refunded)),
        ])}
        empty={words.nothingTaken}
      />
      <Part
        title={words.vatAfter}
        lines={report.vat_by_rate.map(({ rate, net, vat }) => [words.rate(rate, pounds(net)), pounds(vat)] as const)}
        empty={words.nothingTaken}
      />
      <dl className="z-lines z-foot">
        <Row line={[words.day, dayInWords(report.business_day)]} />
        <Row line={[words.opened, words.by(clock.short(report.opened_at), report.opened_by)]} />
        {report.closed_at !== null && (
          <Row line={[words.closed, words.by(clock.short(report.closed_at), report.closed_by ?? '')]} />
        )}
      </dl>
      {report.journal !== null && (
        <p className="soft z-journal">{words.journal(report.journal.seq, report.journal.head)}</p>
      )}
    </div>
  );
}

function Part({ title, lines, empty }: { title: string; lines: readonly Line[]; empty?: string }) {
  return (
    <section className="z-part" aria-label={title}>
      <h2>{title}</h2>
      {lines.length === 0 && <p className="soft">{empty}</p>}
      {lines.length > 0 && (
        <dl className="z-lines">
          {lines.map((line) => (
            <Row key={line[0]} line={line} />
          ))}
        </dl>
      )}
    </section>
  );
}

const Row = ({ line: [label, value, strong = false] }: { line: Line }) => (
  <div className={strong ? 'z-strong' : undefined}>
    <dt>{label}</dt>
    <dd className="figure">{value}</dd>
  </div>
);
