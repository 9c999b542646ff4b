import { catalogue } from '#ui/texts.ts';

/** The names of the screens and of their groups, as the sidebar and the palette show them. */
export const texts = catalogue({
  overview: 'Overview',
  orders: 'Live orders',
  menu: 'Menu',
  cash: 'Cash',
  relay: 'Cloud relay',
  backups: 'Backups',
  printers: 'Printers',
  devices: 'iPads',
  settings: 'Settings',
  nowhere: 'There is nothing at this address',
  nowhereWhy: 'The link may be old, or a letter is missing.',
  home: 'Go to the overview',
  groups: { today: 'Today', business: 'Business', system: 'System' },
});
