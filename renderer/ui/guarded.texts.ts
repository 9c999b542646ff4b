import { catalogue } from './texts.ts';

export const texts = catalogue({
  notFetched: 'This screen has not been loaded yet',
  comesBack: 'It needs the server for that, and comes by itself once the server answers.',
  fetchAnew: 'Its part of the program did not come. Load the window anew; what you typed is kept.',
  fallen: 'This screen could not be shown',
  nothingLost:
    'Something went wrong in this window. Nothing that was recorded is affected, and the other screens work on.',
  anew: 'Load the window anew',
});
