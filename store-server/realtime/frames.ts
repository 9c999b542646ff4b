import type { Audience } from '#contract/facts.ts';
import { isoTime } from '../kernel/dates.ts';
import { minor, toPounds } from '../kernel/money.ts';
import { actionOf, eventNameOf, priorityOf } from './events.ts';

/** A fact on its way to the sockets, whether fresh from a commit or read again from the journal. */
export interface SocketFact {
  readonly seq: number;
  /** Its place within the entry. */
  readonly n: number;
  readonly kind: string;
  readonly entity: string;
  readonly entityId: string;
  readonly audience: readonly Audience[];
  /** The body as JSON text. */
  readonly body: string;
  readonly actorId: string | null;
  readonly recordedAt: number;
}

const inPounds = (value: unknown): unknown => (typeof value === 'number' ? toPounds(minor(value)) : value);
const asItIs = (value: unknown): unknown => value;

/** What older clients call a field of a fact, and how they want it: they know money as decimal pounds. */
const twins: readonly (readonly [own: string, theirs: string, form: (value: unknown) => unknown])[] = [
  ['total_minor', 'total_amount', inPounds],
  ['amount_minor', 'amount', inPounds],
  ['tip_minor', 'tip_amount', inPounds],
  ['method', 'payment_method', asItIs],
];

const twinsIn = (body: string): Record<string, unknown> => {
  const fields = JSON.parse(body) as Record<string, unknown>;
  const found = twins.filter(([own, theirs]) => Object.hasOwn(fields, own) && !Object.hasOwn(fields, theirs));
  return Object.fromEntries(found.map(([own, theirs, form]) => [theirs, form(fields[own])]));
};

/**
 * One event as JSON text, the union of what our own and the older clients read: `type` and `event_type`,
 * `restaurant_id`, `timestamp`, `data`. The fact's stored text is put in as it is.
 */
export function eventFrame(fact: SocketFact, cursor: string, restaurantId: string): string {
  const name = eventNameOf(fact.kind);
  const head = {
    type: name,
    event_type: name,
    id: `${fact.seq}.${fact.n}`,
    seq: fact.seq,
    cursor,
    restaurant_id: restaurantId,
    timestamp: isoTime(fact.recordedAt),
    user_id: fact.actorId,
  };
  const own = {
    fact: fact.kind,
    action: actionOf(fact.kind),
    entity: fact.entity,
    entity_id: fact.entityId,
    ...twinsIn(fact.body),
    ...(name === 'system_notification' ? { type: fact.kind, priority: priorityOf(fact.kind) } : {}),
  };
  const added = JSON.stringify(own);
  const data = fact.body === '{}' ? added : `${added.slice(0, -1)},${fact.body.slice(1)}`;
  return `${JSON.stringify(head).slice(0, -1)},"data":${data}}`;
}

/** Longest payload whose length fits the two-byte form, and the first byte of a whole text message (RFC 6455, 5.2). */
const TWO_BYTE_LENGTH = 65_535;
const WHOLE_TEXT = 0x81;

/** A text as the frame that goes over the wire from a server, which does not mask. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const extra = length < 126 ? 0 : length <= TWO_BYTE_LENGTH ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extra + length);
  frame[0] = WHOLE_TEXT;
  frame[1] = extra === 0 ? length : extra === 2 ? 126 : 127;
  if (extra === 2) frame.writeUInt16BE(length, 2);
  if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, 2 + extra);
  return frame;
}

/**
 * A frame of the connection itself, its fields both flat and under `data`, as clients of different ages look for them.
 * It is no fact: what is missed of it is not sent again.
 */
export const controlFrame = (type: string, data: object, now: number, restaurantId: string): string =>
  JSON.stringify({ ...data, type, event_type: type, data, restaurant_id: restaurantId, timestamp: isoTime(now) });
