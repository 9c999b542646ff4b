import type { Ear } from '../../harness/ear.ts';
import { type People, type Person, peopleOf } from '../../harness/people.ts';
import { agree, Disagreement, money, openSlips, pence, type Slips, type Teller, type Venue } from './telling.ts';

/** The demo restaurant's people who play in the evening; its console prints the first two. */
const cast = {
  manager: { email: 'manager@demo.test', password: 'demo-manager-1', name: 'Marcus', pin: '482913' },
  server: { name: 'Sofia', pin: '2468' },
  second: { name: 'Tom', pin: '7391' },
  cook: { name: 'Daniel', pin: '9153' },
  cashier: { name: 'Grace', pin: '4071' },
} as const;
export const managersYes = { by: cast.manager.name, pin: cast.manager.pin } as const;

export const printers = {
  grill: 'Grill printer',
  kitchen: 'Kitchen printer',
  cold: 'Cold & desserts printer',
  bar: 'Bar printer',
  till: 'Receipt printer',
} as const;

export const float = 150_00;

export interface Ears {
  kitchen: Ear;
  pos: Ear;
  management: Ear;
}

/** Everything that the acts of the evening share. Money in pence. */
export interface Stage {
  readonly venue: Venue;
  readonly teller: Teller;
  readonly people: People;
  readonly slips: Slips;
  readonly marcus: Person;
  readonly sofia: Person;
  readonly tom: Person;
  readonly grace: Person;
  readonly ears: Ears;
  readonly sessionId: string;
  readonly table: { readonly id: string; readonly name: string };
  /** What the day's report and the drawer showed before. */
  // biome-ignore lint/suspicious/noExplicitAny: the report as it came
  readonly reportBefore: any;
  readonly drawerBefore: number;
}

interface FloorTable {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly seats: number;
}

/** Table 7, or where guests of a running demo sit there already, another free one for four. */
async function freeTable(marcus: Person): Promise<FloorTable> {
  const { tables } = (await marcus.does('GET', 'restaurants/floor-plan')) as { tables: FloorTable[] };
  const free = tables.filter(({ status, seats }) => status === 'available' && seats >= 4);
  const table = free.find(({ name }) => name === '7') ?? free[0];
  if (table === undefined) throw new Disagreement('No table for four is free.');
  return table;
}

/** The manager opens the till, two servers and a cook sign in on devices of their own, and the sockets listen. */
export async function setTheStage(venue: Venue, teller: Teller): Promise<Stage> {
  const people = peopleOf(venue);
  const { manager, server, second, cook, cashier } = cast;
  teller.act('Before service');
  const marcus = await people.atDesk(manager.email, manager.password);
  teller.say('Marcus, the manager, signs in at the office computer.');
  const open = await marcus.does('GET', 'pos/sessions/current');
  if (open !== null) throw new Disagreement('The till is open already. Close its session, or play on a fresh demo.');

  const slips = await openSlips(venue, teller, Object.values(printers));
  const management = await marcus.hears('management');
  const reportBefore = await marcus.does('GET', 'reports/daily-sales');
  const drawerBefore = await venue.drawerOpenings();

  const session = await marcus.does('POST', 'pos/sessions', { config_id: 1, opening_float: float / 100 });
  agree('state of the session', session.state, 'opened');
  agree('counted float', pence(session.opening_float), float);
  teller.say(`He counts a float of ${money(float)} into the drawer and opens the cash session ${session.name}.`);

  const sofia = await (await people.ipad('Floor iPad', marcus)).signIn(server.name, server.pin);
  const tom = await (await people.ipad('Terrace iPad', marcus)).signIn(second.name, second.pin);
  const daniel = await (await people.ipad('Kitchen iPad', marcus)).signIn(cook.name, cook.pin);
  const grace = await (await people.ipad('Till iPad', marcus)).signIn(cashier.name, cashier.pin);
  teller.say('He makes four device codes. With each an iPad registers: floor, terrace, kitchen, till.');
  teller.say('Sofia and Tom sign in with their PINs on the floor, Daniel in the kitchen, Grace at the till.');
  const [kitchen, pos] = await Promise.all([daniel.hears('kitchen'), sofia.hears('pos')]);

  return {
    venue,
    teller,
    people,
    slips,
    marcus,
    sofia,
    tom,
    grace,
    ears: { management, kitchen, pos },
    sessionId: session.uuid,
    table: await freeTable(marcus),
    reportBefore,
    drawerBefore,
  };
}
