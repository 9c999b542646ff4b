import path from 'node:path';
import { type Connection, openConnection } from '../../../store-server/db/connection.ts';
import { checkMoney } from '../../../store-server/features/reports/reports.invariants.ts';
import { verifyChain } from '../../../store-server/journal/verify.ts';
import { type Acked, truths } from './waiter.ts';

/** Opens a store's database beside the running server, to read only. */
export function inside<Found>(dataDir: string, look: (connection: Connection) => Found): Found {
  const connection = openConnection(path.join(dataDir, 'store.db'), { readonly: true });
  try {
    return look(connection);
  } finally {
    connection.sqlite.close();
  }
}

const countOf = ({ sqlite }: Connection, from: string): number =>
  sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${from}`).get()?.n ?? -1;

const same = (what: string, found: number, expected: number): string[] =>
  found === expected ? [] : [`${what}: ${found}, should be ${expected}`];

/** The file, its references and its chain: what has to hold however the power went. */
export function soundness(connection: Connection): string[] {
  const { sqlite } = connection;
  const check = sqlite.pragma('quick_check', { simple: true });
  const loose = sqlite.pragma('foreign_key_check') as unknown[];
  const chain = verifyChain(connection);
  return [
    ...(check === 'ok' ? [] : [`quick_check says ${String(check)}`]),
    ...same('rows that refer to nothing', loose.length, 0),
    ...(chain.ok ? [] : [`the chain breaks at ${chain.seq}: ${chain.reason}`]),
  ];
}

/** Exactly what was acknowledged, once each: no check, line, payment or receipt more or less. */
export function exactlyOnce(connection: Connection, acked: readonly Acked[]): string[] {
  const known = [...truths(acked).values()];
  const sum = (what: 'lines' | 'payments'): number => known.reduce((all, order) => all + order[what].length, 0);
  return [
    ...same('orders', countOf(connection, 'orders'), known.length),
    ...same('lines', countOf(connection, 'order_line'), sum('lines')),
    ...same('payments', countOf(connection, 'payment'), sum('payments')),
    ...same('receipts', countOf(connection, "receipt WHERE key LIKE 'proof-%'"), acked.length),
    ...same('journal entries', countOf(connection, "journal WHERE key LIKE 'proof-%'"), acked.length),
  ];
}

/** Money is conserved in every entry, check, drawer and day. */
export const money = (connection: Connection): string[] => checkMoney(connection);

/** Slips and pulses that have not come to an end yet. */
export const unfinishedJobs = (connection: Connection): number =>
  countOf(connection, "job WHERE state NOT IN ('done', 'dead')");
