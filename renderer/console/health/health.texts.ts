import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Store health',
  lead: 'Each store by its own word, and by how far its detail has come.',
  none: 'No restaurant has joined yet.',
  columns: {
    name: 'Restaurant',
    heard: 'Heard',
    detail: 'Detail',
    printers: 'Printers',
    days: 'Closed days',
    facts: 'Understood',
    version: 'Version',
  },
  heard: {
    live: (ago: string) => `Live, ${ago}`,
    quiet: (ago: string) => `Quiet, ${ago}`,
    silent: (ago: string) => `Silent, ${ago}`,
    never: 'Not heard yet',
    revoked: 'Cut off',
  },
  completeTo: (time: string) => `complete to ${time}`,
  printers: { clear: 'Nothing waits', waiting: (slips: number) => `${slips} waiting`, unknown: 'Not known' },
  days: { fine: 'All add up', none: 'None yet', differ: (days: number) => `${days} differ` },
  facts: {
    all: 'Everything',
    none: 'Nothing to read yet',
    unread: (facts: string) => `${facts} not yet`,
    left: (entries: string) => `${entries} left behind by a restore`,
  },
});
