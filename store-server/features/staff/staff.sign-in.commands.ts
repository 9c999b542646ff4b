import { deviceRegistered } from '#contract/staff.facts.ts';
import { PinSignIn, SignIn } from '#contract/staff.ts';
import type { Caller } from '../../commands/caller.ts';
import { type CommandContext, defineCommand, Refused, refused } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Auth } from './staff.auth.ts';
import { hashOf, legacyDeviceAt } from './staff.devices.reads.ts';
import type { Watched } from './staff.guard.ts';
import { judgePin, tryPin } from './staff.pin-check.ts';
import { isKnownAddress, type StaffSecrets, secretsOf, staffByLogin } from './staff.reads.ts';
import { deviceTable } from './staff.schema.ts';
import { type Method, openSession, type SignedIn, signTicket } from './staff.sessions.ts';

/** Where a request came from, as guards and device names call it. */
export const addressOf = ({ address }: Caller): string => address ?? 'unknown';

function passwordDoors(login: string, caller: Caller, person: StaffSecrets | undefined, connection: Connection) {
  const account = hashOf(login.toLowerCase()).slice(0, 32);
  const address = addressOf(caller);
  const doors: Watched[] = [
    { rule: 'accountAtAddress', of: `${account} ${address}` },
    { rule: 'address', of: address },
  ];
  // Strangers who try one account from ever new addresses are slowed down; its owner at the usual place is not.
  const known = person !== undefined && isKnownAddress(connection, person.id, address);
  return known ? doors : [...doors, { rule: 'account' as const, of: account }];
}

/** An older iPad is listed among the devices by its address, so that a manager can see it and send it away. */
function legacyDevice({ tx, now, ids, caller }: CommandContext): string {
  const address = addressOf(caller);
  const known = legacyDeviceAt(tx.connection, address);
  if (known !== undefined) return known;
  const id = ids.next();
  tx.on('device', id)
    .insert(deviceTable, { id, name: `legacy, ${address}`, kind: 'legacy', address, registeredAt: now })
    .tell(deviceRegistered, { device_id: id, kind: 'legacy', registered_by: null });
  return id;
}

/** Signing in by password: a bare body from a client without a device token gets the older clients' long token. */
export const passwordSignIn = (auth: Auth) =>
  defineCommand({
    name: 'staff.sign_in',
    permission: null,
    input: SignIn,
    keepsReceipt: false,
    async prepare({ connection, caller, now }, { login, password, bare }) {
      const person = staffByLogin(connection, login);
      auth.guard.insistOpen(connection, passwordDoors(login, caller, person, connection), now);
      const against = person?.active === true ? person.passwordHash : null;
      const right = await auth.hashing.verifyPassword(against, password);
      const method: Method = bare && caller.deviceId === null ? 'legacy' : 'password';
      if (!right || person === undefined) return null;
      const about = { staffId: person.id, sessionId: auth.ids.next(), deviceId: caller.deviceId, method };
      return { staffId: person.id, against, method, ticket: await signTicket(auth, { connection, now }, about) };
    },
    handle(context, { login }, tried): SignedIn | Refused {
      const { tx, caller, now } = context;
      const person = tried === null ? undefined : secretsOf(tx.connection, tried.staffId);
      const doors = passwordDoors(login, caller, staffByLogin(tx.connection, login), tx.connection);
      auth.guard.insistOpen(tx.connection, doors, now);
      if (tried === null || person?.active !== true || person.passwordHash !== tried.against) {
        auth.guard.countFailure(context, doors);
        return refused('INVALID_CREDENTIALS');
      }
      const deviceId = tried.method === 'legacy' ? legacyDevice(context) : caller.deviceId;
      return openSession(context, person, tried.ticket, { method: tried.method, deviceId });
    },
  });

/** Signing in by PIN, on a registered device only; the person is chosen first. */
export const pinSignIn = (auth: Auth) =>
  defineCommand({
    name: 'staff.sign_in_pin',
    permission: null,
    input: PinSignIn,
    keepsReceipt: false,
    async prepare({ connection, caller, now }, { user_id, pin }) {
      if (caller.deviceId === null) throw new Problem('DEVICE_NOT_REGISTERED');
      const tried = await tryPin(auth, { connection, now }, { ref: user_id, where: caller.deviceId }, pin);
      if (!tried.right || tried.staffId === null) return { tried, ticket: null };
      const about = { staffId: tried.staffId, sessionId: auth.ids.next(), deviceId: caller.deviceId };
      return { tried, ticket: await signTicket(auth, { connection, now }, { ...about, method: 'pin' }) };
    },
    handle(context, { user_id }, { tried, ticket }): SignedIn | Refused {
      const { deviceId } = context.caller;
      if (deviceId === null) throw new Problem('DEVICE_NOT_REGISTERED');
      const person = judgePin(context, auth, { ref: user_id, where: deviceId }, tried);
      if (person instanceof Refused) return person;
      if (ticket === null) throw new Error('a right PIN always has a ticket');
      return openSession(context, person, ticket, { method: 'pin', deviceId });
    },
  });
