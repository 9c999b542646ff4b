import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  make: 'Make a code',
  again: 'New code',
  command: 'Let a device in: make a code',
  another: 'Let in another',
  made: 'Device code made',
  before: {
    title: 'An iPad, another till, or a browser on a second PC',
    means:
      'A code lets one device in, once, within ten minutes. After that everybody with a PIN can sign in on it; you can send it away at any time.',
  },
  steps: {
    scan: 'Scan this with the device’s camera.',
    type: 'No camera? Open this address in its browser, choose “PIN”, and type the code.',
    name: 'Give the device a name there, and confirm.',
  },
  qr: (address: string) => `QR code that opens ${address} with the device code`,
  address: 'Address',
  which: 'Which address',
  whichHint: 'Take the network that the device is in.',
  card: (address: string, card: string) => `${address} (${card})`,
  byName: (name: string) => `${name} (by name, also after the address changes)`,
  copy: 'Copy the link',
  link: 'the link with the code',
  code: 'Code',
  spelt: (letters: string) => `Letter by letter: ${letters}`,
  good: (left: string) => `Good for ${left}`,
  used: 'This code has been used. It lets nobody else in.',
  expired: 'This code has run out. It opens nothing any more.',
  arrivals: 'Came in within the last hour',
  isIn: (name: string) => `${name} is in`,
  olderName: (address: string) => `Older iPad at ${address}`,
  older: {
    title: 'An older iPad that asks for an address?',
    means: (host: string, older: number, port: number) =>
      `It needs no code. Its server is ${host}, with port ${older} in its first versions and ${port} in later ones. Sign in on it with e-mail and password; then it stands among the devices under its own address.`,
  },
  trouble: {
    title: 'The address does not open?',
    same: 'The device has to be in the same network as the store’s PC. A Wi-Fi for guests mostly keeps devices apart.',
    firewall: (port: number) =>
      `A firewall on the store’s PC may be in the way: it has to let port ${port} through in private networks.`,
    which: 'Where there are several addresses, try another one.',
  },
  unreachable: {
    this_computer: 'No other device can reach this store: it was started to listen to its own computer only.',
    this_computer_mend: 'Start Fynlo without “--host”, and without FYNLO_HOST; then it listens to the whole network.',
    no_network: 'No other device can reach this store: its computer is in no network.',
    no_network_mend: 'Plug in the network cable, or join the Wi-Fi. This goes on by itself.',
  },
});
