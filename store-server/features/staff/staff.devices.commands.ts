import { deviceCodeMade, deviceRegistered, deviceRevoked, deviceUnlocked } from '#contract/staff.facts.ts';
import { DeviceId, Nothing, RegisterDevice } from '#contract/staff.ts';
import type { Caller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import { defineCommand, type Refused, refused } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Auth } from './staff.auth.ts';
import { DEVICE_CODE_LENGTH, newCode, readCode } from './staff.codes.ts';
import { codeName, codeOf, codesOf, type Device, deviceById, hashOf, liveSessionsOn } from './staff.devices.reads.ts';
import { deviceSecretTable, deviceTable, oneTimeCodeTable } from './staff.schema.ts';
import { endSessions } from './staff.sessions.ts';
import { addressOf } from './staff.sign-in.commands.ts';

const CODE_LIFE_MS = 10 * 60_000;

/** A code that lets one device in, once, within ten minutes. */
export const makeDeviceCode = defineCommand({
  name: 'devices.make_code',
  permission: 'devices.manage',
  input: Nothing,
  keepsReceipt: false,
  handle({ tx, actor, now, ids }) {
    const local = tx.local(oneTimeCodeTable);
    for (const old of codesOf(tx.connection, 'device')) {
      if (old.usedAt !== null || (old.expiresAt ?? 0) <= now) local.remove(old.id);
    }
    const code = newCode(ids, DEVICE_CODE_LENGTH);
    const expiresAt = now + CODE_LIFE_MS;
    const id = hashOf(code);
    local.insert({ id, purpose: 'device', createdBy: actor.id, createdAt: now, expiresAt });
    if (actor.id !== null) {
      tx.on('staff', actor.id).tell(deviceCodeMade, { staff_id: actor.id, expires_at: expiresAt });
    }
    return { id: codeName(id), code, expiresAt };
  },
});

/** A fresh device code, for the console of the demo. `expiresAt` is epoch ms. */
export async function createDeviceCode(core: Core, caller: Caller): Promise<{ code: string; expiresAt: number }> {
  return (await core.execute(makeDeviceCode, caller, {})).data;
}

/** Registers the device that shows a code. Its token is given once and kept only as a hash. */
export const registerDevice = (auth: Auth) =>
  defineCommand({
    name: 'devices.register',
    permission: null,
    input: RegisterDevice,
    keepsReceipt: false,
    handle(context, { code, name }): { deviceId: string; deviceToken: string } | Refused {
      const { tx, ids, now, caller } = context;
      const doors = [{ rule: 'codes' as const, of: addressOf(caller) }];
      auth.guard.insistOpen(tx.connection, doors, now);
      const known = codeOf(tx.connection, readCode(code), 'device');
      // A clock that was set back must not make a code live longer.
      const usable = known?.usedAt === null && now < (known.expiresAt ?? 0) && now >= known.createdAt;
      if (known === undefined || !usable) {
        auth.guard.countFailure(context, doors);
        return refused('DEVICE_CODE_WRONG');
      }
      const id = ids.next();
      const deviceToken = ids.secret(32).toString('base64url');
      tx.local(oneTimeCodeTable).update(known.id, { usedAt: now });
      tx.on('device', id)
        .insert(deviceTable, { id, name, kind: 'registered', registeredBy: known.createdBy, registeredAt: now })
        .tell(deviceRegistered, { device_id: id, kind: 'registered', registered_by: known.createdBy });
      tx.local(deviceSecretTable).insert({ id, tokenHash: hashOf(deviceToken) });
      return { deviceId: id, deviceToken };
    },
  });

function insistDevice(connection: Connection, id: string): Device {
  const device = deviceById(connection, id);
  if (device === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
  return device;
}

/** Sends a device away: its token and everybody's sign-in on it are void from the next request on. */
export const revokeDevice = defineCommand({
  name: 'devices.revoke',
  permission: 'devices.manage',
  input: DeviceId,
  handle(context, { id }): Device {
    const { tx, now } = context;
    const device = insistDevice(tx.connection, id);
    if (device.revokedAt !== null) return device;
    tx.on('device', id).update(deviceTable, id, { revokedAt: now }).tell(deviceRevoked, { device_id: id });
    endSessions(context, liveSessionsOn(tx.connection, id));
    return { ...device, revokedAt: now };
  },
});

/** Opens PIN sign-in on a device again after too many wrong PINs. */
export const unlockDevice = (auth: Auth) =>
  defineCommand({
    name: 'devices.unlock',
    permission: 'staff.unlock',
    input: DeviceId,
    handle(context, { id }): Device {
      const device = insistDevice(context.tx.connection, id);
      auth.guard.unlock(context, { device: id });
      context.tx.on('device', id).tell(deviceUnlocked, { device_id: id });
      return device;
    },
  });
