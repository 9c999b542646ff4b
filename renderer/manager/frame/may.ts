import { useSession } from '#api/session.ts';
import { type Permission, permissionsOf } from '#contract/permissions.ts';

/** Whether the person at the window may do something; the server asks the same table again. */
export function useMay(): (permission: Permission) => boolean {
  const { person } = useSession();
  const all = permissionsOf(person.role, person.preset);
  return (permission) => all.has(permission);
}
