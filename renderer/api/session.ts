import type { z } from 'zod';
import type { PlatformSignedInDto } from '#contract/platform.ts';
import type { SignedInDto } from '#contract/staff.ts';
import { browser, kept } from './browser.ts';
import { createStore, useStore } from './store.ts';

type SignedIn = z.output<typeof SignedInDto>;
type PlatformSignedIn = z.output<typeof PlatformSignedInDto>;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: SignedIn['user']['role'];
  readonly preset: SignedIn['user']['preset'];
}

export interface Session {
  readonly person: Person;
  /** On the relay: the platform, which has no clock of its own and is shown on this computer's. */
  readonly restaurant: SignedIn['restaurant'];
  /** What somebody may do on the relay; absent in a restaurant. */
  readonly platform?: PlatformSignedIn['user']['role'];
  readonly access: string;
  readonly refresh: string | null;
  /** Epoch ms on this computer. */
  readonly endsAt: number;
}

/** Why nobody is signed in: what the sign-in screen says. */
export type Absence = 'nobody_yet' | 'signed_out' | 'locked' | 'expired';

export type Presence =
  | { readonly session: Session }
  | { readonly session: null; readonly why: Absence; readonly last: Person | null };

/** Closing the window signs out; reloading it does not. Each window has a sign-in of its own. */
const keptSession = kept<Session>(() => sessionStorage, 'fynlo.session');

const found = keptSession.read();
const presence = createStore<Presence>(
  found === null ? { session: null, why: 'nobody_yet', last: null } : { session: found },
);

export const currentSession = (): Session | null => presence.get().session;
export const usePresence = (): Presence => useStore(presence);
export const onPresence = presence.subscribe;

/** The sign-in that everything inside the frame runs under. */
export function useSession(): Session {
  const { session } = usePresence();
  if (session === null) throw new Error('This part of the window is only for people who are signed in');
  return session;
}

function whoIs(answer: SignedIn | PlatformSignedIn): Pick<Session, 'person' | 'restaurant' | 'platform'> {
  if ('restaurant' in answer) {
    const { id, first_name, last_name, email, role, preset } = answer.user;
    return {
      person: { id, name: `${first_name} ${last_name}`.trim(), email, role, preset },
      restaurant: answer.restaurant,
    };
  }
  const { id, name, email, role, platform_id } = answer.user;
  return {
    person: { id, name, email, role: 'platform_owner', preset: null },
    restaurant: { id: platform_id, name: '', currency: '', time_zone: browser.timeZone() },
    platform: role,
  };
}

/** Whether a manager sent this device away, as far as this window has seen it happen since somebody was signed in. */
const sentAway = createStore(false);
export const useSentAway = (): boolean => useStore(sentAway);

/** Takes over what a sign-in or a refresh answered. */
export function begin(answer: SignedIn | PlatformSignedIn): void {
  const session: Session = {
    ...whoIs(answer),
    access: answer.access_token,
    refresh: answer.refresh_token ?? null,
    endsAt: browser.now() + answer.expires_in * 1000,
  };
  keptSession.write(session);
  sentAway.set(false);
  presence.set({ session });
}

export function end(why: Absence): void {
  const last = currentSession()?.person ?? null;
  keptSession.write(null);
  presence.set({ session: null, why, last });
}

/** The token that shows this computer to be a registered device; without one nobody can use a PIN here. */
const deviceToken = kept<string>(() => localStorage, 'fynlo.device');
const device = createStore<string | null>(deviceToken.read());

export const deviceTokenHere = device.get;
export const useDeviceToken = (): string | null => useStore(device);
function put(token: string | null): void {
  deviceToken.write(token);
  device.set(token);
}

export function setDeviceToken(token: string): void {
  sentAway.set(false);
  put(token);
}

/** The server does not know this device any more: it can only be registered anew. */
export function forgetDevice(): void {
  sentAway.set(true);
  put(null);
}
