import { texts } from './setup.texts.ts';

/** What is typed and kept until the set-up is done; never the password or the PIN. */
export interface Kept {
  readonly at: number;
  readonly way: Way;
  readonly code: string;
  readonly restaurant: string;
  readonly address: string;
  readonly phone: string;
  readonly vat: string;
  readonly name: string;
  readonly email: string;
  /** Where to look for backups; empty for wherever they usually lie. */
  readonly folder: string;
}

/** What should be on this computer: a restaurant that begins, also as one of an owner's several, one from elsewhere, or a try. */
export const ways = ['new', 'claim', 'backup', 'practice'] as const;
export type Way = (typeof ways)[number];

/** What is chosen and not kept: the disk may be gone by the next time. */
export interface Chosen {
  readonly id: string;
  readonly folder: string;
  readonly restaurant: string;
  /** ISO. */
  readonly madeAt: string;
}

export interface Secrets {
  readonly password: string;
  readonly pin: string;
}

export const nothingYet: Kept = {
  at: 0,
  way: 'new',
  code: '',
  restaurant: '',
  address: '',
  phone: '',
  vat: '',
  name: '',
  email: '',
  folder: '',
};

/** What is asked before there is an owner. */
export type FirstStep = 'code' | 'restaurant' | 'owner' | 'backup';
/** What the owner does then, each of which can be done later in the window. */
export const laterSteps = ['cloud', 'printers', 'menu', 'ipads', 'safety'] as const;
export type LaterStep = (typeof laterSteps)[number];
export type StepName = FirstStep | LaterStep;

export const stepsOf: Readonly<Record<Way, readonly StepName[]>> = {
  new: ['code', 'restaurant', 'owner', 'printers', 'menu', 'ipads', 'safety'],
  claim: ['code', 'restaurant', 'owner', ...laterSteps],
  backup: ['code', 'backup'],
  practice: ['code'],
};
/** The step with which something comes about: an owner, a restaurant out of a backup, or the practice restaurant. */
export const lastFirst: Readonly<Record<Way, FirstStep>> = {
  new: 'owner',
  claim: 'owner',
  backup: 'backup',
  practice: 'code',
};
export const isLater = (step: StepName): step is LaterStep => (laterSteps as readonly StepName[]).includes(step);

export type FieldName = keyof Omit<Kept, 'at' | 'way'> | keyof Secrets | 'chosen';
export type Mistakes = Readonly<Partial<Record<FieldName, string>>>;

/** Where it stands; another way has other steps. */
export function whereIs({ way, at }: Kept): { readonly at: number; readonly step: FirstStep } {
  const first = stepsOf[way].filter((step): step is FirstStep => !isLater(step));
  const now = Math.min(at, first.length - 1);
  return { at: now, step: first[now] ?? 'code' };
}

/** What is missing on a step before it is worth asking the server; the server has the last word. */
export function mistakesIn(step: FirstStep, kept: Kept, secrets: Secrets, chosen: Chosen | null): Mistakes {
  if (step === 'code') {
    return kept.code.replaceAll(/[^A-Za-z0-9]/g, '').length < 12 ? { code: texts.code.missing } : {};
  }
  if (step === 'restaurant') return kept.restaurant.trim() === '' ? { restaurant: texts.restaurant.missing } : {};
  if (step === 'backup') return chosen === null ? { chosen: texts.backup.missing } : {};
  const words = texts.owner;
  return {
    ...(kept.name.trim() === '' ? { name: words.missingName } : {}),
    ...(/^\S+@\S+\.\S+$/.test(kept.email.trim()) ? {} : { email: words.missingEmail }),
    ...(secrets.password.length < 8 ? { password: words.shortPassword } : {}),
    ...(secrets.pin === '' || /^\d{6,8}$/.test(secrets.pin) ? {} : { pin: words.badPin }),
  };
}

/** Where what the server refuses is shown: the field of ours that stands for its field. */
export const ownField: Readonly<Record<string, FieldName>> = {
  code: 'code',
  restaurant_name: 'restaurant',
  name: 'name',
  email: 'email',
  password: 'password',
  pin: 'pin',
  folder: 'folder',
  id: 'chosen',
};

export const stepOf: Readonly<Record<FieldName, number>> = {
  code: 0,
  restaurant: 1,
  address: 1,
  phone: 1,
  vat: 1,
  name: 2,
  email: 2,
  password: 2,
  pin: 2,
  folder: 1,
  chosen: 1,
};
