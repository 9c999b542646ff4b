import { ApiClient } from '../../harness/api-client.ts';
import { startServer } from './server.ts';

/** Who works in the restaurant that is being attacked: a device each, and a PIN to sign in with. */
const people = [
  ['Sofia', '2468'],
  ['Tom', '7391'],
  ['Ana', '5826'],
  ['Grace', '4071'],
  ['Jack', '8205'],
] as const;

export interface Device {
  readonly name: string;
  readonly token: string;
  readonly firstName: string;
  readonly pin: string;
}

/** A dish that can be ordered with nothing to choose. */
export interface Dish {
  readonly id: number;
  readonly name: string;
}

export interface Evening {
  readonly restaurantId: string;
  readonly devices: readonly Device[];
  readonly dishes: readonly Dish[];
}

/**
 * Fills a folder with the demo restaurant as it stands before the doors open: devices registered, the drawer counted,
 * and its printers standing at the given addresses, in a building that does not lose power with the server.
 * @param printers addresses of virtual printers, used in turn
 */
export async function prepareEvening(
  entry: string,
  dataDir: string,
  { devices, printers }: { readonly devices: number; readonly printers: readonly string[] },
): Promise<Evening> {
  const server = startServer(entry, dataDir);
  const port = await server.ready();
  const manager = new ApiClient(port);
  try {
    const { access_token, user } = await manager.must('POST', 'auth/login', {
      email: 'manager@demo.test',
      password: 'demo-manager-1',
    });
    manager.token = access_token;
    await manager.must('POST', 'pos/sessions', { opening_float: 100 });

    // Under their own names the demo would point them at its own virtual printers at every start.
    const known = (await manager.must('GET', 'hardware/printers')) as { id: string; name: string }[];
    for (const [n, { id, name }] of known.entries()) {
      const address = printers[n % printers.length];
      await manager.must('PUT', `hardware/printers/${id}`, { name: `${name}, outside`, address });
    }

    const registered: Device[] = [];
    for (let n = 0; n < devices; n += 1) {
      const name = `till-${n + 1}`;
      const { code } = await manager.must('POST', 'devices/codes', {});
      const { device_token } = await manager.must('POST', 'devices/register', { code, name });
      const [firstName, pin] = people[n % people.length] ?? people[0];
      registered.push({ name, token: device_token, firstName, pin });
    }
    const list = (await manager.must('GET', 'products/mobile')) as (Dish & {
      needs_choice: boolean;
      available: boolean;
      remaining: number | null;
    })[];
    const dishes = list.filter((dish) => !dish.needs_choice && dish.available && dish.remaining === null);
    return {
      restaurantId: user.restaurant_id as string,
      devices: registered,
      dishes: dishes.map(({ id, name }) => ({ id, name })),
    };
  } finally {
    manager.close();
    server.signal('SIGTERM');
    await server.ended;
  }
}

/** Every device stands at an address of its own on the loopback network. */
const deviceAt = (port: number, n: number): ApiClient => new ApiClient(port, '127.0.0.1', `127.0.0.${n + 2}`);

/** Signs somebody in on the nth device. */
export async function signIn(port: number, device: Device, n: number): Promise<ApiClient> {
  const api = deviceAt(port, n);
  api.device = device.token;
  const staff = (await api.must('GET', 'auth/staff')) as { id: string; name: string }[];
  const user_id = staff.find(({ name }) => name.startsWith(device.firstName))?.id;
  const { access_token } = await api.must('POST', 'auth/pin', { user_id, pin: device.pin });
  api.token = access_token;
  return api;
}

/** The nth device with the sign-in that it had, now that the server is at another port. */
export function reconnected(old: ApiClient, port: number, n: number): ApiClient {
  old.close();
  const api = deviceAt(port, n);
  api.device = old.device;
  api.token = old.token;
  return api;
}
