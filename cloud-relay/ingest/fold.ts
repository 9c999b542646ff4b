import type { z } from 'zod';
import type { Fact } from '#contract/facts.ts';
import { ledgerPosted } from '#contract/ledger.ts';
import * as menuFacts from '#contract/menu.facts.ts';
import * as orderFacts from '#contract/orders.facts.ts';
import * as paymentFacts from '#contract/payments.facts.ts';
import { type BatchEntry, Id } from '#contract/relay.ts';
import { daySealed } from '#contract/reports.ts';
import {
  type Noted,
  newProjection,
  noteDay,
  noteOrder,
  noteTender,
  noteUnread,
  type Projection,
} from './projection-of.ts';

type Reader = (into: Projection, body: never, at: Noted) => void;
interface Reading {
  readonly fact: Fact;
  readonly read: Reader;
}

const reading = <Body extends z.ZodType>(
  fact: Fact<Body>,
  read: (into: Projection, body: z.output<Body>, at: Noted) => void,
): Reading => ({ fact, read: read as Reader });

/** Which facts become read models, and how. Whatever is not here stays in the batches. */
const readings: readonly Reading[] = [
  ...Object.values(orderFacts).map((fact) => reading(fact as Fact<typeof orderFacts.orderChanged.body>, noteOrder)),
  reading(orderFacts.orderOpened, (into, body, at) => noteOrder(into, body, at, { openedAt: at.recordedAt })),
  reading(orderFacts.orderSettled, (into, body, at) => {
    noteOrder(into, body, at, { settledDay: body.settled_day, settledAt: at.recordedAt });
    const day = noteDay(into, body.settled_day);
    day.orders += 1;
    day.covers += body.covers;
  }),
  reading(ledgerPosted, (into, body) => {
    const day = noteDay(into, body.business_day);
    // Income is credited, so what came in stands there as a negative amount.
    const credited = (...names: string[]): number =>
      body.postings.reduce((sum, { account, amount_minor }) => (names.includes(account) ? sum - amount_minor : sum), 0);
    if (body.kind === 'sale') {
      day.salesMinor += credited('sales_net', 'vat', 'service_charge');
      day.serviceMinor += credited('service_charge');
    }
    if (body.kind === 'refund') day.refundsMinor -= credited('refunds_net', 'refunds_service', 'vat');
    if (body.kind === 'sale' || body.kind === 'refund') day.vatMinor += credited('vat');
    if (body.kind === 'payment') day.tipsMinor += credited('tips');
  }),
  reading(paymentFacts.paymentRecorded, (into, body, at) => {
    into.payments.push({ ...body, recorded_at: at.recordedAt, seq: at.seq });
    const day = noteDay(into, body.business_day);
    day.currency = body.currency;
    const tender = noteTender(into, body.business_day, body.method);
    tender.payments += 1;
    tender.takenMinor += body.amount_minor;
    tender.tipMinor += body.tip_minor;
  }),
  reading(paymentFacts.refundRecorded, (into, body, at) => {
    into.refunds.push({ ...body, recorded_at: at.recordedAt, seq: at.seq });
    const day = noteDay(into, body.business_day);
    day.currency = body.currency;
    day.refundCount += 1;
    noteTender(into, body.business_day, body.method).refundedMinor += body.amount_minor;
  }),
  reading(daySealed, (into, body, at) => {
    const day = noteDay(into, body.day);
    day.sealedAt = at.recordedAt;
    day.sealed = body;
  }),
  reading(menuFacts.productChanged, (into, body, at) => {
    into.products.set(body.product_id, { ...body, seq: at.seq });
  }),
];

const byKind = new Map(readings.map((one) => [one.fact.kind, one]));

/** What a stretch of entries adds to the read models. Pure, so that live and rebuilt read models cannot differ. */
export function foldFacts(entries: readonly BatchEntry[]): Projection {
  const into = newProjection();
  for (const entry of entries) {
    if (entry.origin === 'relay' && Id.safeParse(entry.command_id).success) into.done.set(entry.command_id, entry.seq);
    const at: Noted = { seq: entry.seq, recordedAt: entry.recorded_at };
    for (const part of entry.parts) {
      if (part.entity_type === 'product') into.touched.set(part.entity_id, entry.seq);
      if (part.role !== 'fact' || part.body === null) continue;
      const known = byKind.get(part.kind);
      const body = known?.fact.version === part.version ? known.fact.body.safeParse(jsonOf(part.body)) : null;
      if (known !== undefined && body?.success) known.read(into, body.data as never, at);
      // Kept in the batch all the same: once this relay has learnt to read it, a rebuild brings it in.
      else if (known !== undefined || !isOfNoConcern(part.kind, part.version))
        noteUnread(into, part.kind, part.version);
    }
  }
  return into;
}

const ofNoConcern =
  /^(approval|backup|device|drawer|floor|kitchen|menu|printer|relay|settings|shift|staff|station|stock|store|table|till)\.\w+$/;

/** Kinds that this relay knows and has no read model for. */
function isOfNoConcern(kind: string, version: number): boolean {
  return version === 1 && ofNoConcern.test(kind);
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
