import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({ title: 'Overview' });
