/**
 * Who may import whom. A room is a folder of the house or one part of a feature; a file may always import its own room.
 * `types` means `import type` only. Tests, and everything under test/, may import anything.
 */
export type Reach = 'all' | 'types';

export interface Room {
  /** Other rooms it may import. */
  may: Readonly<Record<string, Reach>>;
  /** For a feature's part: the other files of the same feature. */
  own?: Reach;
  /** For a feature's part: the `index.ts` of features that stand earlier in `featureOrder`. */
  earlier?: Reach;
  /** The `index.ts` of every feature: for those who put the house together. */
  features?: Reach;
  /** Said when an import is refused: the right place to go. */
  instead: string;
}

/** A feature may call only those before it, so there is no cycle and the order can be read as a story. */
export const featureOrder = [
  'settings',
  'staff',
  'ledger',
  'menu',
  'inventory',
  'printers',
  'kitchen',
  'menu-import',
  'floor',
  'customers',
  'orders',
  'shifts',
  'payments',
  'reservations',
  'files',
  'notifications',
  'reports',
  'backups',
  'platform',
] as const;

/** Files and folders that are a smaller room of their own inside a folder. The first that fits is taken. */
export const smallerRooms: readonly (readonly [pattern: RegExp, room: string])[] = [
  [/^store-server\/(?!features\/).*\.schema\.ts$/, 'tables'],
  // Everything else of the desktop app is plain classes over the Shell port, and can be tested without Electron.
  [/^main\/(electron-shell|preload)\.ts$/, 'main.electron'],
  // Reading what was recorded is open to many; recording is not.
  [/^store-server\/journal\/tail\.ts$/, 'journal.tail'],
  // What the store and the relay have in common: the envelope, bodies, sockets, and how a process lives.
  [
    /^store-server\/http\/(answer|field-errors|flood-limit|json-body|own-hosts|paths|plain-json|security-headers|servers)\.ts$/,
    'http.plain',
  ],
  [/^store-server\/(log|parent-port|db\/folder-lock)\.ts$/, 'process'],
  // What a feature may know of hardware: documents, models and addresses, none of which touches a device.
  [/^store-server\/hardware\/(printing\/ticket\.ts|printing\/wires\/address\.ts|models\/)/, 'hardware.plain'],
];

const base = { contract: 'all', kernel: 'all' } as const;
const platform = {
  ...base,
  tables: 'all',
  db: 'all',
  journal: 'all',
  'journal.tail': 'all',
  commands: 'all',
  jobs: 'all',
} as const;

export const rooms: Readonly<Record<string, Room>> = {
  contract: { may: {}, instead: 'The contract is the language we share: zod and itself. Logic belongs in kernel/.' },
  kernel: {
    may: { contract: 'all' },
    instead: 'kernel/ is pure: hand it values, or move this file to the room that needs it.',
  },
  tables: { may: { ...base, db: 'all' }, instead: 'A table definition knows columns only.' },
  db: { may: base, instead: 'db/ knows tables, not their meaning: hand it what it needs as an argument.' },
  'journal.tail': {
    may: { ...base, tables: 'all', db: 'all', journal: 'all' },
    instead: 'The tail reads what was recorded, and nothing else.',
  },
  journal: {
    may: { ...base, tables: 'all', db: 'all', 'journal.tail': 'all' },
    instead: 'The journal only records. Whoever cares reads its tail; it calls nobody.',
  },
  commands: {
    may: { ...base, tables: 'all', db: 'all', journal: 'all', 'journal.tail': 'all' },
    instead: 'The one door knows no feature: server.ts hands the commands over.',
  },
  jobs: {
    may: { ...base, tables: 'all', db: 'all', journal: 'all', 'journal.tail': 'all', commands: 'all' },
    instead: 'The runner knows lanes and states, not devices: server.ts hands over who does the work.',
  },
  'hardware.plain': {
    may: { ...base, hardware: 'types' },
    instead: 'Documents, models and addresses are plain data: keep devices out.',
  },
  hardware: {
    may: { ...base, 'hardware.plain': 'all' },
    instead: 'hardware/ knows Ticket, Language and Wire. What a ticket says belongs to a feature.',
  },
  http: {
    may: { ...platform, 'http.plain': 'all' },
    instead: "http/ translates and never decides: a feature's routes register themselves through server.ts.",
  },
  'http.plain': {
    may: { ...base, http: 'types' },
    instead: 'What the relay shares with the store knows neither journal nor features.',
  },
  process: {
    may: {},
    instead: 'The log, the parent process and the lock of a data folder know nothing of what runs here.',
  },
  realtime: {
    may: { ...platform, 'http.plain': 'all' },
    instead: 'Sockets read facts from the journal; features tell facts and know no socket.',
  },
  sync: {
    may: platform,
    instead: 'Sync reaches a feature through execute() and the policies that server.ts hands over.',
  },
  'relay-link': { may: platform, instead: 'The relay gets whole journal entries; it needs nothing of a feature.' },
  compat: {
    may: { ...platform, http: 'all', 'http.plain': 'all' },
    features: 'all',
    instead: 'compat/ translates to the commands and reads that a feature offers in its index.ts.',
  },
  'feature.rules': {
    may: base,
    own: 'types',
    earlier: 'types',
    instead: 'A rule is a plain function over values: let the command load, and ask the rule.',
  },
  'feature.schema': { may: { ...base, db: 'all' }, own: 'types', instead: 'A table definition knows columns only.' },
  'feature.reads': {
    may: { ...base, tables: 'all', db: 'all', 'journal.tail': 'all' },
    own: 'all',
    earlier: 'all',
    instead: 'Reads ask the database; whatever decides or writes belongs in the commands.',
  },
  'feature.commands': {
    may: {
      ...base,
      tables: 'all',
      db: 'all',
      'journal.tail': 'all',
      commands: 'all',
      jobs: 'all',
      'hardware.plain': 'all',
      hardware: 'types',
    },
    own: 'all',
    earlier: 'all',
    instead: 'Call an earlier feature through its index.ts; tell a later one in reactions.ts: on(fact, feature.verb).',
  },
  // What commands are made of, in files with a name of their own: ledger.post.ts, kitchen.dispatch.ts.
  'feature.verbs': {
    may: {
      ...base,
      tables: 'all',
      db: 'all',
      'journal.tail': 'all',
      commands: 'all',
      jobs: 'all',
      'hardware.plain': 'all',
      hardware: 'types',
    },
    own: 'all',
    earlier: 'all',
    instead: 'Call an earlier feature through its index.ts; tell a later one in reactions.ts: on(fact, feature.verb).',
  },
  'feature.tickets': {
    may: { ...base, 'hardware.plain': 'all', hardware: 'types' },
    own: 'types',
    earlier: 'all',
    instead: 'A document turns values into a Ticket: the command loads them.',
  },
  'feature.routes': {
    may: {
      ...base,
      http: 'all',
      'http.plain': 'all',
      db: 'types',
      'journal.tail': 'all',
      'hardware.plain': 'all',
      hardware: 'types',
    },
    own: 'all',
    earlier: 'all',
    instead: 'A route only translates: offer a command or a read, and name it here.',
  },
  'feature.index': {
    may: { contract: 'all', commands: 'types', jobs: 'types', http: 'types', 'http.plain': 'types', realtime: 'types' },
    own: 'all',
    instead: 'index.ts only lists what the feature offers; code lives in its parts.',
  },
  composition: {
    may: {
      ...platform,
      http: 'all',
      'http.plain': 'all',
      realtime: 'all',
      sync: 'all',
      'relay-link': 'all',
      hardware: 'all',
      'hardware.plain': 'all',
      compat: 'all',
      demo: 'all',
      'status-page': 'all',
      backups: 'all',
      'manager-window': 'all',
      process: 'all',
    },
    features: 'all',
    instead: 'The composition root sees each feature through its index.ts only.',
  },
  backups: {
    may: { ...platform, process: 'types' },
    features: 'all',
    instead: 'backups/ looks after whole database files; what is in them belongs to the features.',
  },
  'status-page': {
    may: { ...platform, http: 'all', 'http.plain': 'all', hardware: 'all', 'hardware.plain': 'all', demo: 'types' },
    features: 'all',
    instead: 'The status page shows what features and virtual printers offer; it decides nothing.',
  },
  'manager-window': {
    may: { http: 'types' },
    instead: 'It hands out the files of the built window, and knows nothing of them.',
  },
  'renderer.api': {
    may: { contract: 'all', main: 'types' },
    instead: 'renderer/api asks the server and keeps what it said: no screen, no look.',
  },
  'renderer.ui': {
    may: { contract: 'all', 'renderer.api': 'all' },
    instead: 'renderer/ui is what several screens share; what belongs to one screen stays with it.',
  },
  'renderer.manager': {
    may: { contract: 'all', 'renderer.api': 'all', 'renderer.ui': 'all' },
    instead: 'A window is a client like any other: it reaches the server through renderer/api.',
  },
  'renderer.console': {
    may: { contract: 'all', 'renderer.api': 'all', 'renderer.ui': 'all' },
    instead: 'The console is a client of the relay like any other: it shares api/ and ui/ with the manager’s window.',
  },
  demo: {
    may: { ...platform, hardware: 'all', 'hardware.plain': 'all', composition: 'types' },
    features: 'all',
    instead: 'The demo restaurant is made through the commands that a feature offers in its index.ts.',
  },
  'cloud-relay': {
    may: { ...base, 'http.plain': 'all', process: 'all' },
    instead: 'The relay shares the language, the pure kernel and the envelope with the store, and nothing else.',
  },
  main: {
    may: { contract: 'all', 'main.electron': 'all' },
    instead: 'The desktop app starts things and holds no restaurant knowledge: ask the server over its message port.',
  },
  'main.electron': {
    may: { main: 'all' },
    instead:
      'Electron is passed on here and nothing is decided: logic belongs in a class of main/ that is handed the Shell.',
  },
  build: {
    may: { 'cloud-relay': 'all', 'store-server': 'all' },
    instead: 'build/ holds tools; what runs in the restaurant lives in store-server/.',
  },
};

/** Where each package is at home. One that is listed nowhere needs a row here first: every package is a promise to keep. */
export const packageHomes: Readonly<Record<string, readonly string[] | 'everywhere'>> = {
  zod: 'everywhere',
  electron: ['main.electron'],
  'electron-updater': ['main'],
  react: ['renderer.api', 'renderer.ui', 'renderer.manager', 'renderer.console'],
  'react-dom': ['renderer.manager', 'renderer.console'],
  'react-router': ['renderer.ui', 'renderer.manager', 'renderer.console'],
  '@tanstack/react-query': ['renderer.api', 'renderer.ui', 'renderer.manager', 'renderer.console'],
  '@mantine/core': ['renderer.ui', 'renderer.manager', 'renderer.console'],
  '@mantine/notifications': ['renderer.ui', 'renderer.manager', 'renderer.console'],
  '@mantine/charts': ['renderer.ui'],
  '@tabler/icons-react': ['renderer.ui', 'renderer.manager', 'renderer.console'],
  papaparse: ['renderer.manager'],
  'drizzle-orm': [
    'db',
    'journal',
    'commands',
    'jobs',
    'sync',
    'relay-link',
    'tables',
    'feature.schema',
    'feature.reads',
    'feature.verbs',
  ],
  'better-sqlite3': ['db', 'process'],
  express: ['http'],
  helmet: ['http.plain'],
  pg: ['cloud-relay'],
  'prom-client': ['cloud-relay'],
  ws: ['realtime'],
  jose: ['http', 'cloud-relay', 'feature.commands', 'feature.verbs'],
  '@node-rs/argon2': ['cloud-relay', 'feature.commands', 'feature.verbs'],
  pino: ['process'],
  'bonjour-service': ['hardware'],
  sharp: ['hardware'],
  qrcode: ['hardware', 'renderer.ui'],
  '@point-of-sale/codepage-encoder': ['hardware'],
  '@point-of-sale/receipt-printer-encoder': ['hardware'],
  'node-thermal-printer': ['hardware'],
};

/** Disk, network and processes come in as arguments everywhere but here. */
export const outsideWorld = {
  modules: [
    'node:fs',
    'node:net',
    'node:http',
    'node:https',
    'node:dgram',
    'node:child_process',
    'node:worker_threads',
    'node:os',
  ],
  homes: [
    'db',
    'http',
    'http.plain',
    'process',
    'cloud-relay',
    'realtime',
    'hardware',
    'hardware.plain',
    'sync',
    'relay-link',
    'composition',
    'manager-window',
    'backups',
    'demo',
    'build',
    'main',
    'main.electron',
  ],
  /** One file in a room that is none of their homes, and why. */
  exceptions: [
    ['store-server/features/staff/staff.keys.ts', 'keys are a file beside the database, read once at the start'],
  ],
} as const;
