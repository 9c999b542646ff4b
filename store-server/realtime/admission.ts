import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/verdict.ts';
import { closeCode } from './close-codes.ts';
import type { Scope } from './fan-out.ts';
import type { RealtimeLimits } from './limits.ts';
import type { Guest, Identity, Listener } from './listener.ts';
import { audiencesIn, type Room } from './rooms.ts';
import type { Stream, StreamDeps } from './stream.ts';

export interface AdmissionDeps extends Pick<StreamDeps, 'control' | 'log' | 'restaurantId'> {
  readonly clock: Clock;
  readonly stream: Stream;
  readonly limits: RealtimeLimits;
  /** Checks a token. @throws Problem when it is not good (any more) */
  authenticate(bearer: string, address: string): Promise<Identity>;
}

/** What a client that signs in shows and says. */
export interface SignInAsked {
  readonly bearer: string;
  /** Where it wants to go on. */
  readonly cursor: string | null;
  /** The restaurant that it names besides the one in its path, if any. */
  readonly restaurant: unknown;
}

/** Facts after which somebody's right to listen may be gone, or be another one. */
export const changesRights: ReadonlySet<string> = new Set(['staff.signed_out', 'staff.changed', 'device.revoked']);

/** What somebody hears in a room is named by what it is, so that two roles that hear the same share every frame. */
function scopeOf(room: Room, { actor }: Identity): Scope {
  const audiences = audiencesIn(room, actor);
  return { name: audiences.join(), audiences: new Set(audiences) };
}

/** Lets sockets in, and out again when their right to be there ends. */
export function createAdmission({ clock, restaurantId, stream, limits, authenticate, control, log }: AdmissionDeps) {
  const isOurs = (named: unknown): boolean =>
    named === undefined || named === null || named === '' || String(named).toLowerCase() === restaurantId();

  function turnOut(guest: Pick<Guest, 'socket'>, problem: Problem, code: number): void {
    control(guest.socket, 'auth_error', { code: problem.code, message: problem.message });
    guest.socket.close(code, problem.code);
  }

  function refuse(guest: Pick<Guest, 'socket'>, error: unknown): void {
    if (error instanceof Problem) {
      turnOut(guest, error, closeCode.unauthorised);
      return;
    }
    log('error', 'a socket could not be checked', { reason: String(error) });
    turnOut(guest, new Problem('INTERNAL_ERROR'), closeCode.internalError);
  }

  function dismiss(listener: Listener, error: unknown): void {
    stream.leave(listener);
    refuse(listener, error);
  }

  /** The oldest of one person's sockets gives way: it is most likely one that the client has forgotten. */
  function makeRoomFor({ actor }: Identity): void {
    const own = [...stream.listeners].filter((listener) => listener.identity.actor.id === actor.id);
    for (const oldest of own.slice(0, Math.max(0, own.length - limits.socketsPerUser + 1))) {
      stream.leave(oldest);
      oldest.socket.close(closeCode.tooManySockets, 'too many sockets of one person');
    }
  }

  /** Takes over what a fresh look at the token found. False when it lets the listener hear nothing any more. */
  function adopt(listener: Listener, bearer: string, identity: Identity): boolean {
    const scope = scopeOf(listener.room, identity);
    if (scope.audiences.size === 0) {
      stream.leave(listener);
      turnOut(listener, new Problem('FORBIDDEN'), closeCode.forbidden);
      return false;
    }
    const isOther = scope.name !== listener.scope.name;
    Object.assign(listener, { bearer, identity, scope, expiryTold: false });
    // Its cursors were for another view of the journal; what it holds may now be too much or too little.
    if (isOther) stream.resync(listener, 'other_scope');
    return true;
  }

  function welcome(guest: Guest, bearer: string, identity: Identity): Listener | null {
    const { socket, wire, room, address } = guest;
    const scope = scopeOf(room, identity);
    if (scope.audiences.size === 0) {
      turnOut(guest, new Problem('FORBIDDEN'), closeCode.forbidden);
      return null;
    }
    makeRoomFor(identity);
    return {
      socket,
      wire,
      room,
      address,
      identity,
      scope,
      bearer,
      state: 'catching_up',
      at: { seq: 0, facts: null },
      cancelNext: null,
      behindSince: 0,
      quiet: true,
      heard: true,
      expiryTold: false,
      wanted: null,
    };
  }

  return {
    dismiss,
    /**
     * Signs a socket in, or in again with a newer token, and goes on from `cursor` when one is given. Another restaurant
     * than ours is not found here, whether its id stands in the path or in the message.
     */
    async signIn(guest: Guest, { bearer, cursor, restaurant }: SignInAsked): Promise<void> {
      if (!isOurs(restaurant)) {
        if (guest.listener !== null) stream.leave(guest.listener);
        turnOut(guest, new Problem('NOT_FOUND', { field: 'restaurant_id' }), closeCode.forbidden);
        return;
      }
      let identity: Identity;
      try {
        identity = await authenticate(bearer, guest.address);
      } catch (error) {
        if (guest.listener === null) refuse(guest, error);
        else dismiss(guest.listener, error);
        return;
      }
      if (guest.socket.readyState !== guest.socket.OPEN) return;
      const known = guest.listener;
      if (known !== null && !adopt(known, bearer, identity)) return;
      const listener = known ?? welcome(guest, bearer, identity);
      if (listener === null) return;
      guest.listener = listener;
      const { id, role } = identity.actor;
      control(guest.socket, 'authenticated', { user_id: id, role, room: guest.room });
      if (known === null) stream.greet(listener);
      if (cursor !== null) stream.resume(listener, cursor);
    },
    /** Looks at everybody's token again, since somebody's rights have changed. */
    async recheck(): Promise<void> {
      for (const listener of [...stream.listeners]) {
        const { bearer } = listener;
        try {
          const identity = await authenticate(bearer, listener.address);
          if (stream.listeners.has(listener) && listener.bearer === bearer) adopt(listener, bearer, identity);
        } catch (error) {
          if (stream.listeners.has(listener) && listener.bearer === bearer) dismiss(listener, error);
        }
      }
    },
    /** Ends sockets whose token has run out, and announces the end to those that are close to it. */
    watchExpiry(listener: Listener): void {
      const left = listener.identity.expiresAt - clock.now();
      if (left <= 0) {
        dismiss(listener, new Problem('TOKEN_EXPIRED'));
      } else if (left <= limits.expiryNoticeMs && !listener.expiryTold) {
        listener.expiryTold = true;
        control(listener.socket, 'token_expired', { seconds_until_expiry: Math.ceil(left / 1_000) });
      }
    },
  };
}
