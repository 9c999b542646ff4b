import { catalogue } from './texts.ts';

export const texts = catalogue({
  password: 'Password',
  capsLock: 'Caps Lock is on.',
  signIn: 'Sign in',
});
