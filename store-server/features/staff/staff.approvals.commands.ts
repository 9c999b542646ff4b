import { approvable } from '#contract/permissions.ts';
import { approvalGranted } from '#contract/staff.facts.ts';
import { GiveApproval } from '#contract/staff.ts';
import { APPROVAL_LIFE_MS } from '../../commands/approvals.ts';
import { type Caller, staffActor } from '../../commands/caller.ts';
import { defineCommand, Refused } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Auth } from './staff.auth.ts';
import { judgePin, tryPin } from './staff.pin-check.ts';
import { approvalTable } from './staff.schema.ts';

/** PINs are tried on a registered device; a manager at the office PC has none and is watched by name instead. */
function whereAsked({ actor, deviceId }: Caller): string {
  if (actor.id === null) throw new Problem('AUTHENTICATION_ERROR');
  if (deviceId !== null) return deviceId;
  if (!actor.may('approvals.give')) throw new Problem('DEVICE_NOT_REGISTERED');
  return `asked-by-${actor.id}`;
}

/** Somebody's yes, by PIN, to one command on one thing, once, within a minute. */
export const giveApproval = (auth: Auth) =>
  defineCommand({
    name: 'approvals.give',
    permission: null,
    input: GiveApproval,
    keepsReceipt: false,
    prepare: ({ connection, caller, now }, { user_id, pin }) =>
      tryPin(auth, { connection, now }, { ref: user_id, where: whereAsked(caller) }, pin),
    handle(context, { user_id, command, target_id }, tried): { id: string; expiresAt: number } | Refused {
      const { tx, caller, now, ids } = context;
      const approver = judgePin(context, auth, { ref: user_id, where: whereAsked(caller) }, tried);
      if (approver instanceof Refused) return approver;
      const actor = staffActor(approver.id, approver.role, approver.preset);
      const needed = approvable[command];
      if (!actor.may('approvals.give') || !actor.may(needed)) throw new Problem('FORBIDDEN', { permission: needed });
      const id = ids.next();
      const expiresAt = now + APPROVAL_LIFE_MS;
      tx.local(approvalTable).insert({
        id,
        approverId: approver.id,
        role: approver.role,
        preset: approver.preset,
        deviceId: caller.deviceId,
        command,
        targetId: target_id,
        expiresAt,
      });
      tx.on('staff', approver.id).tell(approvalGranted, {
        approval_id: id,
        approver_id: approver.id,
        command,
        target_id,
      });
      return { id, expiresAt };
    },
  });
