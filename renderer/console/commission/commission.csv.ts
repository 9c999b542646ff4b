import type { z } from 'zod';
import type { CommissionDto, CommissionWhyDto } from '#contract/platform.ts';
import { csvOf, figureOf } from '../csv.ts';
import { texts } from './commission.texts.ts';

/** Every restaurant's month, a line for each rule that held. */
export const statementsCsv = ({ month, statements }: z.output<typeof CommissionDto>): string =>
  csvOf([
    texts.csv.split('|'),
    ...statements.flatMap(({ name, currency, lines, final }) =>
      lines.map(({ from_day, bps, days, base_minor, commission_minor }) => [
        ...[name, month, currency ?? '', from_day ?? '', from_day === null ? '' : bps / 100, days],
        ...[figureOf(base_minor, currency), figureOf(commission_minor, currency)],
        final ? texts.final : texts.running,
      ]),
    ),
  ]);

/** One restaurant's month, a line for each day. */
export const daysCsv = ({ name, currency, days }: z.output<typeof CommissionWhyDto>): string =>
  csvOf([
    texts.dayCsv.split('|'),
    ...days.map(({ business_day, orders, sales_minor, refunds_minor, vat_minor, base_minor, bps }) => [
      ...[name, business_day, currency ?? '', orders],
      ...[sales_minor, refunds_minor, vat_minor, base_minor].map((minor) => figureOf(minor, currency)),
      bps / 100,
    ]),
  ]);
