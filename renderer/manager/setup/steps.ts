import { texts } from './setup.texts.ts';

/** What is typed and kept until the set-up is done; never the password or the PIN. */
export interface Kept {
  readonly at: number;
  /** A restaurant that begins here, or one that comes from another computer. */
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

export const ways = ['new', 'backup'] as const;
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

export type StepName = 'code' | 'restaurant' | 'owner' | 'backup';
export const stepsOf: Readonly<Record<Way, readonly StepName[]>> = {
  new: ['code', 'restaurant', 'owner'],
  backup: ['code', 'backup'],
};
export type FieldName = keyof Omit<Kept, 'at' | 'way'> | keyof Secrets | 'chosen';
export type Mistakes = Readonly<Partial<Record<FieldName, string>>>;

/** What is missing on a step before it is worth asking the server; the server has the last word. */
export function mistakesIn(step: StepName, kept: Kept, secrets: Secrets, chosen: Chosen | null): Mistakes {
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
