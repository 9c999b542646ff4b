import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  add: 'Add a kitchen station',
  edit: (station: string) => `Station ${station}`,
  name: 'Name',
  nameHint: 'Where dishes are made, as the kitchen says it: Grill, Bar, Pass.',
  printers: 'Its tickets come out of',
  printersHint: 'Without a printer of its own they come out of the receipt printer, headed with the station’s name.',
  noPrinters: 'No printer is set up yet. It can be given one once there is one.',
  dishes: (dishes: number) => `${count(dishes, 'dish is', 'dishes are')} made here.`,
  dishesStay: 'Out of use, it still gets their tickets until they have another station in the menu.',
  save: 'Save',
  saveNew: 'Add it',
  cancel: 'Cancel',
  retire: 'Take out of use',
  needed: 'This is needed.',
  added: (station: string) => `Station ${station} added`,
  changed: (station: string) => `Station ${station} changed`,
  retired: (station: string) => `Station ${station} taken out of use`,
  back: (station: string) => `Station ${station} is in use again`,
});
