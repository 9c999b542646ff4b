import { ChangeSettings, FoundStore, type Settings, settingsChanged, storeFounded } from '#contract/settings.ts';
import { systemCaller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import { isStored, REVISION, type StoreIdentity, settingsOf, storeIdentity, storeIfFounded } from './settings.reads.ts';
import { changedKeys, withChange } from './settings.rules.ts';
import { epochTable, settingTable, storeTable } from './settings.schema.ts';

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
  input: ChangeSettings,
  handle: applySettings,
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

/** The store's identity, made now if this is the first start on this database. */
export async function foundStore(core: Core, kind: StoreIdentity['kind']): Promise<StoreIdentity> {
  const store = storeIfFounded(core.connection());
  return store ?? (await core.execute(found, systemCaller(), { kind })).data;
}
