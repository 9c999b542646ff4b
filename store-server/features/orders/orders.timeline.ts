import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import { type OrderEventDto, orderEvents } from '#contract/orders.timeline.ts';
import type { Connection } from '../../db/connection.ts';
import { factsOfAll, type JournalFact } from '../../journal/tail.ts';
import { isoTime } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { orderMoney } from '../ledger/index.ts';
import { type PrintJob, type PrintPayload, printerEver, printerIdOf, slipsAbout } from '../printers/index.ts';
import { staffName } from '../staff/index.ts';
import { orderByRef } from './orders.reads.ts';

type OrderEvent = z.output<typeof OrderEventDto>;

/** What the bodies of those facts have in common, as far as a timeline reads them. Minor units. */
interface Told {
  readonly lines?: readonly { readonly line_id?: string; readonly product_name?: string; readonly quantity: number }[];
  readonly line?: { readonly product_name: string; readonly quantity: number };
  readonly line_id?: string;
  readonly product_name?: string;
  readonly quantity?: number;
  readonly amount_minor?: number;
  readonly gross_minor?: number;
  readonly service_minor?: number;
  readonly paid_minor?: number;
  readonly cancelled_minor?: number;
  readonly tip_minor?: number;
  readonly method?: string;
  readonly reason?: string;
  readonly approved_by?: string | null;
  readonly course?: number | null;
  readonly from_table_name?: string | null;
  readonly table_name?: string | null;
  readonly old_line_status?: string;
  readonly new_line_status?: string;
  readonly changed?: readonly string[];
  readonly allergens?: readonly string[];
}

const nothing = {
  made_by: null,
  approved_by: null,
  dishes: [],
  amount: null,
  tip: null,
  method: null,
  reason: null,
  course: null,
  from: null,
  to: null,
  words: [],
  slip: null,
} satisfies Partial<OrderEvent>;

const kinds: ReadonlySet<string> = new Set(orderEvents);
const pounds = (units: number | undefined): number | null => (units === undefined ? null : toPounds(minor(units)));

/** The dishes that a fact is about. A refund names lines only, so their names are those of the facts before it. */
function dishesOf(told: Told, names: Map<string, string>): OrderEvent['dishes'] {
  for (const { line_id, product_name } of told.lines ?? []) {
    if (line_id !== undefined && product_name !== undefined) names.set(line_id, product_name);
  }
  if (told.line !== undefined) return [{ name: told.line.product_name, quantity: told.line.quantity }];
  if (told.product_name !== undefined) return [{ name: told.product_name, quantity: told.quantity ?? 1 }];
  return (told.lines ?? []).flatMap(({ line_id, product_name, quantity }) => {
    const name = product_name ?? names.get(line_id ?? '');
    return name === undefined ? [] : [{ name, quantity }];
  });
}

function eventOf(fact: JournalFact, names: Map<string, string>, nameOf: (id: string | null) => string | null) {
  const told = JSON.parse(fact.body ?? '{}') as Told;
  const moved = told.from_table_name !== undefined;
  const event: OrderEvent = {
    ...nothing,
    id: `${fact.seq}.${fact.n}`,
    kind: fact.kind as OrderEvent['kind'],
    at: isoTime(fact.recordedAt),
    made_by: nameOf(fact.actorId),
    approved_by: nameOf(told.approved_by ?? null),
    dishes: dishesOf(told, names),
    amount: pounds(
      told.amount_minor ?? told.gross_minor ?? told.service_minor ?? told.paid_minor ?? told.cancelled_minor,
    ),
    tip: told.tip_minor === undefined || told.tip_minor === 0 ? null : pounds(told.tip_minor),
    method: told.method ?? null,
    reason: told.reason ?? null,
    course: told.course ?? null,
    from: (moved ? told.from_table_name : told.old_line_status) ?? null,
    to: (moved ? told.table_name : told.new_line_status) ?? null,
    words: [...(told.changed ?? told.allergens ?? [])],
  };
  return { at: fact.recordedAt, event };
}

function slipOf(connection: Connection, job: PrintJob) {
  const event: OrderEvent = {
    ...nothing,
    id: job.id,
    kind: 'slip',
    at: isoTime(job.createdAt),
    slip: {
      title: (job.payload as PrintPayload).title,
      printer: printerEver(connection, printerIdOf(job))?.name ?? '',
      state: job.state,
      problem: job.reason,
    },
  };
  return { at: job.createdAt, event };
}

/**
 * Everything that happened to a check, the oldest first: from the journal's facts about it, its payments and refunds,
 * and from the slips that were printed for it.
 * @throws Problem NOT_FOUND when there is no such order
 */
export function orderTimeline(connection: Connection, ref: Ref): OrderEvent[] {
  const { id } = orderByRef(connection, ref);
  const { payments, refunds } = orderMoney(connection, id);
  const names = new Map<string, string>();
  const nameOf = (staffId: string | null): string | null => (staffId === null ? null : staffName(connection, staffId));
  const facts = factsOfAll(connection, [id, ...[...payments, ...refunds].map((one) => one.id)])
    .filter(({ kind }) => kinds.has(kind))
    .map((fact) => eventOf(fact, names, nameOf));
  const slips = slipsAbout(connection, id).map((job) => slipOf(connection, job));
  // A stable sort: what one command told and queued at the same moment stays in its order, the slip last.
  return [...facts, ...slips].sort((a, b) => a.at - b.at).map(({ event }) => event);
}
