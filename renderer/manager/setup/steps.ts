import { texts } from './setup.texts.ts';

/** What is typed and kept until the set-up is done; never the password or the PIN. */
export interface Kept {
  readonly at: number;
  readonly code: string;
  readonly restaurant: string;
  readonly address: string;
  readonly phone: string;
  readonly vat: string;
  readonly name: string;
  readonly email: string;
}

export interface Secrets {
  readonly password: string;
  readonly pin: string;
}

export const nothingYet: Kept = {
  at: 0,
  code: '',
  restaurant: '',
  address: '',
  phone: '',
  vat: '',
  name: '',
  email: '',
};

export const stepNames = ['code', 'restaurant', 'owner'] as const;
export type StepName = (typeof stepNames)[number];
export type FieldName = keyof Omit<Kept, 'at'> | keyof Secrets;
export type Mistakes = Readonly<Partial<Record<FieldName, string>>>;

/** What is missing on a step before it is worth asking the server; the server has the last word. */
export function mistakesIn(step: StepName, kept: Kept, secrets: Secrets): Mistakes {
  if (step === 'code') {
    return kept.code.replaceAll(/[^A-Za-z0-9]/g, '').length < 12 ? { code: texts.code.missing } : {};
  }
  if (step === 'restaurant') return kept.restaurant.trim() === '' ? { restaurant: texts.restaurant.missing } : {};
  const words = texts.owner;
  return {
    ...(kept.name.trim() === '' ? { name: words.missingName } : {}),
    ...(/^\S+@\S+\.\S+$/.test(kept.email.trim()) ? {} : { email: words.missingEmail }),
    ...(secrets.password.length < 8 ? { password: words.shortPassword } : {}),
    ...(secrets.pin === '' || /^\d{4,8}$/.test(secrets.pin) ? {} : { pin: words.badPin }),
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
};
