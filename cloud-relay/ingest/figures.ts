/** What is added up of a day: counts, and money in minor units. */
export const figureNames = [
  'orders',
  'covers',
  'sales_minor',
  'vat_minor',
  'service_minor',
  'refunds_minor',
  'refund_count',
  'tips_minor',
] as const;
export type Figures = Record<(typeof figureNames)[number], number>;

/** Just the figures of a row. */
export const figuresOf = (row: Figures): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, row[name]])) as Figures;
