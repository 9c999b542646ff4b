import type { Preset, Role } from '#contract/permissions.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';

/** Who stands above whom. The server itself stands above all, so that it can set a store up. */
const ranks = { nobody: -1, employee: 0, manager: 1, restaurant_owner: 2, platform_owner: 3, system: 4 } as const;
type Ranked = keyof typeof ranks;

export const isOwner = (role: Role): boolean => role === 'restaurant_owner' || role === 'platform_owner';

/** A role is given, and a person changed, only by somebody of at least that role. */
export function mayManage(actor: Ranked, role: Role): Verdict {
  return ranks[actor] >= ranks[role] ? allowed : refuse('FORBIDDEN', { role, reason: 'above_your_own_role' });
}

/** An employee does one of the floor's jobs; managers and owners may do all of them. */
export function fitsRole(role: Role, preset: Preset | null): Verdict {
  if (role === 'employee' && preset === null)
    return refuse('VALIDATION_ERROR', {
      field: 'preset',
      reason: 'needed',
      message: 'An employee needs a job: server, cashier, kitchen, host or bar.',
    });
  if (role !== 'employee' && preset !== null) {
    return refuse('VALIDATION_ERROR', {
      field: 'preset',
      reason: 'only_for_employees',
      message: 'Only an employee has a job of this kind; managers and owners may do everything.',
    });
  }
  return allowed;
}

interface Person {
  readonly role: Role;
  readonly active: boolean;
}

/** There is always an owner who can sign in. `otherOwners` counts the active ones beside this person. */
export function keepsAnOwner(before: Person, after: Person, otherOwners: number): Verdict {
  const lost = isOwner(before.role) && before.active && !(isOwner(after.role) && after.active);
  if (!lost || otherOwners > 0) return allowed;
  return refuse('ILLEGAL_TRANSITION', { reason: 'last_owner', state: 'last_owner', possible: [] });
}

const shortestFor = (role: Role): number => (role === 'employee' ? 4 : 6);

const isRun = (digits: string, step: number): boolean =>
  [...digits].every((digit, n) => n === 0 || (Number(digits[n - 1]) + step + 10) % 10 === Number(digit));

const isRepeat = (digits: string): boolean => {
  for (let length = 1; length <= digits.length / 2; length += 1) {
    if (digits.length % length === 0 && digits === digits.slice(0, length).repeat(digits.length / length)) return true;
  }
  return false;
};

/** Four digits at least, six for managers and owners, and none that everybody tries first: 1111, 1234, 4321, 1212. */
export function goodPin(pin: string, role: Role): Verdict {
  const shortest = shortestFor(role);
  if (pin.length < shortest)
    return refuse('VALIDATION_ERROR', {
      field: 'pin',
      reason: 'too_short',
      shortest,
      message: 'Managers and owners need a PIN of at least 6 digits.',
    });
  if (isRun(pin, 1) || isRun(pin, -1) || isRepeat(pin)) {
    return refuse('VALIDATION_ERROR', {
      field: 'pin',
      reason: 'too_easy',
      message: 'This PIN is one of the first that anybody would try.',
    });
  }
  return allowed;
}

const firstGuesses = new Set(['password', 'passwort', 'password1', '12345678', '123456789', 'qwertyui', 'restaurant']);

/** Eight characters at least (the contract says so), and none that is guessed first or is the address itself. */
export function goodPassword(password: string, email: string | null): Verdict {
  const plain = password.toLowerCase();
  const easy = firstGuesses.has(plain) || plain === email || isRepeat(plain) || isRun(plain, 1);
  return easy
    ? refuse('VALIDATION_ERROR', {
        field: 'password',
        reason: 'too_easy',
        message: 'This password is one of the first that anybody would try.',
      })
    : allowed;
}

/** As the floor calls somebody: "Ana P." */
export const shortName = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  lastName === '' ? firstName : `${firstName} ${[...lastName][0]}.`;

/** A name typed in one field: the last word is the family name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.split(/\s+/);
  if (words.length === 1) return { firstName: name.slice(0, 60), lastName: '' };
  return { firstName: words.slice(0, -1).join(' ').slice(0, 60), lastName: (words.at(-1) as string).slice(0, 60) };
}
