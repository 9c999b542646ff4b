import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { currentSession, end } from '#api/session.ts';

/**
 * Signs out, or locks: both end the sign-in on the server, so that nothing in this window can be used on. A draft stays.
 */
export async function leave(why: 'signed_out' | 'locked'): Promise<void> {
  if (currentSession() === null) return;
  // Sent first, with the token that is about to go; whether it arrives changes nothing for this window.
  const told = change(auth.signOut, {}).catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  end(why);
}
