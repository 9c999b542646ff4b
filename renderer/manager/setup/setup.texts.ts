import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Set up your restaurant',
  step: (at: number, all: number) => `Step ${at} of ${all}`,
  steps: { code: 'Set-up code', restaurant: 'Restaurant', owner: 'Owner' },
  back: 'Back',
  next: 'Continue',
  finish: 'Finish set-up',
  optional: 'Optional. You can fill it in later.',
  code: {
    title: 'Show that this is your store computer',
    lead: 'The console that started the server shows a code of three groups of four. It works once.',
    label: 'Set-up code',
    missing: 'Type the twelve letters and digits from the console.',
  },
  restaurant: {
    title: 'What is the restaurant called?',
    lead: 'This stands at the top of every receipt. Country, currency and VAT start as in the United Kingdom.',
    name: 'Name',
    address: 'Address',
    phone: 'Telephone',
    vat: 'VAT number',
    missing: 'The restaurant needs a name.',
  },
  owner: {
    title: 'Who owns it?',
    lead: 'The owner can do everything and lets the others in.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 8 characters. You sign in with it at this window.',
    pin: 'PIN',
    pinHint: 'Optional: 4 to 8 digits for iPads and tills.',
    missingName: 'Type your name.',
    missingEmail: 'Type your e-mail address.',
    shortPassword: 'The password needs at least 8 characters.',
    badPin: 'A PIN has 4 to 8 digits.',
  },
  wrong: (fields: number) =>
    fields === 1 ? 'One thing has to be put right:' : `${fields} things have to be put right:`,
  offline: 'No internet is needed. Everything stays on this computer.',
  half: 'The owner is there, but not everything was saved. Sign in and look at the settings.',
});
