import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: (steps: number) => `Set-up left (${steps})`,
  steps: {
    pins: 'Not everybody has a PIN since the restaurant came to this computer: without one nobody signs in on an iPad.',
    printers: 'No printer yet: tickets and receipts do not come out on paper.',
    stations: 'No kitchen station yet: no dish can be sent to the kitchen.',
    menu: 'Nothing on the menu yet.',
    devices: 'No device has been let in yet: nobody can sign in with a PIN.',
    backups: 'Backups are on this computer only. A second folder, on another disk, survives the loss of it.',
    relay: 'Not connected to the cloud. It is optional: the restaurant runs without.',
  },
  ways: {
    pins: 'Give PINs',
    printers: 'Add a printer',
    stations: 'Add a station',
    menu: 'Write the menu',
    devices: 'Let one in',
    backups: 'Choose a folder',
    relay: 'Connect',
  },
  pins: {
    title: 'New PINs',
    lead: 'A PIN has 4 to 8 digits, for managers and owners at least 6. Let everybody type their own.',
    pinOf: (name: string) => `PIN of ${name}`,
    give: 'Save',
    giveTo: (name: string) => `Save the PIN of ${name}`,
    given: (name: string) => `New PIN for ${name}`,
    all: 'Everybody has a PIN.',
    done: 'Done',
  },
  dismiss: 'Not needed',
  dismissLabel: (step: string) => `Not needed: ${step}`,
  dismissed: (way: string) => `“${way}” taken off the list`,
});
