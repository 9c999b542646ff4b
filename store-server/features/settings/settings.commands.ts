import { z } from 'zod';
import { type Restored, storeRestored } from '#contract/backups.ts';
import {
  type ChangeSettings,
  FoundStore,
  SaveSettings,
  type Settings,
  settingsChanged,
  storeBranched,
  storeFounded,
} from '#contract/settings.ts';
import { systemCaller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { currentEpoch, journalHead } from '../../journal/tail.ts';
import type { Head } from '../../kernel/journal-entry.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Series } from './settings.numbers.ts';
import { isStored, REVISION, type StoreIdentity, settingsOf, storeIdentity, storeIfFounded } from './settings.reads.ts';
import { changedKeys, overtaken, withChange } from './settings.rules.ts';
import { epochTable, numbersTakenTable, settingTable, storeTable } from './settings.schema.ts';

/** Changes the named settings inside the running command and returns them whole. Changing nothing writes nothing. */
export function applySettings(context: CommandContext, change: ChangeSettings): Settings {
  const { tx, now, ids } = context;
  const before = settingsOf(tx.connection);
  const after = withChange(before, change);
  const keys = changedKeys(before, after);
  if (keys.length === 0) return before;

  const writer = tx.on('settings', storeIdentity(tx.connection).id);
  const write = (id: string, value: unknown) => {
    if (isStored(tx.connection, id)) writer.update(settingTable, id, { value, updatedAt: now });
    else writer.insert(settingTable, { id, value, updatedAt: now });
  };
  for (const key of new Set(keys.map((name) => name.split('.')[0] as keyof Settings))) write(key, after[key]);
  write(REVISION, ids.next());
  writer.tell(settingsChanged, { keys });
  return after;
}

export const changeSettings = defineCommand({
  name: 'settings.change',
  permission: 'settings.change',
  input: SaveSettings,
  handle(context, { seen = {}, ...change }): Settings {
    const before = settingsOf(context.tx.connection);
    const keys = overtaken(before, withChange(before, change), seen);
    if (keys.length > 0) throw new Problem('VERSION_CONFLICT', { keys });
    const { second_folder } = before.backup;
    // A folder for backups has to be looked at first, which is not done here.
    if ((change.backup?.second_folder ?? second_folder) !== second_folder) {
      throw new Problem('VALIDATION_ERROR', {
        field: 'backup.second_folder',
        reason: 'Choose this folder under backups.',
      });
    }
    return applySettings(context, change);
  },
});

/** Gives an empty database its identity and its first epoch. Run by the server itself, reached by no route. */
export const found = defineCommand({
  name: 'store.found',
  permission: 'settings.change',
  input: FoundStore,
  handle({ tx, ids, now }, { kind }): StoreIdentity {
    if (storeIfFounded(tx.connection) !== undefined) throw new Problem('CONFLICT');
    const store = {
      id: ids.next(),
      restaurantId: ids.next(),
      kind,
      createdAt: now,
    };
    const epoch = ids.next();
    tx.on('store', store.id)
      .insert(storeTable, store)
      .insert(epochTable, { id: epoch, startedAt: now, reason: 'founded' })
      .tell(storeFounded, {
        store_id: store.id,
        restaurant_id: store.restaurantId,
        kind,
        epoch,
      });
    return store;
  },
});

/** What a restored database is told about its new epoch; its id and its parent are found here. */
type NewEpoch = Omit<Restored, 'store_id' | 'epoch' | 'parent_epoch' | 'parent_seq'> & {
  /** Up to where the history that is left behind may have numbered a series. */
  readonly taken: ReadonlyMap<Series, number>;
};

/**
 * Begins a new branch of history in a database that goes on from an earlier state, before anybody else is let in. Entries
 * from here on have numbers that others had before them; by the epoch everybody can tell. What people know by a number
 * gets one that was never given out.
 */
const beginEpoch = defineCommand({
  name: 'store.begin_epoch',
  permission: 'settings.change',
  input: z.custom<NewEpoch>(),
  handle({ tx, ids, now }, { taken, ...input }): Restored {
    const { id: storeId } = storeIdentity(tx.connection);
    const parent = { epoch: currentEpoch(tx.connection), head: journalHead(tx.connection) };
    const epoch = ids.next();
    const body: Restored = {
      ...input,
      store_id: storeId,
      epoch,
      parent_epoch: parent.epoch,
      parent_seq: parent.head.seq,
    };
    const writer = tx.on('store', storeId).insert(epochTable, {
      id: epoch,
      startedAt: now,
      parentEpoch: parent.epoch,
      parentSeq: parent.head.seq,
      parentHash: parent.head.hash,
      reason: input.cause,
    });
    for (const [series, upTo] of taken) writer.insert(numbersTakenTable, { id: `${epoch}:${series}`, series, upTo });
    writer.tell(storeRestored, body);
    return body;
  },
});

/**
 * From the entry after `parent` on, the journal is an epoch of its own: another computer, or a copy of this one, has
 * given out the same numbers for something else.
 */
export function branchOff({ tx, ids, now }: CommandContext, parent: Head): void {
  const { id } = storeIdentity(tx.connection);
  const epoch = ids.next();
  const parentEpoch = currentEpoch(tx.connection);
  tx.on('store', id)
    .insert(epochTable, {
      id: epoch,
      startedAt: now,
      parentEpoch,
      parentSeq: parent.seq,
      parentHash: parent.hash,
      reason: 'another_history',
    })
    .tell(storeBranched, { store_id: id, epoch, parent_epoch: parentEpoch, parent_seq: parent.seq });
}

export async function startEpoch(core: Core, input: NewEpoch): Promise<Restored> {
  return (await core.execute(beginEpoch, systemCaller(), input)).data;
}

/** The store's identity, made now if this is the first start on this database. */
export async function foundStore(core: Core, kind: StoreIdentity['kind']): Promise<StoreIdentity> {
  const store = storeIfFounded(core.connection());
  return store ?? (await core.execute(found, systemCaller(), { kind })).data;
}
