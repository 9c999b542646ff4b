import { randomUUID } from 'node:crypto';
import type { Room } from '../../store-server/realtime/rooms.ts';
import { ApiClient, type Ask, type Reply } from './api-client.ts';
import { type Ear, listen } from './ear.ts';

/** What an approver does on somebody else's device. */
export interface Yes {
  /** Whose yes, as the sign-in screen shows them. */
  readonly by: string;
  readonly pin: string;
}

/** Somebody signed in at a device, or at the office computer. */
export interface Person {
  readonly name: string;
  readonly id: string;
  readonly api: ApiClient;
  /** Asks and insists on success; answers with the envelope's data. Each ask carries a key of its own. */
  does(method: string, path: string, body?: unknown, ask?: Ask): Promise<Reply['body']>;
  /** A socket into a room; from a cursor, what was missed since comes first. */
  hears(room: Room, cursor?: string): Promise<Ear>;
  /** Somebody comes over and enters their PIN here. Answers with the approval's id. */
  fetchesApproval(yes: Yes, command: string, targetId: string): Promise<string>;
}

export interface Ipad {
  readonly name: string;
  readonly api: ApiClient;
  /** Chooses somebody by their first name and enters their PIN. */
  signIn(firstName: string, pin: string): Promise<Person>;
}

/** The people of one restaurant, on devices of their own. Works against any store server. */
export interface People {
  readonly restaurantId: string;
  /** Somebody at the office computer, by e-mail and password. */
  atDesk(email: string, password: string): Promise<Person>;
  /** Registers a new device with a code that the manager makes. */
  ipad(name: string, manager: Person): Promise<Ipad>;
  /** Hangs up all sockets and connections. */
  goHome(): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** @param restaurantId learnt from the first sign-in where it is not given */
export function peopleOf({ host, port }: Address, restaurantId = ''): People {
  const ears: Ear[] = [];
  const clients: ApiClient[] = [];
  let restaurant = restaurantId;
  const newClient = (): ApiClient => {
    const client = new ApiClient(port, host);
    clients.push(client);
    return client;
  };

  const idOf = async (api: ApiClient, firstName: string): Promise<string> => {
    const all = (await api.must('GET', 'auth/staff')) as { id: string; name: string }[];
    const found = all.find(({ name }) => name.startsWith(firstName));
    if (found === undefined) throw new Error(`Nobody called ${firstName} works here`);
    return found.id;
  };

  const personOf = (api: ApiClient, user: { id: string; first_name: string; restaurant_id: string }): Person => {
    restaurant = user.restaurant_id;
    return {
      name: user.first_name,
      id: user.id,
      api,
      does: (method, path, body, ask) =>
        api.must(method, path, body, method === 'GET' ? ask : { key: randomUUID(), ...ask }),
      async hears(room, cursor) {
        const ear = await listen(api, restaurant, room, cursor);
        ears.push(ear);
        return ear;
      },
      async fetchesApproval({ by, pin }, command, target_id) {
        const body = { user_id: await idOf(api, by), pin, command, target_id };
        return (await api.must('POST', 'approvals', body)).approval_id as string;
      },
    };
  };

  return {
    get restaurantId() {
      return restaurant;
    },
    async atDesk(email, password) {
      const api = newClient();
      const { access_token, user } = await api.must('POST', 'auth/login', { email, password });
      api.token = access_token;
      return personOf(api, user);
    },
    async ipad(name, manager) {
      const { code } = await manager.does('POST', 'devices/codes');
      const registering = newClient();
      const { device_token } = await registering.must('POST', 'devices/register', { code, name });
      registering.device = device_token;
      return {
        name,
        api: registering,
        async signIn(firstName, pin) {
          const api = newClient();
          api.device = device_token;
          const user_id = await idOf(api, firstName);
          const { access_token, user } = await api.must('POST', 'auth/pin', { user_id, pin });
          api.token = access_token;
          return personOf(api, user);
        },
      };
    },
    goHome() {
      for (const ear of ears.splice(0)) ear.hangUp();
      for (const client of clients.splice(0)) client.close();
    },
  };
}
