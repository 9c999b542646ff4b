import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Sales',
  lead: (from: string, to: string) => `${from} to ${to}, by each restaurant’s own business days.`,
  period: 'Period',
  periods: { week: '7 days', weeks: '28 days', quarter: '91 days' },
  byDay: (currency: string) => `Sales by day, all restaurants (${currency})`,
  day: 'Day',
  all: 'All restaurants',
  byRestaurant: 'By restaurant',
  columns: {
    name: 'Restaurant',
    bar: 'On one scale',
    sales: 'Sales',
    orders: 'Orders',
    covers: 'Covers',
    refunds: 'Refunds',
    vat: 'VAT',
    days: 'Days with sales',
  },
  none: 'Nothing has come for these days',
  noneHint: 'Choose a longer period, or look at the restaurants: their detail may still be on its way.',
  partial: 'Not complete yet',
  partialOf: (name: string, entries: number) =>
    `${name}: ${count(entries, 'entry is', 'entries are')} still to come, so its figures will grow.`,
  unheard: (name: string) => `${name}: not heard now, so what it has sold meanwhile is missing.`,
});
