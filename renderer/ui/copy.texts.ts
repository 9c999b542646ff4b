import { catalogue } from './texts.ts';

export const texts = catalogue({
  copy: 'Copy',
  copyOf: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  copiedOf: (what: string) => `${what} copied`,
});
