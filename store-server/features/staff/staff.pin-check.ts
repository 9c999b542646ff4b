import type { Ref } from '#contract/ids.ts';
import { deviceLocked, pinLocked } from '#contract/staff.facts.ts';
import { type CommandContext, type Refused, refused } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { Auth } from './staff.auth.ts';
import { deviceById } from './staff.devices.reads.ts';
import type { Watched } from './staff.guard.ts';
import { type StaffMember, secretsOf, staffByRef } from './staff.reads.ts';

/** Whose PIN is tried, and where: a device, or the person who asks where there is no registered device. */
interface Attempt {
  readonly ref: Ref;
  readonly where: string;
}

/** What came of comparing a PIN before the transaction. */
export interface PinTried {
  readonly staffId: string | null;
  /** The hash it was compared with, so that a PIN changed in between does not count. */
  readonly against: string | null;
  readonly right: boolean;
}

function doorsOf(connection: Connection, { ref, where }: Attempt): Watched[] {
  const person = staffByRef(connection, ref)?.id ?? String(ref);
  return [
    { rule: 'personOnDevice', of: `${person} ${where}` },
    { rule: 'device', of: where },
    { rule: 'person', of: person },
  ];
}

/** Compares a PIN, off the event loop. The same work is done for a person who is not there or has none. */
export async function tryPin(
  auth: Auth,
  at: { connection: Connection; now: number },
  attempt: Attempt,
  pin: string,
): Promise<PinTried> {
  auth.guard.insistOpen(at.connection, doorsOf(at.connection, attempt), at.now);
  const member = staffByRef(at.connection, attempt.ref);
  const against = member?.active === true ? (secretsOf(at.connection, member.id)?.pinHash ?? null) : null;
  const right = await auth.hashing.verifyPin(against, member?.id ?? String(attempt.ref), pin);
  return { staffId: member?.id ?? null, against, right };
}

/**
 * Decides inside the transaction: counts the attempt and returns the person, or the refusal to be returned.
 * The guard is asked before the result is looked at, so an attempt that comes too early tells nothing about the PIN.
 */
export function judgePin(
  context: CommandContext,
  auth: Auth,
  attempt: Attempt,
  tried: PinTried,
): StaffMember | Refused {
  const { tx, now } = context;
  const doors = doorsOf(tx.connection, attempt);
  auth.guard.insistOpen(tx.connection, doors, now);
  const person = tried.staffId === null ? undefined : secretsOf(tx.connection, tried.staffId);
  if (tried.right && person?.active === true && person.pinHash === tried.against) {
    auth.guard.countSuccess(context, doors);
    return person;
  }
  for (const { rule, lockedMs } of auth.guard.countFailure(context, doors)) {
    const device = deviceById(tx.connection, attempt.where)?.id ?? null;
    if (rule === 'personOnDevice' && person !== undefined) {
      tx.on('staff', person.id).tell(pinLocked, { staff_id: person.id, device_id: device, locked_for_ms: lockedMs });
    }
    if (rule === 'device' && device !== null) {
      tx.on('device', device).tell(deviceLocked, { device_id: device, locked_for_ms: lockedMs });
    }
  }
  return refused('INVALID_CREDENTIALS', { retry_after_seconds: auth.guard.secondsToWait(tx.connection, doors) });
}
