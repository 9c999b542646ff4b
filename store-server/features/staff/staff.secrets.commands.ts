import { staffChanged, staffUnlocked } from '#contract/staff.facts.ts';
import { SetPassword, SetPin, StaffId } from '#contract/staff.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { insist } from '../../kernel/verdict.ts';
import { insistManaged, type StaffView, viewById, writeSecret } from './staff.admin.commands.ts';
import type { Auth } from './staff.auth.ts';
import { insistStaff, type StaffMember, staffByRef } from './staff.reads.ts';
import { goodPassword, goodPin } from './staff.rules.ts';
import { endSessionsOf } from './staff.sessions.ts';

/** Gives a person a new PIN and ends their sign-ins, except the one that asks. */
export const setPin = (auth: Auth) =>
  defineCommand({
    name: 'staff.set_pin',
    permission: 'staff.change',
    input: SetPin,
    keepsReceipt: false,
    async prepare({ connection }, { id, pin }) {
      const member = staffByRef(connection, id);
      return member === undefined ? null : auth.hashing.hashPin(member.id, pin);
    },
    handle(context, { id, pin }, pinHash): StaffView {
      const member = insistManaged(context, id);
      insist(goodPin(pin, member.role));
      writeSecret(context, member.id, { pinHash });
      return secretChanged(context, member, 'pin');
    },
  });

/** Gives a person a new password and ends their sign-ins, except the one that asks. */
export const setPassword = (auth: Auth) =>
  defineCommand({
    name: 'staff.set_password',
    permission: 'staff.change',
    input: SetPassword,
    keepsReceipt: false,
    prepare: (_, { password }) => auth.hashing.hashPassword(password),
    handle(context, { id, password }, passwordHash): StaffView {
      const member = insistManaged(context, id);
      insist(goodPassword(password, member.email));
      writeSecret(context, member.id, { passwordHash });
      return secretChanged(context, member, 'password');
    },
  });

function secretChanged(context: CommandContext, member: StaffMember, what: 'pin' | 'password'): StaffView {
  context.tx.on('staff', member.id).tell(staffChanged, {
    staff_id: member.id,
    changed: [what],
    sessions_ended: endSessionsOf(context, member.id),
  });
  return viewById(context.tx.connection, member.id);
}

/** Opens PIN sign-in for a person on every device again. */
export const unlockStaff = (auth: Auth) =>
  defineCommand({
    name: 'staff.unlock',
    permission: 'staff.unlock',
    input: StaffId,
    handle(context, { id }): StaffView {
      const { tx } = context;
      const member = insistStaff(tx.connection, id);
      auth.guard.unlock(context, { person: member.id });
      tx.on('staff', member.id).tell(staffUnlocked, { staff_id: member.id });
      return viewById(tx.connection, member.id);
    },
  });
