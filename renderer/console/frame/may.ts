import { type Session, useSession } from '#api/session.ts';

export type Role = NonNullable<Session['platform']>;

const ranks: Readonly<Record<Role, number>> = { viewer: 1, manager: 2, owner: 3 };

/** Whether the person's role is at least this one; the relay asks the same again. */
export function useMay(): (role: Role) => boolean {
  const { platform = 'viewer' } = useSession();
  return (role) => ranks[platform] >= ranks[role];
}
