import type { z } from 'zod';
import type { DemoPerson as SignIn } from '#contract/host.ts';
import type { NewStaff } from '#contract/staff.ts';

type DemoPerson = Required<Pick<z.input<typeof NewStaff>, 'first_name' | 'last_name' | 'role'>> &
  z.input<typeof NewStaff>;

/** The three sign-ins that the console prints at every start of the demo. */
export const demoSignIns = {
  owner: { email: 'owner@demo.test', password: 'demo-owner-1' },
  manager: { email: 'manager@demo.test', password: 'demo-manager-1', pin: '482913' },
  server: { email: 'server@demo.test', password: 'demo-server-1', pin: '2468' },
} as const;

/** The same for whoever started the server. */
export const demoPeople: SignIn[] = Object.entries(demoSignIns).map(([who, { email, password }]) => ({
  who,
  email,
  password,
}));

/** Twelve people in every role and job. Who has neither password nor PIN cannot sign in until somebody sets one. */
export const demoStaff: readonly DemoPerson[] = [
  { first_name: 'Olivia', last_name: 'Harper', role: 'restaurant_owner', ...demoSignIns.owner },
  { first_name: 'Marcus', last_name: 'Bell', role: 'manager', ...demoSignIns.manager },
  { first_name: 'Anita', last_name: 'Patel', role: 'manager', email: 'anita@demo.test', pin: '590417' },
  { first_name: 'Sofia', last_name: 'Reyes', role: 'employee', preset: 'server', ...demoSignIns.server },
  { first_name: 'Tom', last_name: 'Price', role: 'employee', preset: 'server', pin: '7391' },
  { first_name: 'Ana', last_name: 'Pereira', role: 'employee', preset: 'server', pin: '5826' },
  { first_name: 'Grace', last_name: 'Okafor', role: 'employee', preset: 'cashier', pin: '4071' },
  { first_name: 'Daniel', last_name: 'Wright', role: 'employee', preset: 'kitchen', pin: '9153' },
  { first_name: 'Mei', last_name: 'Chen', role: 'employee', preset: 'kitchen', pin: '6284' },
  { first_name: 'Lucy', last_name: 'Marsh', role: 'employee', preset: 'host', pin: '3917' },
  { first_name: 'Jack', last_name: 'Byrne', role: 'employee', preset: 'bar', pin: '8205' },
  { first_name: 'Priya', last_name: 'Nair', role: 'platform_owner', email: 'platform@demo.test' },
];
