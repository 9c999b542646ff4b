import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: (steps: number) => `Set-up left (${steps})`,
  steps: {
    printers: 'No printer yet: tickets and receipts do not come out on paper.',
    stations: 'No kitchen station yet: no dish can be sent to the kitchen.',
    menu: 'Nothing on the menu yet.',
    backups: 'Backups are on this computer only. A second folder, on another disk, survives the loss of it.',
    relay: 'Not connected to the cloud. It is optional: the restaurant runs without.',
  },
  ways: {
    printers: 'Add a printer',
    stations: 'Add a station',
    menu: 'Write the menu',
    backups: 'Choose a folder',
    relay: 'Connect',
  },
  dismiss: 'Not needed',
  dismissLabel: (step: string) => `Not needed: ${step}`,
  dismissed: (way: string) => `“${way}” taken off the list`,
});
