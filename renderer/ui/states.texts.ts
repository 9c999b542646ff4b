import { catalogue } from './texts.ts';

export const texts = catalogue({
  loading: 'Loading',
  close: 'Close',
  asOf: (time: string) => `As of ${time}`,
  notYet: 'Waiting for the server.',
  couldNot: 'This could not be loaded.',
  again: 'Try again',
  details: 'Details',
  errorId: (id: string) => `Error id ${id}, for support to search`,
  code: (code: string) => `Code ${code}`,
});
