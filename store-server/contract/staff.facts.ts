import { z } from 'zod';
import { defineFact } from './facts.ts';
import { presets, roles } from './permissions.ts';

const management = ['management'] as const;
const id = z.string();

export const signedIn = defineFact({
  kind: 'staff.signed_in',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({
    staff_id: id,
    role: z.enum(roles),
    method: z.enum(['password', 'pin', 'legacy']),
    device_id: id.nullable(),
    session_id: id,
  }),
});
export const signedOut = defineFact({
  kind: 'staff.signed_out',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id, session_id: id, reason: z.enum(['signed_out', 'refresh_reused']) }),
});
export const staffAdded = defineFact({
  kind: 'staff.added',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id, role: z.enum(roles), preset: z.enum(presets).nullable() }),
});
/** `sessions_ended` says that the person has to sign in again: open sockets of theirs have to go. */
export const staffChanged = defineFact({
  kind: 'staff.changed',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id, changed: z.array(z.string()), sessions_ended: z.boolean() }),
});
/** Too many wrong PINs for this person on this device. */
export const pinLocked = defineFact({
  kind: 'staff.pin_locked',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id, device_id: id.nullable(), locked_for_ms: z.int() }),
});
export const staffUnlocked = defineFact({
  kind: 'staff.unlocked',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id }),
});
export const approvalGranted = defineFact({
  kind: 'approval.granted',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ approval_id: id, approver_id: id, command: z.string(), target_id: id }),
});
/** Somebody let a new device in: who, since the code itself is nobody's business. */
export const deviceCodeMade = defineFact({
  kind: 'staff.device_code_made',
  version: 1,
  entity: 'staff',
  audience: management,
  body: z.object({ staff_id: id, expires_at: z.int() }),
});
export const deviceRegistered = defineFact({
  kind: 'device.registered',
  version: 1,
  entity: 'device',
  audience: management,
  body: z.object({ device_id: id, kind: z.enum(['registered', 'legacy']), registered_by: id.nullable() }),
});
/** Effective at once: sockets of this device have to go. */
export const deviceRevoked = defineFact({
  kind: 'device.revoked',
  version: 1,
  entity: 'device',
  audience: management,
  body: z.object({ device_id: id }),
});
/** PIN sign-in on this device is closed after too many wrong PINs, until a manager unlocks it or the time is over. */
export const deviceLocked = defineFact({
  kind: 'device.locked',
  version: 1,
  entity: 'device',
  audience: management,
  body: z.object({ device_id: id, locked_for_ms: z.int() }),
});
export const deviceUnlocked = defineFact({
  kind: 'device.unlocked',
  version: 1,
  entity: 'device',
  audience: management,
  body: z.object({ device_id: id }),
});
