import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  skip: 'Skip to the content',
  navigation: 'Sections',
  console: 'Owner’s console',
  nowhere: 'Nothing here',
  nowhereWhy: 'There is no such page in the console.',
  home: 'To the restaurants',
  notForYou: 'This is not open to you',
  notForYouWhy: (section: string) => `“${section}” needs a higher role. An owner of the platform can give it to you.`,
  sections: {
    restaurants: 'Restaurants',
    sales: 'Sales',
    commission: 'Commission',
    health: 'Store health',
    add: 'Add a restaurant',
    people: 'People',
  },
  relay: {
    live: 'Relay connected',
    connecting: 'Looking for the relay…',
    lost: 'The relay does not answer',
  },
  outage: {
    title: 'The relay does not answer.',
    means:
      'Restaurants go on trading and keep everything for it. What you see here is as it was; nothing can be changed until it is back.',
    since: (time: string) => `Last heard at ${time}. This page goes on by itself.`,
  },
  menu: (name: string) => `${name}: menu`,
  roles: { owner: 'Owner', manager: 'Manager', viewer: 'Viewer' },
  appearance: 'Appearance',
  themes: { auto: 'As the computer', light: 'Light', dark: 'Dark' },
  singleKeys: 'Single-key shortcuts',
  keys: 'Keys: 1 to 6 open a section, / searches, J and K move, Enter opens, N adds a restaurant; [ and ] go back and on in time, E exports, T shows a table.',
  signOut: 'Sign out',
});
