import type { Preset, Role } from '#contract/permissions.ts';
import type { Connection } from '../db/connection.ts';
import { Problem } from '../kernel/verdict.ts';
import { type Actor, staffActor } from './caller.ts';

/** How long a manager's yes may wait to be used. */
export const APPROVAL_LIFE_MS = 60_000;

interface StoredApproval {
  readonly approverId: string;
  readonly role: Role;
  readonly preset: Preset | null;
  readonly command: string;
  readonly targetId: string;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

export interface Approvals {
  /**
   * Uses up a grant inside the guarded command's own transaction and returns the approver.
   * @param isTarget whether the name that the approver gave is that of what the command is about
   * @throws Problem APPROVAL_NEEDED when it is unknown, used, expired, or for another command or target
   */
  consume(id: string, use: { command: string; isTarget: (name: string) => boolean; now: number }): Actor;
}

export function createApprovals({ sqlite }: Connection): Approvals {
  const find = sqlite.prepare<[string], StoredApproval>(
    `SELECT approver_id AS approverId, role, preset, command, target_id AS targetId, expires_at AS expiresAt,
       used_at AS usedAt FROM approval WHERE id = ?`,
  );
  const use = sqlite.prepare('UPDATE approval SET used_at = ? WHERE id = ? AND used_at IS NULL');
  const no = (reason: string): never => {
    throw new Problem('APPROVAL_NEEDED', { reason });
  };
  return {
    consume(id, { command, isTarget, now }) {
      const grant = find.get(id);
      if (grant === undefined) return no('unknown');
      if (grant.usedAt !== null) return no('used');
      if (grant.expiresAt <= now) return no('expired');
      if (grant.command !== command || !isTarget(grant.targetId)) return no('for_something_else');
      use.run(now, id);
      return staffActor(grant.approverId, grant.role, grant.preset);
    },
  };
}
