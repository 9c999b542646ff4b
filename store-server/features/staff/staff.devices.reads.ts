import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { sha256 } from '../../kernel/hashing.ts';
import { staffById } from './staff.reads.ts';
import {
  deviceSecretTable,
  deviceTable,
  loginSessionTable,
  oneTimeCodeTable,
  refreshTokenTable,
  staffMemberTable,
} from './staff.schema.ts';

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly kind: 'registered' | 'legacy';
  readonly address: string | null;
  readonly registeredAt: number;
  readonly revokedAt: number | null;
}

/** How secrets with enough randomness of their own (tokens, codes) are kept: nothing can be read back from it. */
export const hashOf = (secret: string): string => sha256(secret).toString('hex');

/** What a code is called where it must not be said: it opens nothing. */
export const codeName = (hash: string): string => hash.slice(0, 16);

const deviceColumns = {
  id: deviceTable.id,
  name: deviceTable.name,
  kind: deviceTable.kind,
  address: deviceTable.address,
  registeredAt: deviceTable.registeredAt,
  revokedAt: deviceTable.revokedAt,
};
const byToken = prepared((orm) =>
  orm
    .select({ id: deviceSecretTable.id })
    .from(deviceSecretTable)
    .where(eq(deviceSecretTable.tokenHash, sql.placeholder('hash')))
    .prepare(),
);
const byId = prepared((orm) =>
  orm
    .select(deviceColumns)
    .from(deviceTable)
    .where(eq(deviceTable.id, sql.placeholder('id')))
    .prepare(),
);
const every = prepared((orm) => orm.select(deviceColumns).from(deviceTable).orderBy(asc(deviceTable.id)).prepare());
const legacyAt = prepared((orm) =>
  orm
    .select({ id: deviceTable.id })
    .from(deviceTable)
    .where(
      and(
        eq(deviceTable.kind, 'legacy'),
        eq(deviceTable.address, sql.placeholder('address')),
        isNull(deviceTable.revokedAt),
      ),
    )
    .limit(1)
    .prepare(),
);
const sessionsOnDevice = prepared((orm) =>
  orm
    .select({ id: loginSessionTable.id })
    .from(loginSessionTable)
    .where(and(eq(loginSessionTable.deviceId, sql.placeholder('id')), isNull(loginSessionTable.revokedAt)))
    .prepare(),
);
const sessionById = prepared((orm) =>
  orm
    .select({
      id: loginSessionTable.id,
      staffId: loginSessionTable.staffId,
      kind: loginSessionTable.kind,
      deviceId: loginSessionTable.deviceId,
      expiresAt: loginSessionTable.expiresAt,
      revokedAt: loginSessionTable.revokedAt,
    })
    .from(loginSessionTable)
    .where(eq(loginSessionTable.id, sql.placeholder('id')))
    .prepare(),
);
const refreshByHash = prepared((orm) =>
  orm
    .select()
    .from(refreshTokenTable)
    .where(eq(refreshTokenTable.id, sql.placeholder('id')))
    .prepare(),
);
const codeById = prepared((orm) =>
  orm
    .select()
    .from(oneTimeCodeTable)
    .where(
      and(eq(oneTimeCodeTable.id, sql.placeholder('id')), eq(oneTimeCodeTable.purpose, sql.placeholder('purpose'))),
    )
    .prepare(),
);
const codesFor = prepared((orm) =>
  orm
    .select()
    .from(oneTimeCodeTable)
    .where(eq(oneTimeCodeTable.purpose, sql.placeholder('purpose')))
    .prepare(),
);

export const deviceById = (connection: Connection, id: string): Device | undefined => byId(connection).get({ id });

/** The registered device that a token belongs to, unless it was revoked. */
export function deviceOfToken(connection: Connection, token: string): string | undefined {
  const found = byToken(connection).get({ hash: hashOf(token) });
  const device = found === undefined ? undefined : deviceById(connection, found.id);
  return device?.revokedAt === null ? device.id : undefined;
}

export const devices = (connection: Connection): Device[] => every(connection).all();
export const legacyDeviceAt = (connection: Connection, address: string): string | undefined =>
  legacyAt(connection).get({ address })?.id;
export const liveSessionsOn = (connection: Connection, deviceId: string): string[] =>
  sessionsOnDevice(connection)
    .all({ id: deviceId })
    .map(({ id }) => id);

/** More sign-ins than one restaurant has at a time. */
const MOST_KNOWN = 1_000;
const knownSessions = remembered(
  [loginSessionTable, staffMemberTable, deviceTable],
  () => new Map<string, ReturnType<typeof readSession>>(),
);

/**
 * A sign-in with the present state of its person and its device. Every request asks this, so it is remembered until
 * somebody signs in or out, a person changes or a device does.
 */
export function sessionOf(connection: Connection, id: string): ReturnType<typeof readSession> {
  const known = knownSessions(connection);
  const before = known.get(id);
  if (before !== undefined) return before;
  const session = readSession(connection, id);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(id, session);
  return session;
}

/** Three point reads: a join takes SQLite ten times as long as a point read. */
function readSession(connection: Connection, id: string) {
  const session = sessionById(connection).get({ id });
  const staff = session === undefined ? undefined : staffById(connection, session.staffId);
  if (session === undefined || staff === undefined) return undefined;
  const device = session.deviceId === null ? undefined : deviceById(connection, session.deviceId);
  return { ...session, staff, deviceKind: device?.kind ?? null, deviceRevokedAt: device?.revokedAt ?? null };
}

export const refreshTokenOf = (connection: Connection, token: string) =>
  refreshByHash(connection).get({ id: hashOf(token) });
export const codeOf = (connection: Connection, code: string, purpose: 'setup' | 'device') =>
  codeById(connection).get({ id: hashOf(code), purpose });
/** The device codes that still let somebody in. */
export const openDeviceCodes = (connection: Connection, now: number) =>
  codesOf(connection, 'device').filter(({ usedAt, expiresAt }) => usedAt === null && (expiresAt ?? 0) > now);
export const codesOf = (connection: Connection, purpose: 'setup' | 'device') => codesFor(connection).all({ purpose });
