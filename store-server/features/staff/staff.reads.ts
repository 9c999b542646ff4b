import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection, Orm } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { Problem } from '../../kernel/verdict.ts';
import { shortName } from './staff.rules.ts';
import { loginSessionTable, staffSecretTable as secret, staffMemberTable as staff } from './staff.schema.ts';

/** A person who works here, without anything secret. */
export interface StaffMember {
  readonly id: string;
  readonly alias: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly role: 'platform_owner' | 'restaurant_owner' | 'manager' | 'employee';
  readonly preset: 'server' | 'cashier' | 'kitchen' | 'host' | 'bar' | null;
  readonly active: boolean;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** A person with the hashes that their sign-ins are checked against; never leaves this feature. */
export interface StaffSecrets extends StaffMember {
  readonly passwordHash: string | null;
  readonly pinHash: string | null;
}

const columns = {
  id: staff.id,
  alias: staff.alias,
  firstName: staff.firstName,
  lastName: staff.lastName,
  email: staff.email,
  role: staff.role,
  preset: staff.preset,
  active: staff.active,
  createdAt: staff.createdAt,
};

const where = (condition: SQL | undefined) =>
  prepared((orm: Orm) => orm.select(columns).from(staff).where(condition).orderBy(asc(staff.alias)).prepare());
const withSecrets = (condition: SQL | undefined) =>
  prepared((orm: Orm) =>
    orm
      .select({ ...columns, passwordHash: secret.passwordHash, pinHash: secret.pinHash })
      .from(staff)
      .leftJoin(secret, eq(secret.id, staff.id))
      .where(condition)
      .orderBy(asc(staff.alias))
      .prepare(),
  );

const byId = where(eq(staff.id, sql.placeholder('id')));
const byAlias = where(eq(staff.alias, sql.placeholder('alias')));
const secretsById = withSecrets(eq(staff.id, sql.placeholder('id')));
const secretsByEmail = withSecrets(eq(staff.email, sql.placeholder('email')));
const secretsByUserName = withSecrets(
  sql`substr(${staff.email}, 1, instr(${staff.email}, '@') - 1) = ${sql.placeholder('name')}`,
);
const everyone = withSecrets(undefined);
const withPin = withSecrets(and(eq(staff.active, true), isNotNull(secret.pinHash)));
const owners = inArray(staff.role, ['restaurant_owner', 'platform_owner']);
const otherOwners = where(and(owners, eq(staff.active, true), ne(staff.id, sql.placeholder('id'))));
const highestAlias = prepared((orm) =>
  orm
    .select({ alias: sql<number>`coalesce(max(${staff.alias}), 0)` })
    .from(staff)
    .prepare(),
);
const latestSignIn = prepared((orm) =>
  orm
    .select({ at: loginSessionTable.createdAt })
    .from(loginSessionTable)
    .where(eq(loginSessionTable.staffId, sql.placeholder('id')))
    .orderBy(desc(loginSessionTable.createdAt))
    .limit(1)
    .prepare(),
);
const ownSessions = prepared((orm) =>
  orm
    .select({ id: loginSessionTable.id })
    .from(loginSessionTable)
    .where(and(eq(loginSessionTable.staffId, sql.placeholder('id')), isNull(loginSessionTable.revokedAt)))
    .prepare(),
);
const fromAddress = prepared((orm) =>
  orm
    .select({ id: loginSessionTable.id })
    .from(loginSessionTable)
    .where(
      and(
        eq(loginSessionTable.staffId, sql.placeholder('id')),
        isNotNull(loginSessionTable.address),
        eq(loginSessionTable.address, sql.placeholder('address')),
      ),
    )
    .limit(1)
    .prepare(),
);

export const staffById = (connection: Connection, id: string): StaffMember | undefined => byId(connection).get({ id });

/** Filled as people are asked for. */
const shortNames = remembered([staff], () => new Map<string, string>());

/** "Ana P.", as receipts and tickets call a person; empty for nobody we know. */
export function staffName(connection: Connection, id: string): string {
  const names = shortNames(connection);
  const known = names.get(id);
  if (known !== undefined) return known;
  const member = staffById(connection, id);
  const name = member === undefined ? '' : shortName(member);
  names.set(id, name);
  return name;
}

export const staffByRef = (connection: Connection, ref: Ref): StaffMember | undefined =>
  typeof ref === 'number' ? byAlias(connection).get({ alias: ref }) : staffById(connection, ref);

/** @throws Problem NOT_FOUND */
export function insistStaff(connection: Connection, ref: Ref, field = 'id'): StaffMember {
  const member = staffByRef(connection, ref);
  if (member === undefined) throw new Problem('NOT_FOUND', { field });
  return member;
}

/** Everybody who works here and can sign in on a device. */
export const staffWithPin = (connection: Connection): StaffMember[] => withPin(connection).all();
export const staffWithSecrets = (connection: Connection): StaffSecrets[] => everyone(connection).all();
export const secretsOf = (connection: Connection, id: string): StaffSecrets | undefined =>
  secretsById(connection).get({ id });

export const staffByEmail = (connection: Connection, email: string): StaffSecrets | undefined =>
  secretsByEmail(connection).get({ email });

/** By e-mail, or by the part before the @ where that is one person's only; in any case of letters. */
export function staffByLogin(connection: Connection, login: string): StaffSecrets | undefined {
  const name = login.toLowerCase();
  if (name.includes('@')) return staffByEmail(connection, name);
  const found = secretsByUserName(connection).all({ name });
  return found.length === 1 ? found[0] : undefined;
}

export const hasOwner = (connection: Connection): boolean => otherActiveOwners(connection, '') > 0;
/** How many active owners there are beside this person. */
export const otherActiveOwners = (connection: Connection, id: string): number =>
  otherOwners(connection).all({ id }).length;
export const nextAlias = (connection: Connection): number => (highestAlias(connection).get()?.alias ?? 0) + 1;

/** Epoch ms of the latest sign-in; null before the first. */
export const lastSignIn = (connection: Connection, id: string): number | null =>
  latestSignIn(connection).get({ id })?.at ?? null;
export const liveSessionsOf = (connection: Connection, id: string): string[] =>
  ownSessions(connection)
    .all({ id })
    .map((session) => session.id);
/** Whether this person ever signed in from that address. */
export const isKnownAddress = (connection: Connection, id: string, address: string): boolean =>
  fromAddress(connection).get({ id, address }) !== undefined;
