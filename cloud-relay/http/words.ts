import type { Words } from '../../store-server/http/answer.ts';

/** What the relay says where the store's words would be about a restaurant, its PINs or its managers. */
export const words: Words = {
  INVALID_CREDENTIALS: {
    message: 'That sign-in is not right.',
    suggestion: 'Check the e-mail address and the password and try again.',
  },
  TOKEN_INVALID: {
    message: 'This sign-in is not valid here.',
    suggestion: 'Sign in again on this relay.',
  },
  FORBIDDEN: {
    message: 'Your role does not allow this.',
    suggestion: 'Ask an owner of the platform to do it or to change your role.',
  },
  SERVICE_UNAVAILABLE: {
    message: 'The relay is stopping or busy. Nothing was changed.',
    suggestion: 'Try again in a moment.',
  },
};
