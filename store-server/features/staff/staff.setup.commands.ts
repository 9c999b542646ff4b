import { staffAdded } from '#contract/staff.facts.ts';
import { Nothing, SetUp } from '#contract/staff.ts';
import { type Caller, systemCaller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import {
  type CommandContext,
  defineCommand,
  type PrepareContext,
  type Refused,
  refused,
} from '../../commands/define.ts';
import { insist, Problem } from '../../kernel/verdict.ts';
import { applySettings } from '../settings/index.ts';
import type { Auth } from './staff.auth.ts';
import { inFours, newCode, readCode, SETUP_CODE_LENGTH } from './staff.codes.ts';
import { codeOf, codesOf, hashOf } from './staff.devices.reads.ts';
import { hasOwner, insistStaff, nextAlias } from './staff.reads.ts';
import { goodPassword, goodPin, splitName } from './staff.rules.ts';
import { oneTimeCodeTable, staffMemberTable, staffSecretTable } from './staff.schema.ts';
import { type User, userOf } from './staff.sessions.ts';
import { addressOf } from './staff.sign-in.commands.ts';

/** Makes the code with which the first owner signs up; an earlier one is void. Run by the server at its start. */
export const makeSetupCode = defineCommand({
  name: 'staff.make_setup_code',
  permission: 'staff.change',
  input: Nothing,
  keepsReceipt: false,
  handle({ tx, now, ids }): { code: string } {
    if (hasOwner(tx.connection)) throw new Problem('CONFLICT', { reason: 'there_is_an_owner' });
    const local = tx.local(oneTimeCodeTable);
    for (const { id } of codesOf(tx.connection, 'setup')) local.remove(id);
    const code = newCode(ids, SETUP_CODE_LENGTH);
    local.insert({ id: hashOf(code), purpose: 'setup', createdAt: now });
    return { code: inFours(code) };
  },
});

/** The code to print on the console while the restaurant has no owner; null once it has one. */
export async function ensureSetupCode(core: Core): Promise<string | null> {
  if (hasOwner(core.connection())) return null;
  return (await core.execute(makeSetupCode, systemCaller(), {})).data.code;
}

/** What only the code on the console opens, as long as there is no owner. */
export interface SetupDoor {
  /** Whether this code opens it. @throws Problem RATE_LIMIT_EXCEEDED after too many wrong ones from one address */
  opens(context: PrepareContext, code: string): boolean;
  /** For a code that does not: counts it. @throws Problem RATE_LIMIT_EXCEEDED, or CONFLICT where there is an owner */
  refuse(context: CommandContext): Refused;
}

export function setupDoor({ guard }: Pick<Auth, 'guard'>): SetupDoor {
  const doorsOf = (caller: Caller) => [{ rule: 'codes' as const, of: addressOf(caller) }];
  return {
    opens({ connection, caller, now }, code) {
      guard.insistOpen(connection, doorsOf(caller), now);
      const known = codeOf(connection, readCode(code), 'setup');
      return !hasOwner(connection) && known !== undefined && known.usedAt === null;
    },
    refuse(context) {
      const { tx, caller, now } = context;
      const doors = doorsOf(caller);
      guard.insistOpen(tx.connection, doors, now);
      if (hasOwner(tx.connection)) throw new Problem('CONFLICT', { reason: 'there_is_an_owner' });
      guard.countFailure(context, doors);
      return refused('SETUP_CODE_WRONG');
    },
  };
}

/** The first owner, by the code on the console. Afterwards owners are added by owners. */
export const setUp = (auth: Auth, door: SetupDoor) =>
  defineCommand({
    name: 'staff.set_up',
    permission: null,
    input: SetUp,
    keepsReceipt: false,
    async prepare(context, { code, password, pin }) {
      if (!door.opens(context, code)) return null;
      const id = auth.ids.next();
      const passwordHash = await auth.hashing.hashPassword(password);
      return { id, passwordHash, pinHash: pin === undefined ? null : await auth.hashing.hashPin(id, pin) };
    },
    handle(context, input, owner): { user: User } | Refused {
      const { tx, now } = context;
      const code = codeOf(tx.connection, readCode(input.code), 'setup');
      const isGood = owner !== null && code !== undefined && code.usedAt === null && !hasOwner(tx.connection);
      if (!isGood) return door.refuse(context);
      insist(goodPassword(input.password, input.email));
      if (input.pin !== undefined) insist(goodPin(input.pin, 'restaurant_owner'));
      const { id, passwordHash, pinHash } = owner;
      tx.local(oneTimeCodeTable).update(code.id, { usedAt: now });
      tx.on('staff', id)
        .insert(staffMemberTable, {
          id,
          alias: nextAlias(tx.connection),
          ...splitName(input.name),
          email: input.email,
          role: 'restaurant_owner',
          preset: null,
          active: true,
          createdAt: now,
        })
        .tell(staffAdded, { staff_id: id, role: 'restaurant_owner', preset: null });
      tx.local(staffSecretTable).insert({ id, passwordHash, pinHash });
      if (input.restaurant_name !== undefined) applySettings(context, { restaurant: { name: input.restaurant_name } });
      return { user: userOf(tx.connection, insistStaff(tx.connection, id)) };
    },
  });
