import { Textarea, TextInput } from '@mantine/core';
import type { FieldOf } from './set-up.tsx';
import { texts } from './setup.texts.ts';

const words = texts.restaurant;

/** What stands at the top of every receipt. */
export function RestaurantStep({ field }: { field: FieldOf }) {
  return (
    <>
      <TextInput {...field('restaurant')} label={words.name} maxLength={100} />
      <Textarea {...field('address')} label={words.address} autosize minRows={2} maxLength={300} />
      <div className="setup-pair">
        <TextInput {...field('phone')} label={words.phone} type="tel" maxLength={40} />
        <TextInput {...field('vat')} label={words.vat} maxLength={40} />
      </div>
      <p className="soft">{texts.optional}</p>
    </>
  );
}
