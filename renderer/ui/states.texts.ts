import { catalogue } from './texts.ts';

export const texts = catalogue({
  loading: 'Loading',
  asOf: (time: string) => `As of ${time}`,
  couldNot: 'This could not be loaded.',
  stillThere: 'What you see below is what was loaded before.',
  again: 'Try again',
  details: 'Details',
  errorId: (id: string) => `Error id ${id}, for support to search`,
  code: (code: string) => `Code ${code}`,
});
