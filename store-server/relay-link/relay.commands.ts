import { z } from 'zod';
import { defineCommand } from '../commands/define.ts';
import { isUnacknowledged, membership, relayCursor, verdictOf } from './relay.reads.ts';
import { relayCursorTable, relayInboxTable, THE_RELAY } from './relay.schema.ts';

/** What the link notes for itself. None of it is anybody else's business, so none of it is in the journal. */

const Cursor = z.object({
  seq: z.int().min(0),
  hash: z.instanceof(Buffer),
  state: z.enum(['open', 'forked', 'revoked']),
  lastError: z.string().nullable(),
  seenAt: z.int().nullable(),
});

export const noteCursor = defineCommand({
  name: 'relay.note_cursor',
  permission: 'relay.change',
  keepsReceipt: false,
  input: Cursor,
  handle({ tx }, cursor): null {
    // The store may have left while the link was still speaking.
    if (membership(tx.connection) === undefined) return null;
    const rows = tx.local(relayCursorTable);
    if (relayCursor(tx.connection) === undefined) rows.insert({ id: THE_RELAY, ...cursor });
    else rows.update(THE_RELAY, cursor);
    return null;
  },
});

const NewVerdict = z.object({
  id: z.string(),
  relayId: z.string(),
  n: z.int(),
  command: z.string(),
  outcome: z.enum(['applied', 'duplicate', 'refused']),
  code: z.string().nullable(),
  sentence: z.string().nullable(),
});
export type NewVerdict = z.output<typeof NewVerdict>;

export const keepVerdict = defineCommand({
  name: 'relay.keep_verdict',
  permission: 'relay.change',
  keepsReceipt: false,
  input: NewVerdict,
  handle({ tx, now }, verdict): null {
    if (verdictOf(tx.connection, verdict.id) === undefined) {
      tx.local(relayInboxTable).insert({ ...verdict, receivedAt: now, acknowledgedAt: null });
    }
    return null;
  },
});

export const confirmVerdicts = defineCommand({
  name: 'relay.confirm_verdicts',
  permission: 'relay.change',
  keepsReceipt: false,
  input: z.object({ ids: z.array(z.string()) }),
  handle({ tx, now }, { ids }): null {
    for (const id of ids) {
      if (isUnacknowledged(tx.connection, id)) tx.local(relayInboxTable).update(id, { acknowledgedAt: now });
    }
    return null;
  },
});
