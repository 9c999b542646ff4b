import type { Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';

/** Where a check belongs, as staff say it. */
export const whereOf = ({ table_number, order_type, customer_name }: Order): string =>
  table_number !== null
    ? texts.table(table_number)
    : [texts.types[order_type], customer_name].filter((part) => part !== null).join(' · ');

/** What a tender is called in the middle of a sentence. */
export const methodName = (method: string): string =>
  ((texts.sums.methods as Record<string, string>)[method] ?? method).replace(/^(C|V|O)/, (letter) =>
    letter.toLowerCase(),
  );
