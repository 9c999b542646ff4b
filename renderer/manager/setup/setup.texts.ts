import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Set up your restaurant',
  step: (at: number, all: number) => `Step ${at} of ${all}`,
  steps: { code: 'Beginning', restaurant: 'Restaurant', owner: 'Owner', backup: 'Backup' },
  back: 'Back',
  next: 'Continue',
  finish: 'Finish set-up',
  optional: 'Optional. You can fill it in later.',
  code: {
    title: 'Begin on this computer',
    lead: 'The set-up code shows that this is your store computer. It stands in the terminal where Fynlo was started, or in its log; the Fynlo app fills it in by itself.',
    filledIn: 'The Fynlo app on this computer has filled in the set-up code. It works once.',
    label: 'Set-up code',
    ways: 'What should be on it?',
    way: { new: 'A new restaurant', backup: 'A restaurant that I have a backup of' } as Readonly<
      Record<string, string>
    >,
    wayHint: {
      new: 'A name and an owner is all it needs. Menu, printers and iPads follow in the window.',
      backup: 'The old computer is broken or is being replaced: menu, people, orders and figures come along.',
    } as Readonly<Record<string, string>>,
    missing: 'Type the twelve letters and digits of the code.',
  },
  restaurant: {
    title: 'What is the restaurant called?',
    lead: 'This stands at the top of every receipt. Country, currency and VAT start as in the United Kingdom.',
    name: 'Name',
    address: 'Address',
    phone: 'Telephone',
    vat: 'VAT number',
    missing: 'The restaurant needs a name.',
  },
  owner: {
    title: 'Who owns it?',
    lead: 'The owner can do everything and lets the others in.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 8 characters. You sign in with it at this window.',
    pin: 'PIN',
    pinHint: 'Optional: 6 to 8 digits for iPads and tills.',
    missingName: 'Type your name.',
    missingEmail: 'Type your e-mail address.',
    shortPassword: 'The password needs at least 8 characters.',
    badPin: 'An owner’s PIN has 6 to 8 digits.',
  },
  backup: {
    title: 'Which backup?',
    lead: 'Usually the newest. It is looked through to the last penny before it is used; until then nothing changes.',
    list: 'Backups that were found',
    holds: (order: number | null, day: string) =>
      order === null ? `${day}, no orders yet` : `${day}, orders to #${order}`,
    more: (left: number) => `Show ${count(left, 'older one', 'older ones')}`,
    none: 'No backup was found on this computer or on a drive that is plugged in.',
    noneHere: 'There is no backup in this folder.',
    noneHint:
      'A backup is two files of one name, such as 20250618T181500Z-1041.db and .json. Plug in the drive with the second copies, or name the folder.',
    notWhole: (files: number) =>
      `${count(files, 'file looks', 'files look')} like a backup and cannot be used, because half of it is missing or cut off:`,
    folder: 'Folder',
    folderHint: 'Empty: this computer and the drives that are plugged in.',
    look: 'Look there',
    two: 'Switch the old computer’s server off for good first: two computers must not be the same restaurant.',
    go: 'Go on from this backup',
    working: 'The backup is being brought here and looked through. This can take a few minutes.',
    missing: 'Choose a backup.',
  },
  done: {
    title: (restaurant: string) => `${restaurant} is on this computer`,
    orders: (order: number, day: string) =>
      `Orders to #${order} of ${day} are here. A later one is on the old computer’s paper only.`,
    kept: 'Menu, people, printers and figures are as they were then. Passwords are the same; everybody signs in again.',
    pins: (people: number) =>
      `${count(people, 'person needs', 'people need')} a new PIN, which the overview asks for: the key that makes a PIN good was on the old computer only.`,
    relay: (url: string) =>
      `To appear at ${url} again, the restaurant joins it with a new claim code, under Cloud relay.`,
    devices: 'iPads stay registered. One that was told the old computer’s address has to be told this one’s.',
    signIn: 'Sign in',
  },
  leave: {
    title: 'Stop the set-up for now?',
    kept: 'What you typed stays on this computer, except the password and the PIN. The set-up goes on at this step.',
    close: 'Close this window',
    stay: 'Go on',
  },
  wrong: (fields: number) =>
    fields === 1 ? 'One thing has to be put right:' : `${fields} things have to be put right:`,
  offline: 'No internet is needed. Everything stays on this computer.',
  lost: 'The store server does not answer. What you typed is kept, and this page goes on by itself once it does.',
  taken: 'This restaurant has an owner already. Sign in.',
  half: 'The owner is there, but not everything was saved. Look at the settings, and at your PIN.',
});
