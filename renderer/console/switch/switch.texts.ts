import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  all: 'All restaurants',
  label: (shown: string) => `Shown: ${shown}`,
  switched: (name: string) => `Switched to ${name}`,
});
