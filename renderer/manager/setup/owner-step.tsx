import { PasswordInput, TextInput } from '@mantine/core';
import type { FieldOf, SecretOf } from './set-up.tsx';
import { texts } from './setup.texts.ts';

const words = texts.owner;

/** Who may do everything, and how they sign in. */
export function OwnerStep({ field, secret }: { field: FieldOf; secret: SecretOf }) {
  return (
    <>
      <div className="setup-pair">
        <TextInput {...field('name')} label={words.name} autoComplete="name" maxLength={120} />
        <TextInput {...field('email')} label={words.email} autoComplete="username" type="email" />
      </div>
      <PasswordInput
        {...secret('password')}
        label={words.password}
        description={words.passwordHint}
        autoComplete="new-password"
      />
      <PasswordInput
        {...secret('pin')}
        label={words.pin}
        description={words.pinHint}
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  );
}
