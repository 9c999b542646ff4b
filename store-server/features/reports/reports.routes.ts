import type { z } from 'zod';
import { DailySalesDto, DailySalesQuery, LedgerCheckDto, SealDayInput } from '#contract/reports.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { sealDay } from './reports.commands.ts';
import { checkDayAside, checkDayMoney } from './reports.invariants.ts';
import { dailySalesDto, isLongDay, readDay, reportView, sealOf } from './reports.reads.ts';

interface Asked {
  readonly query: z.output<typeof DailySalesQuery>;
}

/** A short day, or one that is sealed, is read on the spot; a thread of its own adds up what would keep others waiting. */
async function dailySales({ connection, businessDay, now, readAside }: ReadContext, { query }: Asked) {
  const day = query.date ?? businessDay;
  const isLong = sealOf(connection, day) === undefined && isLongDay(connection, day);
  return dailySalesDto(isLong ? await readAside(readDay, { day, now }) : reportView(connection, day, now));
}

async function ledgerCheck({ connection, businessDay, readAside }: ReadContext, { query }: Asked) {
  const date = query.date ?? businessDay;
  const broken = isLongDay(connection, date) ? await readAside(checkDayAside, date) : checkDayMoney(connection, date);
  return { date, adds_up: broken.length === 0, broken };
}

export const reportRoutes = (api: Api): void =>
  api.router('/api/v1/reports', (at) => {
    at.get('/daily-sales', dailySales, {
      operation: 'reports.daily_sales',
      access: 'reports.read',
      summary: 'One business day: sales, hours, tenders, VAT, dishes and staff',
      query: DailySalesQuery,
      answers: DailySalesDto,
      tolerant: true,
    });
    at.get('/ledger-check', ledgerCheck, {
      operation: 'reports.ledger_check',
      access: 'reports.read',
      summary: 'Whether a day’s checks, payments and ledger agree to the penny',
      query: DailySalesQuery,
      answers: LedgerCheckDto,
    });
    at.post('/seal-day', sealDay, {
      summary: 'Close a business day for good, and every earlier one with it',
      body: SealDayInput,
      answers: DailySalesDto,
      status: 200,
      toDto: dailySalesDto,
      message: 'The day is closed.',
    });
  });
