import { eq, sql } from 'drizzle-orm';
import { type ChangeSettings, defaultSettings, type Settings, settingsChanged } from '#contract/settings.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { factsAbout } from '../../journal/tail.ts';
import { withChange } from './settings.rules.ts';
import { settingTable, storeTable } from './settings.schema.ts';

/** The row whose value is a new id at every change: a count could come back after a rollback with other contents. */
export const REVISION = 'revision';

const settingById = prepared((orm) =>
  orm
    .select()
    .from(settingTable)
    .where(eq(settingTable.id, sql.placeholder('id')))
    .prepare(),
);
const everySetting = prepared((orm) => orm.select().from(settingTable).prepare());
const storeRow = prepared((orm) => orm.select().from(storeTable).limit(1).prepare());

const revisionOf = remembered(
  [settingTable],
  (connection) => settingById(connection).get({ id: REVISION })?.value ?? null,
);
const known = new WeakMap<Connection, { readonly revision: unknown; readonly settings: Settings }>();

/** The store's settings, whole. At most one point read; inside a transaction it sees what that one changed. */
export function settingsOf(connection: Connection): Settings {
  const revision = revisionOf(connection);
  const cached = known.get(connection);
  if (cached !== undefined && cached.revision === revision) return cached.settings;
  const stored = Object.fromEntries(
    everySetting(connection)
      .all()
      .filter((row) => row.id in defaultSettings)
      .map((row) => [row.id, row.value]),
  ) as ChangeSettings;
  const settings = withChange(defaultSettings, stored);
  known.set(connection, { revision, settings });
  return settings;
}

/** Which settings have a row of their own. */
export const isStored = (connection: Connection, id: string): boolean =>
  settingById(connection).get({ id }) !== undefined;

/** Who this store is. `createdAt` is epoch ms. */
export interface StoreIdentity {
  readonly id: string;
  readonly restaurantId: string;
  readonly kind: 'restaurant' | 'demo';
  readonly createdAt: number;
}

/** The store's identity, or undefined before its first start. */
export const storeIfFounded = (connection: Connection): StoreIdentity | undefined => storeRow(connection).get();

const identities = new WeakMap<Connection, StoreIdentity>();

/**
 * Who this store is; read once, for it never changes.
 * @throws Error before `foundStore` has run, which the server does first of all
 */
export function storeIdentity(connection: Connection): StoreIdentity {
  const store = identities.get(connection) ?? storeIfFounded(connection);
  if (store === undefined) throw new Error('The store has not been founded');
  identities.set(connection, store);
  return store;
}

/** Who last changed a setting, and when (epoch ms). */
export interface SettingOrigin {
  readonly key: string;
  readonly at: number;
  readonly actorId: string | null;
}

/** How far back changes are looked at: what is older than so many of them has no name beside it. */
const LOOKED_AT = 500;

/** The last change of each setting that was ever changed, the latest first. */
export function settingOrigins(connection: Connection): SettingOrigin[] {
  const found = new Map<string, SettingOrigin>();
  for (const fact of factsAbout(connection, storeIdentity(connection).id, settingsChanged.kind, LOOKED_AT)) {
    const { keys } = JSON.parse(fact.body ?? '{"keys":[]}') as { keys: string[] };
    for (const key of keys) if (!found.has(key)) found.set(key, { key, at: fact.recordedAt, actorId: fact.actorId });
  }
  return [...found.values()];
}
