/**
 * Who may do what, as a table. A role is one of four; an employee also has a preset, the job they do.
 * Anything not written here is not allowed.
 */
export const roles = ['platform_owner', 'restaurant_owner', 'manager', 'employee'] as const;
export type Role = (typeof roles)[number];

export const presets = ['server', 'cashier', 'kitchen', 'host', 'bar'] as const;
export type Preset = (typeof presets)[number];

type Holder = 'owner' | 'manager' | Preset;

const everyone = ['owner', 'manager', 'server', 'cashier', 'kitchen', 'host', 'bar'] as const;
const managers = ['owner', 'manager'] as const;
const floorStaff = ['owner', 'manager', 'server', 'cashier', 'host', 'bar'] as const;
const takesMoney = ['owner', 'manager', 'server', 'cashier', 'bar'] as const;

export const permissions = {
  'settings.read': everyone,
  'settings.change': managers,
  'staff.read': managers,
  'staff.change': managers,
  'staff.unlock': managers,
  'devices.manage': managers,
  'approvals.give': managers,
  'menu.read': everyone,
  'menu.change': managers,
  'menu.availability': everyone,
  'kitchen.read': everyone,
  'kitchen.change': managers,
  'kitchen.bump': everyone,
  'printers.read': everyone,
  'printers.change': managers,
  'floor.read': everyone,
  'floor.change': managers,
  'floor.status': floorStaff,
  'orders.read': everyone,
  'orders.take': floorStaff,
  'orders.fire': floorStaff,
  'orders.void': floorStaff,
  'orders.void_fired': managers,
  'orders.cancel': managers,
  'orders.remove_service': managers,
  'orders.move': floorStaff,
  'payments.take': takesMoney,
  'payments.refund': managers,
  'shifts.read': takesMoney,
  'shifts.open': ['owner', 'manager', 'cashier'],
  'shifts.cash_movement': ['owner', 'manager', 'cashier'],
  'shifts.count': ['owner', 'manager', 'cashier'],
  'shifts.close': managers,
  'shifts.see_expected': managers,
  'drawer.no_sale': ['owner', 'manager', 'cashier'],
  'reports.read': managers,
  'reports.seal': managers,
  'status.read': managers,
  'backups.read': managers,
  'backups.make': managers,
  'backups.restore': managers,
  'practice.end': managers,
  'relay.read': managers,
  'relay.change': managers,
} as const satisfies Record<string, readonly Holder[]>;

export type Permission = keyof typeof permissions;

/**
 * The commands that somebody may do with another person's yes, and what that person has to be allowed.
 * An approval is good for one of these, on one target, once.
 */
export const approvable = {
  'orders.void_line': 'orders.void_fired',
  'orders.cancel': 'orders.cancel',
  'orders.remove_service': 'orders.remove_service',
  'payments.refund': 'payments.refund',
  'shifts.close': 'shifts.close',
} as const satisfies Record<string, Permission>;

const holderOf = (role: Role, preset: Preset | null): Holder | null => {
  if (role === 'platform_owner' || role === 'restaurant_owner') return 'owner';
  return role === 'manager' ? 'manager' : preset;
};

const setOf = (holder: Holder): ReadonlySet<Permission> => {
  const all = Object.entries(permissions) as [Permission, readonly Holder[]][];
  return new Set(all.filter(([, holders]) => holders.includes(holder)).map(([name]) => name));
};
const sets = new Map(everyone.map((holder) => [holder, setOf(holder)]));
const nothing: ReadonlySet<Permission> = new Set();

/** Everything a person of this role (and, for an employee, preset) may do. */
export function permissionsOf(role: Role, preset: Preset | null): ReadonlySet<Permission> {
  const holder = holderOf(role, preset);
  return (holder === null ? undefined : sets.get(holder)) ?? nothing;
}
