import { notifications } from '@mantine/notifications';
import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { settings } from '#api/operations/settings.ts';
import { begin } from '#api/session.ts';
import { askWayIn } from '#api/way-in.ts';
import { goOnWith } from './rest.ts';
import { texts } from './setup.texts.ts';
import { isLater, type Kept, type Secrets, stepsOf } from './steps.ts';

/** Each start of the server makes a new code, and the app knows the latest. */
export const codeNow = async ({ code }: Kept): Promise<string> => (await askWayIn())?.setup_code ?? code;

/**
 * The first owner, signed in, with what else was typed; the rest of the set-up is theirs. Only the owner can fail: the details can be typed again in the settings.
 * @throws ApiProblem, Unreachable
 */
export async function finishSetUp(kept: Kept, { password, pin }: Secrets): Promise<void> {
  const { name, restaurant } = kept;
  const code = await codeNow(kept);
  const email = kept.email.trim();
  const own = { name, email, password, ...(pin === '' ? {} : { pin }) };
  const { data } = await change(auth.setUp, { body: { code, ...own, restaurant_name: restaurant } });
  const signedIn = await change(auth.signIn, { body: { email, password, client: 'manager' } });
  const step = stepsOf[kept.way].find(isLater);
  // Before the window knows who is there, so that it does not show the overview for a blink.
  if (step !== undefined) goOnWith({ owner: data.user.id, way: kept.way, step });
  begin(signedIn.data);
  const details = Object.entries({ address: kept.address, phone: kept.phone, vat_number: kept.vat });
  const given = Object.fromEntries(details.filter(([, value]) => value.trim() !== ''));
  try {
    if (Object.keys(given).length > 0) await change(settings.change, { body: { restaurant: given } });
  } catch {
    notifications.show({ color: 'bad', autoClose: false, message: texts.half });
  }
}
