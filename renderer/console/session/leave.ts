import { change } from '#api/client.ts';
import { currentSession, end } from '#api/session.ts';
import { auth } from '../operations.ts';

/** Ends the sign-in on the relay as well, so that nothing kept here can be used on. */
export async function leave(): Promise<void> {
  if (currentSession() === null) return;
  const told = change(auth.signOut, { body: {} }).catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  end('signed_out');
}
