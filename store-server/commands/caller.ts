import { type Permission, type Preset, permissionsOf, type Role } from '#contract/permissions.ts';
import type { Origin } from '../kernel/journal-entry.ts';

/** The person (or the server itself) that asks for something. */
export interface Actor {
  /** The staff member's uuid; null for the server itself and for somebody not yet signed in. */
  readonly id: string | null;
  readonly role: Role | 'system' | 'nobody';
  readonly preset: Preset | null;
  may(permission: Permission): boolean;
}

/** Who asks, from which device, and under which key a repeat of the request would arrive. */
export interface Caller {
  readonly actor: Actor;
  readonly deviceId: string | null;
  /** `device:<id>` or `user:<id>`: whose keys these are. */
  readonly scope: string | null;
  readonly key: string | null;
  readonly origin: Origin;
  /** What the device says the time was, epoch ms; null when it said nothing. */
  readonly occurredAt: number | null;
  readonly approvalId: string | null;
  /** Brought along by sync, relay and jobs, which so dedupe for ever; null lets the server make one. */
  readonly commandId: string | null;
  /** Where the request came from, for sign-ins and their locks. */
  readonly address: string | null;
  /** The sign-in in use, so that signing out ends this one. */
  readonly sessionId?: string | null;
  /**
   * True when an older client sent the very same bytes without a key a few seconds ago and heard the answer: it counts
   * as new, since two guests may order the same, but a manager may want to look.
   */
  readonly looksRepeated?: boolean;
}

export function staffActor(id: string, role: Role, preset: Preset | null): Actor {
  const held = permissionsOf(role, preset);
  return { id, role, preset, may: (permission) => held.has(permission) };
}

/** The server acting for itself: job results, sealing a day. */
export const systemActor: Actor = { id: null, role: 'system', preset: null, may: () => true };

/** Somebody who has not signed in: may only use commands without a permission (sign-in, set-up). */
export const nobody: Actor = { id: null, role: 'nobody', preset: null, may: () => false };

const plainCaller: Omit<Caller, 'actor' | 'origin'> = {
  deviceId: null,
  scope: null,
  key: null,
  occurredAt: null,
  approvalId: null,
  commandId: null,
  address: null,
};

export const systemCaller = (fields: Partial<Caller> = {}): Caller => ({
  ...plainCaller,
  actor: systemActor,
  origin: 'system',
  ...fields,
});

export const callerOf = (actor: Actor, fields: Partial<Caller> = {}): Caller => ({
  ...plainCaller,
  actor,
  origin: 'store',
  ...fields,
});
