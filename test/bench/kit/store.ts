import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFolder } from '../../../cloud-relay/db/end-with-us.ts';
import { createBusinessClock } from '../../../store-server/business-clock.ts';
import { type Caller, callerOf, staffActor } from '../../../store-server/commands/caller.ts';
import { type Core, openCore } from '../../../store-server/commands/core.ts';
import type { Connection } from '../../../store-server/db/connection.ts';
import { firstOpenDay } from '../../../store-server/features/reports/index.ts';
import { settingsOf } from '../../../store-server/features/settings/index.ts';
import { staffByRef } from '../../../store-server/features/staff/index.ts';
import { lastBusinessDay } from '../../../store-server/journal/tail.ts';
import { systemClock, systemRandom } from '../../../store-server/kernel/clock.ts';
import { createIds } from '../../../store-server/kernel/ids.ts';
import { reactions } from '../../../store-server/reactions.ts';
import { openStore } from '../../harness/open-store.ts';

export const ids = createIds(systemClock.now, systemRandom);

const removals: (() => void)[] = [];
process.once('exit', () => {
  for (const remove of removals) remove();
});

/** A temporary folder that is gone when this process is, however it ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-bench-'));
  removals.push(watchFolder(folder));
  return folder;
}

let template: Promise<string> | null = null;

/** A new folder with the demo restaurant in it and no server: 120 products, 40 tables, 12 staff, no orders. */
export async function demoFolder(): Promise<string> {
  template ??= (async () => {
    const store = await openStore({ at: new Date().toISOString() });
    const folder = ownFolder();
    const { dataDir } = store;
    await store.server.stop();
    cpSync(dataDir, folder, { recursive: true });
    await store.close();
    return folder;
  })();
  const folder = ownFolder();
  cpSync(await template, folder, { recursive: true });
  return folder;
}

/** The store's business day for an instant, worked out as the server does it. */
export function dayOf(connection: () => Connection): (now: number) => string {
  const log = () => undefined;
  const business = createBusinessClock(lastBusinessDay(connection()), () => settingsOf(connection()), log);
  return (now) => firstOpenDay(connection(), business.day(now));
}

/** The one door on its own, as the server opens it: no HTTP, no sockets, no printers. */
export function openDoor(folder: string, limits: { groupLimit?: number } = {}): Core {
  let day: (now: number) => string = () => '';
  const core = openCore({
    file: join(folder, 'store.db'),
    clock: systemClock,
    ids,
    log: () => undefined,
    reactions,
    businessDay: (now) => day(now),
    ...limits,
  });
  day = dayOf(() => core.connection());
  return core;
}

/** A server of the demo restaurant at a device, with a key for this one request. */
export function callerFor(core: Pick<Core, 'connection'>): () => Caller {
  const member = staffByRef(core.connection(), 3);
  if (member === undefined) throw new Error('the demo restaurant has no third member of staff');
  const actor = staffActor(member.id, member.role, member.preset);
  const scope = `user:${member.id}`;
  return () => callerOf(actor, { scope, key: ids.next(), address: '127.0.0.1' });
}
