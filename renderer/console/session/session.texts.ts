import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Sign in',
  console: 'Owner’s console',
  about: 'Every restaurant in one place: which one needs you, what they take, and how fresh each figure is.',
  goesOn: 'Restaurants trade whether or not you are here, and whether or not this relay is.',
  why: {
    nobody_yet: '',
    signed_out: 'You are signed out.',
    locked: '',
    expired: 'Your sign-in has run out. Please sign in again; you come back to where you were.',
  },
  email: 'E-mail',
});
