import { catalogue } from './texts.ts';

export const texts = catalogue({
  by: (name: string, when: string) => `${name} changed this at ${when}, while you were editing it.`,
  bySomebody: 'Somebody else changed this while you were editing it.',
  theirs: (value: string) => `Now: ${value}`,
  mine: (value: string) => `Yours: ${value}`,
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  field: (label: string) => `Two versions of “${label}”`,
});
