import { join } from 'node:path';
import type { Core, Execute } from '../../../store-server/commands/core.ts';
import type { Command } from '../../../store-server/commands/define.ts';
import { createPerformer, Rejection } from '../../../store-server/commands/perform.ts';
import { openConnection } from '../../../store-server/db/connection.ts';
import { systemClock } from '../../../store-server/kernel/clock.ts';
import { reactions } from '../../../store-server/reactions.ts';
import { dayOf, ids } from './store.ts';

/**
 * The plainest way to run the same commands: each at once, in a transaction of its own, waiting for nobody. What
 * grouping costs somebody who is alone is measured against this.
 */
export function openPlainDoor(folder: string): Pick<Core, 'connection' | 'execute'> {
  const connection = openConnection(join(folder, 'store.db'));
  const businessDay = dayOf(() => connection);
  const performer = createPerformer(connection, { ids, now: systemClock.now, businessDay, reactions });
  const begin = connection.sqlite.prepare('BEGIN IMMEDIATE');
  const commit = connection.sqlite.prepare('COMMIT');
  let head = performer.journal.readHead();
  const execute: Execute = async (command, caller, input, sent = input) => {
    begin.run();
    const request = { command: command as unknown as Command, caller, input, sent, prepared: undefined };
    const performed = performer.perform(request, head);
    commit.run();
    head = performed.head;
    if (performed.result instanceof Rejection) throw performed.result;
    return performed.result as never;
  };
  return { connection: () => connection, execute };
}

/** Keeps `inFlight` orders under way for so many ms; answers how many a second were acknowledged. */
export async function sendOrders(ms: number, inFlight: number, take: (n: number) => Promise<unknown>): Promise<number> {
  let sent = 0;
  const from = performance.now();
  const until = from + ms;
  const one = async () => {
    while (performance.now() < until) {
      const n = sent;
      sent += 1;
      await take(n);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return (sent * 1000) / (performance.now() - from);
}
