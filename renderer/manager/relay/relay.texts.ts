import { catalogue, count } from '#ui/texts.ts';

export const texts = catalogue({
  title: 'Cloud relay',
  empty: {
    title: 'This store works fully without the cloud.',
    why: 'Connect it, and the owner sees sales from anywhere while a copy of what is recorded lies outside the house. Orders, printing and payments never wait for it.',
  },
  claim: {
    title: 'Connect to a relay',
    lead: 'Whoever runs the relay gives you its address and a code that works once.',
    url: 'Address of the relay',
    urlHelp: 'Such as https://relay.example',
    code: 'Claim code',
    codeHelp: 'Such as LIME-RIVER-OAK-4210',
    go: 'Connect',
    again: 'Connect with a new code',
    done: 'Connected to the relay',
    notDone: 'The restaurant was not connected.',
  },
  refused: {
    chip: 'Code refused',
    means: (url: string, sentence: string) =>
      `The server was started with a claim code for ${url}, which did not take it. ${sentence} Ask whoever runs the relay for a new one.`,
  },
  path: {
    title: 'On its way to the owner',
    server: 'This server',
    relay: 'Cloud relay',
    owner: 'Owner',
    recorded: (entries: string) => `${entries} entries recorded`,
    confirmed: (entries: string) => `${entries} entries confirmed`,
    all: 'Nothing waiting',
    waiting: (entries: number) => `${count(entries, 'entry', 'entries')} waiting here, kept until confirmed`,
    seen: (age: string) => (age === 'just now' ? 'Heard of just now' : `Heard of ${age} ago`),
    lastSeen: (time: string, age: string) =>
      age === 'just now' ? `Last heard of at ${time}` : `Last heard of at ${time}, ${age} ago`,
    never: 'Not heard of yet',
    next: (time: string) => `Next try at ${time}`,
    ownerHas: 'Sees the same as the relay',
    ownerBehind: 'Sees everything up to what the relay has confirmed',
  },
  states: {
    not_joined: 'Not connected',
    joining: 'Joining',
    connecting: 'Connecting',
    connected: 'Connected',
    behind: 'Sending',
    unreachable: 'Not reachable',
    forked: 'Needs a person',
    revoked: 'Disconnected by the platform',
  },
  left: {
    title: 'What only the relay still has',
    lead: (checks: number) =>
      `${count(checks, 'check', 'checks')} of a time that this computer knows nothing of: after a backup that it went back to, or from another computer. No figure counts them, here or at the owner’s. Enter again what is missing; what was paid has been paid, so no card is charged again.`,
    more: 'There are more, which the relay keeps; whoever runs it can look them up.',
    columns: { number: 'Check', at: 'Last seen', lines: 'What was on it', total: 'Total', paid: 'Paid' },
    number: (number: number, table: string | null) => (table === null ? `#${number}` : `#${number} · ${table}`),
    line: (quantity: number, name: string) => `${quantity} × ${name}`,
    unknown: 'Begun before the backup: its dishes are on the check itself.',
    paid: (method: string, amount: string, tip: string | null) =>
      tip === null ? `${amount} ${method}` : `${amount} ${method}, tip ${tip}`,
    methods: { cash: 'cash', card: 'card', qr: 'QR payment', voucher: 'voucher', other: 'otherwise' } as Readonly<
      Record<string, string>
    >,
    refunded: (amount: string) => `${amount} given back`,
    unpaid: 'Not paid',
  },
  details: {
    title: 'Connection',
    address: 'Address',
    since: 'Joined',
    id: 'Relay',
  },
  sendNow: { button: 'Send now', done: 'The relay was called' },
  goesOn: 'The restaurant goes on as usual meanwhile.',
  goOn: {
    heading: 'Which history stands?',
    lead: 'This happens when two computers went on from one backup. If the other one has the right history, disconnect this computer from the relay instead, or stop it.',
    button: 'Let this computer’s history stand…',
    title: 'Let this computer’s history stand?',
    means:
      'The relay goes on from the last entry that both have, with what this computer recorded. What it holds from the other one stays there, marked as left behind; no figure of the owner counts it any more.',
    other: 'Stop the other computer first. If it goes on, the relay refuses what it sends.',
    keep: 'Not now',
    go: 'Let it stand',
    done: 'This computer’s history stands',
  },
  leave: {
    button: 'Disconnect…',
    title: 'Disconnect from the relay?',
    means: 'Nothing more is sent. The owner sees figures up to now and no further. What the relay has stays there.',
    back: 'To connect again you need a new claim code.',
    keep: 'Stay connected',
    go: 'Disconnect',
    done: 'Disconnected from the relay',
  },
  refresh: 'Look again',
});
