import { OrderDto } from '#contract/orders.dto.ts';
import { OrdersQuery } from '#contract/orders.ts';
import { DailySalesDto, DailySalesQuery } from '#contract/reports.ts';
import { SessionDto } from '#contract/shifts.dto.ts';
import { read, readList } from './define.ts';

export const orders = {
  list: readList('orders.list', '/api/v1/orders', {
    query: OrdersQuery,
    answers: OrderDto,
    staleAfter: ['order.', 'kitchen.', 'payment.', 'refund.'],
  }),
};

export const reports = {
  dailySales: read('reports.daily_sales', '/api/v1/reports/daily-sales', {
    query: DailySalesQuery,
    answers: DailySalesDto,
    staleAfter: ['order.settled', 'payment.', 'refund.', 'day.'],
  }),
};

export const shifts = {
  current: read('shifts.current', '/api/v1/pos/sessions/current', {
    answers: SessionDto.nullable(),
    staleAfter: ['shift.', 'payment.', 'refund.'],
  }),
};
