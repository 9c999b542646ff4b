import type { Role } from '#contract/permissions.ts';
import { staffAdded, staffChanged } from '#contract/staff.facts.ts';
import { ChangeStaff, NewStaff } from '#contract/staff.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { insist, Problem } from '../../kernel/verdict.ts';
import type { Auth } from './staff.auth.ts';
import {
  insistStaff,
  nextAlias,
  otherActiveOwners,
  type StaffMember,
  type StaffSecrets,
  secretsOf,
  staffByEmail,
} from './staff.reads.ts';
import { fitsRole, goodPassword, goodPin, keepsAnOwner, mayManage } from './staff.rules.ts';
import { staffMemberTable, staffSecretTable } from './staff.schema.ts';
import { endSessionsOf } from './staff.sessions.ts';

/** A person as managers see them: that there is a PIN, never the PIN. */
export interface StaffView extends StaffMember {
  readonly hasPin: boolean;
  readonly hasPassword: boolean;
}

export const viewOf = ({ passwordHash, pinHash, ...member }: StaffSecrets): StaffView => ({
  ...member,
  hasPin: pinHash !== null,
  hasPassword: passwordHash !== null,
});

export const viewById = (connection: Connection, id: string): StaffView =>
  viewOf(secretsOf(connection, id) as StaffSecrets);

function insistFreeEmail(connection: Connection, email: string | null, own: string): void {
  const holder = email === null ? undefined : staffByEmail(connection, email);
  if (holder !== undefined && holder.id !== own) throw new Problem('CONFLICT', { field: 'email' });
}

/** The person, provided that the caller stands at least as high. */
export function insistManaged({ tx, actor }: CommandContext, ref: number | string): StaffMember {
  const member = insistStaff(tx.connection, ref);
  insist(mayManage(actor.role, member.role));
  return member;
}

export function writeSecret(
  { tx }: CommandContext,
  id: string,
  fields: { passwordHash?: string; pinHash?: string | null },
): void {
  tx.local(staffSecretTable).update(id, fields);
}

/** A new person, with a password, a PIN, both or neither. */
export const addStaff = (auth: Auth) =>
  defineCommand({
    name: 'staff.add',
    permission: 'staff.change',
    input: NewStaff,
    keepsReceipt: false,
    async prepare(_, { password, pin }) {
      const id = auth.ids.next();
      return {
        id,
        passwordHash: password === undefined ? null : await auth.hashing.hashPassword(password),
        pinHash: pin === undefined ? null : await auth.hashing.hashPin(id, pin),
      };
    },
    handle(context, input, { id, passwordHash, pinHash }): StaffView {
      const { tx, actor, now } = context;
      const { first_name: firstName, last_name: lastName, email, role, preset, password, pin } = input;
      insist(mayManage(actor.role, role));
      insist(fitsRole(role, preset));
      if (password !== undefined) insist(goodPassword(password, email));
      if (pin !== undefined) insist(goodPin(pin, role));
      insistFreeEmail(tx.connection, email, id);
      const alias = nextAlias(tx.connection);
      tx.on('staff', id)
        .insert(staffMemberTable, { id, alias, firstName, lastName, email, role, preset, active: true, createdAt: now })
        .tell(staffAdded, { staff_id: id, role, preset });
      tx.local(staffSecretTable).insert({ id, passwordHash, pinHash });
      return viewById(tx.connection, id);
    },
  });

/** The fields of a change as the table calls them. */
const fieldsOf = (input: ReturnType<typeof ChangeStaff.parse>, role: Role) => ({
  ...(input.first_name === undefined ? {} : { firstName: input.first_name }),
  ...(input.last_name === undefined ? {} : { lastName: input.last_name }),
  ...(input.email === undefined ? {} : { email: input.email }),
  ...(input.role === undefined ? {} : { role: input.role }),
  // A manager's job is everything, so a promotion takes the preset away.
  ...(input.preset === undefined ? (role === 'employee' ? {} : { preset: null }) : { preset: input.preset }),
  ...(input.is_active === undefined ? {} : { active: input.is_active }),
});

/** Changes a person. A new role, job or leaving ends their sign-ins; a promotion needs a longer PIN, so the old one goes. */
export const changeStaff = defineCommand({
  name: 'staff.change',
  permission: 'staff.change',
  input: ChangeStaff,
  handle(context, input): StaffView {
    const { tx, actor } = context;
    const before = insistManaged(context, input.id);
    const after = { ...before, ...fieldsOf(input, input.role ?? before.role) };
    const changed = (['firstName', 'lastName', 'email', 'role', 'preset', 'active'] as const).filter(
      (field) => before[field] !== after[field],
    );
    if (changed.length === 0) return viewById(tx.connection, before.id);
    insist(mayManage(actor.role, after.role));
    insist(fitsRole(after.role, after.preset));
    insist(keepsAnOwner(before, after, otherActiveOwners(tx.connection, before.id)));
    insistFreeEmail(tx.connection, after.email, before.id);

    const fields = Object.fromEntries(changed.map((field) => [field, after[field]]));
    const ends = changed.some((field) => field === 'role' || field === 'preset' || field === 'active');
    if (before.role === 'employee' && after.role !== 'employee') writeSecret(context, before.id, { pinHash: null });
    tx.on('staff', before.id)
      .update(staffMemberTable, before.id, fields)
      .tell(staffChanged, {
        staff_id: before.id,
        changed: changed.map(wireName),
        sessions_ended: ends && endSessionsOf(context, before.id),
      });
    return viewById(tx.connection, before.id);
  },
});

const wireNames = { firstName: 'first_name', lastName: 'last_name', active: 'is_active' } as const;
const wireName = (field: string): string => wireNames[field as keyof typeof wireNames] ?? field;
