import { catalogue } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'iPads and other screens',
  lead: 'Which devices may be used here. On a registered one, everybody with a PIN can sign in.',
  letIn: 'Let a device in',
  list: {
    title: 'Devices',
    empty: 'No device yet',
    emptyWhy:
      'An iPad, another till or a second PC stands here once it has been let in, with whether it is connected, and can be sent away.',
    connected: 'Connected',
    away: 'Not connected',
    own: 'This one',
    locked: 'PIN locked',
    since: (moment: string) => `Let in ${moment}`,
    olderSince: (moment: string) => `First signed in ${moment}`,
    seen: (moment: string) => `Last connected ${moment}`,
    lockedUntil: (time: string) => `Too many wrong PINs: nobody can sign in with a PIN on it until ${time}.`,
    connectedMeans: 'A device is connected while somebody is signed in on it.',
    olderMeans: 'Older iPads keep no line to the store, so whether one is switched on is not known.',
    gone: (all: number) => `Sent away (${all})`,
    goneAt: (moment: string) => `Sent away ${moment}`,
  },
  unlock: {
    button: 'Allow PINs again',
    label: (name: string) => `Allow PINs again on ${name}`,
    done: (name: string) => `PIN sign-in is open again on ${name}`,
  },
  away: {
    button: 'Send away…',
    label: (name: string) => `Send away… ${name}`,
    title: (name: string) => `Send ${name} away?`,
    means: 'Whoever is signed in on it is out at once, and nobody can sign in on it with a PIN any more.',
    unsent: 'What it has not sent to the store yet stays on it: look at it first if you can.',
    back: 'To let it in again, you need a new code.',
    olderMeans: 'Whoever is signed in on it is out at once.',
    olderBack:
      'It can come back with an e-mail and a password. If it was lost or stolen, give whoever used it a new password as well.',
    own: 'It is the device that you are using: you will be signed out.',
    keep: 'Keep it',
    go: 'Send away',
    done: (name: string) => `${name} sent away`,
  },
});
